/** Where a step of a sequence takes place: where it happened, elsewhere, or on all nodes. */
export type SequenceLane = 'event' | 'other' | 'all';

/** One step of a sequence: an event, or what is said of it in words. */
export interface SequenceStep {
  /** The event; missing for what is no event by itself, such as the end of cluster services. */
  event?: string;
  /** What happens, when it is no event, or what is worth knowing beside it. */
  says?: string;
  /** On the node (or site) where it happened, on the others, or on all. */
  lane: SequenceLane;
  /** The arguments that tell this way from others: `NODE graceful`. */
  args?: string;
  /** Sub-events that the command calls, in order. */
  calls?: readonly string[];
  /** It only occurs in a cluster that has sites, or for resource groups that need it. */
  when?: string;
}

/** The events of one occurrence, in the order in which they are processed. */
export interface EventSequence {
  name: string;
  title: string;
  /** What the lanes stand for: the node that joins, the other nodes. */
  lanes: Readonly<Record<SequenceLane, string>>;
  steps: readonly SequenceStep[];
}
