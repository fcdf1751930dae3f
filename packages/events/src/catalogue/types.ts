/** In order of priority: of several outstanding events the one whose class stands first is processed first. */
export const EVENT_CLASSES = [
  'site',
  'node',
  'network',
  'network_interface',
  'cluster_wide',
  'resource_group',
  'sub_event',
  'user_defined',
] as const;
export type EventClass = (typeof EVENT_CLASSES)[number];

/** What a value of an argument is, and so which list it is chosen from. */
export const ARGUMENT_KINDS = [
  'node',
  'node_or_all', // a node, or -1: the event is global
  'network',
  'network_interface', // an IP label or address
  'service_label',
  'site',
  'resource_group',
  'application_server',
  'event',
  'choice', // one of `choices`
  'seconds',
  'status',
  'text',
] as const;
export type ArgumentKind = (typeof ARGUMENT_KINDS)[number];

export interface EventArgument {
  name: string;
  kind: ArgumentKind;
  required: boolean;
  /** The last argument of some events may be given several times. */
  several?: true;
  choices?: readonly string[];
  help: string;
}

/** One predefined cluster event (DOMAIN.md section 5). */
export interface PredefinedEvent {
  name: string;
  eventClass: EventClass;
  /** A slow event acquires or releases resource groups; its time until warning is longer. */
  slow: boolean;
  arguments: readonly EventArgument[];
  /** What the event means, a sentence or two. */
  meaning: string;
  /** When the cluster manager initiates it. */
  occurs: string;
  /**
   * With parallel processing of resource groups (the default): `once` for each occurrence, `per_list` for a whole list
   * of resource groups, `never` when only serial processing brings it about.
   */
  underParallelProcessing: 'once' | 'per_list' | 'never';
  /** Events whose own command calls this one, for a sub-event; empty for a root event. */
  calledBy?: readonly string[];
}
