import type { RollUpReason } from '../queue/roll-up.ts';

/** Why an event that was accepted is not processed; `by` is the event that makes it needless. */
export function rollUpSentence({ event, by, why }: { event: string; by: string; why: RollUpReason }): string {
  switch (why.code) {
    case 'its_node_is_down':
      return `${event} was not processed: it was rolled up by a later ${by} of node ${why.node}, which deals with all that the node had. Look at it again when ${why.node} is back.`;
  }
}
