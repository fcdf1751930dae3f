import { findEvent } from '../catalogue/catalogue.ts';
import type { EventClass } from '../catalogue/types.ts';
import type { Origin } from '../runs/types.ts';

export interface WaitingEvent {
  run: string;
  event: string;
  args: readonly string[];
  origin: Pick<Origin, 'kind'>;
}

/** Why a waiting event is not processed: the node that it is about is down, and node_down takes care of all it had. */
export interface RollUpReason {
  code: 'its_node_is_down';
  node: string;
}

export interface RolledUp {
  run: string;
  /** The run whose event makes it needless. */
  by: string;
  why: RollUpReason;
}

const ROLLED_UP: readonly EventClass[] = ['network', 'network_interface', 'resource_group'];

/**
 * The waiting events that a later one makes needless (DOMAIN.md section 4): those of networks, interfaces and resource groups of
 * a node whose node_down waits behind them. The queue is in the order in which the events were accepted. What a person asked
 * for is processed whatever happens; and as a node_down that a person runs takes nobody out of the cluster, it rolls up nothing.
 */
export function rollUp(queue: readonly WaitingEvent[]): RolledUp[] {
  return queue.flatMap(({ run, event, args: [node], origin }, index): RolledUp[] => {
    const eventClass = findEvent(event)?.eventClass;
    if (node === undefined || node === '-1' || origin.kind === 'person') return [];
    if (eventClass === undefined || !ROLLED_UP.includes(eventClass)) return [];
    const down = queue
      .slice(index + 1)
      .find((later) => later.event === 'node_down' && later.args[0] === node && later.origin.kind !== 'person');
    return down ? [{ run, by: down.run, why: { code: 'its_node_is_down', node } }] : [];
  });
}
