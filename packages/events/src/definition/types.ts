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
  /** The text of a recovery program that replaces the predefined ones; the same on every node. */
  recoveryProgram?: Field<string>;
}

/** A script with a name, that serves as a pre- or post-event (worksheet fields 2 and 3). */
export interface CustomEvent {
  description?: Field<string>;
  script?: Field<string>;
}

/** What holds for the cluster as a whole; its one entry has the name of the cluster. */
export interface ClusterSettings {
  /** Whether the active configuration is verified once a day by itself. */
  dailyVerification?: Field<boolean>;
  /** The hour of that, 0 to 23, in the node's local time. */
  verificationHour?: Field<number>;
  /** The node that does it; missing: the first one by name. */
  verificationNode?: Field<string>;
  /** `smtp://HOST:PORT`: the server of those remote notification methods that name none. */
  mailRelay?: Field<string>;
  /** Under which people reach the console; remote notifications link to it. */
  consoleUrl?: Field<string>;
  /** Addresses, networks and hosts that a notification may be sent to although they are on this machine or link-local. */
  allowedTargets?: Field<string[]>;
  /** The argv of the command that switches a lost node off; the name of the node is put behind it. */
  fenceCommand?: Field<string[]>;
}

export interface DefinedNode {
  remark?: Field<string>;
  /** The IP label or address under which the other nodes reach it. */
  communicationPath?: Field<string>;
}

export interface Site {
  remark?: Field<string>;
  siteNodes?: Field<string[]>;
}

export interface Network {
  remark?: Field<string>;
  networkType?: Field<string>;
  /** An IPv4 netmask or the length of a prefix. */
  netmask?: Field<string>;
}

/** A network interface or, on a serial network, a device; its name is its IP label. */
export interface NetworkInterface {
  remark?: Field<string>;
  onNode?: Field<string>;
  onNetwork?: Field<string>;
  ipAddress?: Field<string>;
  /** As the operating system calls it: `eth0`, `/dev/ttyS0`. */
  device?: Field<string>;
}

/** An address that moves with a resource group; its name is its IP label. */
export interface ServiceLabel {
  remark?: Field<string>;
  onNetwork?: Field<string>;
  ipAddress?: Field<string>;
  atSite?: Field<string>;
}

/** A script that the configuration itself keeps. */
export interface LibraryScript {
  remark?: Field<string>;
  /** The SHA-256 of its bytes, which the store keeps under it. */
  content?: Field<string>;
}

/** Who is told of events, and how (DOMAIN.md section 7). */
export interface RemoteNotificationMethod {
  remark?: Field<string>;
  /** Missing: what the contact says by its form. */
  transport?: Field<string>;
  /** *Number to Dial or Cell Phone Address*: an address, a number, a URL; what it means the transport says. */
  contact?: Field<string>;
  /** The transport's own, each as `name=value` or `name@node=value`; secrets are sealed. */
  settings?: Field<string[]>;
  /** The nodes that send it, in the order in which they are tried; missing: every node. */
  methodNodes?: Field<string[]>;
  methodEvents?: Field<string[]>;
  /** The moments of an event; missing: success, failure and warning. */
  when?: Field<string[]>;
  severity?: Field<string>;
  methodText?: Field<string>;
  methodFile?: Field<string>;
  retryCounter?: Field<number>;
  /** Seconds, for each attempt. */
  timeout?: Field<number>;
  /** Seconds in which a counterpart (down, then up) makes one notification of two. */
  holdTime?: Field<number>;
  /** Notifications in an hour; what is more is summed up in a digest. 0: no limit. */
  hourlyLimit?: Field<number>;
  /** Methods that are used one after the other until somebody acknowledges. */
  escalateTo?: Field<string[]>;
  /** Seconds before each of these; the last one holds for the rest. */
  escalateAfter?: Field<string[]>;
  /** Days after which a method that has delivered nothing counts as not proven. 0: never. */
  proveWithin?: Field<number>;
  /** Whether a test is sent by itself before that. */
  selfTest?: Field<boolean>;
}

export const ENTRY_CLASSES = [
  'cluster',
  'node',
  'site',
  'network',
  'interface',
  'service_label',
  'event',
  'custom_event',
  'script',
  'notification_method',
] as const;
export type EntryClass = (typeof ENTRY_CLASSES)[number];

export interface EntryFields {
  cluster: ClusterSettings;
  node: DefinedNode;
  site: Site;
  network: Network;
  interface: NetworkInterface;
  service_label: ServiceLabel;
  event: EventCustomization;
  custom_event: CustomEvent;
  script: LibraryScript;
  notification_method: RemoteNotificationMethod;
}
export type AnyFields = EntryFields[EntryClass];

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
