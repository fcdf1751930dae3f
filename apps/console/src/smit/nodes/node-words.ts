import type { NodeView } from '@fallover/contract';
import { STOP_ARGUMENT, type StopWay } from '@fallover/events';

interface Words {
  label: string;
  says: string;
  status: 'success' | 'warning' | 'danger' | 'info';
}

const STATES: Record<NodeView['state'], Words> = {
  member: { label: 'member', says: 'it takes part in events', status: 'success' },
  joining: { label: 'joining', says: 'its node_up is still to be processed', status: 'info' },
  stopping: { label: 'stopping', says: 'its node_down is still to be processed', status: 'info' },
  lost: { label: 'lost', says: 'it left without being stopped', status: 'danger' },
  down: { label: 'down', says: 'it takes no part in events', status: 'warning' },
  unmanaged: { label: 'unmanaged', says: 'its resource groups were left as they were', status: 'warning' },
};

export const stateWords = (state: NodeView['state']): Words => STATES[state];

/** Nothing of it is taken over before a person says that it is off. */
export const needsConfirmation = ({ state, fencing }: NodeView): boolean => state === 'lost' && fencing?.state === 'failed';

/** The ways of stopping: what becomes of the resource groups. */
export const WAYS: Record<StopWay, { label: string; says: string }> = {
  offline: {
    label: 'Bring Resource Groups Offline',
    says: 'What the node serves is stopped and nothing is taken over: clients are without it.',
  },
  move: {
    label: 'Move Resource Groups',
    says: 'What the node serves is stopped there and started on other nodes.',
  },
  unmanage: {
    label: 'Unmanage Resource Groups',
    says: 'What the node serves goes on, and nobody watches it: if it fails, nothing is taken over.',
  },
};

/** `by ada (takeover)`: the word stands in hacmp.out. */
export const stoppedWords = ({ how, by }: NonNullable<NodeView['stopped']>): string => `by ${by} (${STOP_ARGUMENT[how]})`;
