/** A value of one field of the definition: for the whole cluster, and for the nodes that differ. */
export interface Field<Value> {
  cluster?: Value;
  nodes?: Record<string, Value>;
}

/** What is configured for one predefined event (worksheet fields 5 to 13). */
export interface EventCustomization {
  eventCommand?: Field<string>;
  notifyCommand?: Field<string>;
  /** What a remote notification about the event says; `%d %n %e %o` stand for what is known only then. */
  notificationText?: Field<string>;
  /** The full pathname of a file that has the text. */
  notificationLocation?: Field<string>;
  /** Names of custom events, in the order in which they run. */
  preEventCommand?: Field<string[]>;
  postEventCommand?: Field<string[]>;
  recoveryCommand?: Field<string>;
  recoveryCounter?: Field<number>;
  failOnPrePost?: Field<boolean>;
  /** Seconds. */
  timeUntilWarning?: Field<number>;
}

/** A script with a name, that serves as a pre- or post-event (worksheet fields 2 and 3). */
export interface CustomEvent {
  description?: Field<string>;
  script?: Field<string>;
}

export const ENTRY_CLASSES = ['event', 'custom_event'] as const;
export type EntryClass = (typeof ENTRY_CLASSES)[number];

export interface EntryFields {
  event: EventCustomization;
  custom_event: CustomEvent;
}

/** One entry of the definition, by class and name. */
export type Entry = { [Class in EntryClass]: { class: Class; name: string; fields: EntryFields[Class] } }[EntryClass];

/** An active revision's document: immutable, known by the SHA-256 of its canonical JSON. */
export interface DefinitionDocument {
  format: 1;
  cluster: string;
  /** Sorted by class, then name. */
  entries: Entry[];
}

/** What holds for one event on one node, with custom events resolved to their scripts. */
export interface EffectiveCustomization {
  eventCommand?: string;
  notifyCommand?: string;
  preEvents: ResolvedCustomEvent[];
  postEvents: ResolvedCustomEvent[];
  recoveryCommand?: string;
  recoveryCounter: number;
  failOnPrePost: boolean;
  timeUntilWarning?: number;
}

export interface ResolvedCustomEvent {
  name: string;
  /** Missing when no custom event of that name is defined on the node: the step then ends with 127. */
  script?: string;
}
