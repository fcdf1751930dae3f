import type { OpenedStore } from '@fallover/store';
import type { Definition } from '../definition/definition.ts';
import { recipientsOf } from '../notification/method-settings.ts';
import type { Processing } from '../processing/processing.ts';
import type { Clock } from '../runs/clock.ts';
import type { ClusterNow } from './cluster-now.ts';
import { type Emulator, emulator } from './emulate.ts';

export interface EmulationOfProcessing {
  node: string;
  stateDirectory: string;
  clock: Pick<Clock, 'now'>;
  /** The nodes that are known: members, those that were members, and those named at start. */
  nodes(): readonly string[];
  store: Pick<OpenedStore, 'queue' | 'etcdMembers'>;
  processing: Pick<Processing, 'membership' | 'shared' | 'engine' | 'plan'>;
  configuration: Pick<Definition, 'activeDocument' | 'draftDocument'>;
}

/** The emulator of what processes the events of this cluster. */
export const emulationOf = (parts: EmulationOfProcessing): Emulator =>
  emulator({
    ...parts,
    now: () => clusterNow(parts),
    plan: parts.processing.plan,
    active: parts.configuration.activeDocument,
    draft: parts.configuration.draftDocument,
    recipients: recipientsOf,
    ...(parts.store.etcdMembers ? { etcdMembers: parts.store.etcdMembers } : {}),
  });

async function clusterNow({ node, store, processing, clock }: EmulationOfProcessing): Promise<ClusterNow> {
  const queue = await store.queue();
  const { membership, shared, engine } = processing;
  const current = engine.all().find(({ state }) => state.plan.parent === undefined)?.state;
  const members = membership.members();
  return {
    members,
    nodes: shared?.view.nodes() ?? new Map([[node, { node, up: members.get(node) ?? 0, upSince: clock.now() }]]),
    coordinator: membership.coordinator()?.node,
    queue: queue.filter(({ run }) => run !== current?.plan.id),
    current,
    ...(shared ? { leaseSeconds: shared.leaseSeconds } : {}),
  };
}
