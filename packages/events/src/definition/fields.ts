import { NOTIFICATION_MOMENTS, NOTIFICATION_SEVERITIES, NOTIFICATION_TRANSPORTS } from '../notification/transports.ts';
import { pathnamesOf } from '../recovery-programs/pathnames.ts';
import type { CustomEvent, EntryClass, EntryFields, EventCustomization } from './types.ts';

/** In the order of the Cluster Event Worksheet; behind them what is not on it. */
export const EVENT_FIELDS = [
  'eventCommand',
  'notifyCommand',
  'notificationText',
  'notificationLocation',
  'preEventCommand',
  'postEventCommand',
  'recoveryCommand',
  'recoveryCounter',
  'failOnPrePost',
  'timeUntilWarning',
  'recoveryProgram',
] as const satisfies readonly (keyof EventCustomization)[];
export type EventField = (typeof EVENT_FIELDS)[number];

export const CUSTOM_EVENT_FIELDS = ['description', 'script'] as const satisfies readonly (keyof CustomEvent)[];
export type CustomEventField = (typeof CUSTOM_EVENT_FIELDS)[number];

/** The fields of each class of entries, in the order of its panel. */
export const CLASS_FIELDS = {
  cluster: [
    'dailyVerification',
    'verificationHour',
    'verificationNode',
    'mailRelay',
    'consoleUrl',
    'allowedTargets',
    'fenceCommand',
  ],
  node: ['communicationPath', 'remark'],
  site: ['siteNodes', 'remark'],
  network: ['networkType', 'netmask', 'remark'],
  interface: ['onNode', 'onNetwork', 'ipAddress', 'device', 'remark'],
  service_label: ['onNetwork', 'ipAddress', 'atSite', 'remark'],
  event: EVENT_FIELDS,
  custom_event: CUSTOM_EVENT_FIELDS,
  script: ['content', 'remark'],
  notification_method: [
    'remark',
    'transport',
    'contact',
    'settings',
    'methodNodes',
    'methodEvents',
    'when',
    'severity',
    'methodText',
    'methodFile',
    'retryCounter',
    'timeout',
    'holdTime',
    'hourlyLimit',
    'escalateTo',
    'escalateAfter',
    'proveWithin',
    'selfTest',
  ],
} as const satisfies { [Class in EntryClass]: readonly (keyof EntryFields[Class])[] };
export type FieldName = (typeof CLASS_FIELDS)[EntryClass][number];

/** Every field once: in the worksheet's order where it is on the worksheet. */
export const ALL_FIELDS: readonly FieldName[] = [
  ...new Set([...EVENT_FIELDS, ...CUSTOM_EVENT_FIELDS, ...Object.values(CLASS_FIELDS).flat()]),
];

/** Only events and custom events can differ from node to node; what the cluster is made of is the same everywhere. */
export const differsByNode = (entryClass: EntryClass): boolean => entryClass === 'event' || entryClass === 'custom_event';

/** How a value is written, read and refused; the same in panel, shell and file. */
export type FieldKind =
  | 'text'
  | 'message'
  | 'command'
  | 'argv'
  | 'pathname'
  | 'name'
  | 'names'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'ip_label'
  | 'netmask'
  | 'digest'
  | 'events'
  | 'choices'
  | 'contact'
  | 'settings'
  | 'durations'
  | 'mail_relay'
  | 'url'
  | 'targets'
  | 'program';

/** Kinds whose value is a list: blank-separated where it is written. */
const LIST_KINDS: readonly FieldKind[] = ['names', 'events', 'choices', 'settings', 'durations', 'targets', 'argv'];
export const isList = (field: FieldName): boolean => LIST_KINDS.includes(FIELD_KINDS[field]);

/** The full pathnames in a value of a field that is a command, with or without arguments, or a recovery program; each once. */
export function commandsIn(field: FieldName, value: unknown): string[] {
  if (value === undefined) return [];
  switch (FIELD_KINDS[field]) {
    case 'command':
      return [value as string];
    case 'argv':
      return (value as string[]).slice(0, 1);
    case 'program':
      return pathnamesOf(value as string);
    default:
      return [];
  }
}

export const FIELD_KINDS: Record<FieldName, FieldKind> = {
  eventCommand: 'command',
  notifyCommand: 'command',
  notificationText: 'message',
  notificationLocation: 'pathname',
  preEventCommand: 'names',
  postEventCommand: 'names',
  recoveryCommand: 'command',
  recoveryCounter: 'number',
  failOnPrePost: 'boolean',
  timeUntilWarning: 'number',
  recoveryProgram: 'program',
  description: 'text',
  script: 'command',
  dailyVerification: 'boolean',
  verificationHour: 'number',
  verificationNode: 'name',
  communicationPath: 'ip_label',
  remark: 'text',
  siteNodes: 'names',
  networkType: 'choice',
  netmask: 'netmask',
  onNode: 'name',
  onNetwork: 'name',
  ipAddress: 'ip_label',
  device: 'text',
  atSite: 'name',
  content: 'digest',
  mailRelay: 'mail_relay',
  consoleUrl: 'url',
  allowedTargets: 'targets',
  fenceCommand: 'argv',
  transport: 'choice',
  contact: 'contact',
  settings: 'settings',
  methodNodes: 'names',
  methodEvents: 'events',
  when: 'choices',
  severity: 'choice',
  methodText: 'message',
  methodFile: 'pathname',
  retryCounter: 'number',
  timeout: 'number',
  holdTime: 'number',
  hourlyLimit: 'number',
  escalateTo: 'names',
  escalateAfter: 'durations',
  proveWithin: 'number',
  selfTest: 'boolean',
};

/** The entries that a field names. */
export const NAMED_CLASS: Partial<Record<FieldName, EntryClass>> = {
  preEventCommand: 'custom_event',
  postEventCommand: 'custom_event',
  verificationNode: 'node',
  siteNodes: 'node',
  onNode: 'node',
  onNetwork: 'network',
  atSite: 'site',
  methodNodes: 'node',
  escalateTo: 'notification_method',
};

/** A recovery command that has not helped a hundred times is not going to; a day, in seconds; the hours of a day. */
export const NUMBER_BOUNDS: Partial<Record<FieldName, { least: number; most: number }>> = {
  recoveryCounter: { least: 0, most: 100 },
  timeUntilWarning: { least: 1, most: 86_400 },
  verificationHour: { least: 0, most: 23 },
  retryCounter: { least: 0, most: 100 },
  timeout: { least: 1, most: 3_600 },
  holdTime: { least: 0, most: 3_600 },
  hourlyLimit: { least: 0, most: 10_000 },
  proveWithin: { least: 0, most: 365 },
};

/** A field that has this value for the cluster says the same as one that is not given. */
export const FIELD_DEFAULTS: Partial<Record<FieldName, unknown>> = {
  recoveryCounter: 0,
  failOnPrePost: false,
  dailyVerification: true,
  verificationHour: 0,
  severity: 'error',
  retryCounter: 3,
  timeout: 45,
  holdTime: 0,
  hourlyLimit: 60,
  proveWithin: 30,
  selfTest: false,
};

const NETWORK_TYPES = ['ether', 'infiniband', 'XD_ip', 'XD_data', 'rs232', 'diskhb'] as const;

/** The words of which a field has one, or several. */
export const FIELD_CHOICES: Partial<Record<FieldName, readonly string[]>> = {
  networkType: NETWORK_TYPES,
  transport: NOTIFICATION_TRANSPORTS,
  when: NOTIFICATION_MOMENTS,
  severity: NOTIFICATION_SEVERITIES,
};

/** What an entry of a class is called in a sentence, and in a title. */
export const CLASS_WORDS: Record<EntryClass, { one: string; title: string; several: string }> = {
  cluster: { one: 'cluster', title: 'Cluster', several: 'Cluster' },
  node: { one: 'node', title: 'Node', several: 'Nodes' },
  site: { one: 'site', title: 'Site', several: 'Sites' },
  network: { one: 'network', title: 'Network', several: 'Networks' },
  interface: { one: 'network interface', title: 'Network Interface', several: 'Network Interfaces' },
  service_label: { one: 'service IP label', title: 'Service IP Label', several: 'Service IP Labels' },
  event: { one: 'event', title: 'Event', several: 'Pre-Defined Events' },
  custom_event: { one: 'custom event', title: 'Custom Event', several: 'Custom Events' },
  script: { one: 'library script', title: 'Library Script', several: 'Script Library' },
  notification_method: {
    one: 'remote notification method',
    title: 'Remote Notification Method',
    several: 'Remote Notification Methods',
  },
};

/** What the Cluster Event Worksheet has of a custom event. */
export const SHEET_OF_CUSTOM_EVENT = ['description', 'script'] as const;
/** What it has of an event that is customised. */
export const SHEET_OF_EVENT = [
  'eventCommand',
  'notifyCommand',
  'notificationText',
  'notificationLocation',
  'preEventCommand',
  'postEventCommand',
  'recoveryCommand',
  'recoveryCounter',
  'timeUntilWarning',
] as const;
/** The thirteen fields of the Cluster Event Worksheet, in its order. */
const WORKSHEET_FIELDS = ['cluster', ...SHEET_OF_CUSTOM_EVENT, 'event', ...SHEET_OF_EVENT] as const;
type WorksheetField = (typeof WORKSHEET_FIELDS)[number];

/** A field's number on the Cluster Event Worksheet; one that is not on it has none. */
export function worksheetNumber(field: WorksheetField): number;
export function worksheetNumber(field: string): number | undefined;
export function worksheetNumber(field: string): number | undefined {
  const index = WORKSHEET_FIELDS.indexOf(field as WorksheetField);
  return index < 0 ? undefined : index + 1;
}

/** Each field as the worksheet and the SMIT panels call it. */
export const FIELD_LABELS: Record<FieldName | 'cluster' | 'event' | 'name', string> = {
  cluster: 'Cluster Name',
  event: 'Cluster Event Name',
  eventCommand: 'Event Command',
  notifyCommand: 'Notify Command',
  notificationText: 'Remote Notification Message Text',
  notificationLocation: 'Remote Notification Message Location',
  preEventCommand: 'Pre-Event Command',
  postEventCommand: 'Post-Event Command',
  recoveryCommand: 'Event Recovery Command',
  recoveryCounter: 'Recovery Command Retry',
  failOnPrePost: 'Fail event if pre or post event fails',
  timeUntilWarning: 'Time Until Warning',
  recoveryProgram: 'Recovery Program',
  name: 'Cluster Event Name',
  description: 'Cluster Event Description',
  script: 'Cluster Event Method',
  dailyVerification: 'Automatic Verification',
  verificationHour: 'Hour (00-23)',
  verificationNode: 'Verification Node',
  communicationPath: 'Communication Path to Node',
  remark: 'Description',
  siteNodes: 'Site Nodes',
  networkType: 'Network Type',
  netmask: 'Netmask (IPv4) or Prefix Length',
  onNode: 'Node Name',
  onNetwork: 'Network Name',
  ipAddress: 'IP Address',
  device: 'Network Interface',
  atSite: 'Associated Site',
  content: 'Script',
  mailRelay: 'Mail Relay',
  consoleUrl: 'Address of the Console',
  allowedTargets: 'Allowed Targets',
  fenceCommand: 'Fence Command',
  transport: 'Notification Type',
  contact: 'Number to Dial or Cell Phone Address',
  settings: 'Settings',
  methodNodes: 'Nodename(s)',
  methodEvents: 'Cluster Event(s)',
  when: 'When',
  severity: 'Severity',
  methodText: 'Message Text',
  methodFile: 'Filename',
  retryCounter: 'Retry Counter',
  timeout: 'TIMEOUT (in seconds)',
  holdTime: 'Hold Time (in seconds)',
  hourlyLimit: 'Limit per Hour',
  escalateTo: 'Escalate to',
  escalateAfter: 'Escalate after (in seconds)',
  proveWithin: 'Prove within (days)',
  selfTest: 'Self-Test',
};

/** The same fields as attributes of clmgr. */
export const CLMGR_ATTRIBUTES: Record<FieldName, string> = {
  eventCommand: 'COMMAND',
  notifyCommand: 'NOTIFYCOMMAND',
  notificationText: 'NOTIFICATIONTEXT',
  notificationLocation: 'NOTIFICATIONLOCATION',
  preEventCommand: 'PREEVENTCOMMAND',
  postEventCommand: 'POSTEVENTCOMMAND',
  recoveryCommand: 'RECOVERYCOMMAND',
  recoveryCounter: 'RECOVERYCOUNTER',
  failOnPrePost: 'FAILONPREPOST',
  timeUntilWarning: 'TIMEUNTILWARNING',
  recoveryProgram: 'RECOVERY_PROGRAM',
  description: 'DESCRIPTION',
  script: 'FILE',
  dailyVerification: 'DAILY_VERIFICATION',
  verificationHour: 'VERIFICATION_HOUR',
  verificationNode: 'VERIFICATION_NODE',
  communicationPath: 'COMMPATH',
  remark: 'DESCRIPTION',
  siteNodes: 'NODES',
  networkType: 'TYPE',
  netmask: 'NETMASK',
  onNode: 'NODE',
  onNetwork: 'NETWORK',
  ipAddress: 'ADDRESS',
  device: 'INTERFACE',
  atSite: 'SITE',
  content: 'CONTENT',
  mailRelay: 'MAILRELAY',
  consoleUrl: 'CONSOLEURL',
  allowedTargets: 'ALLOWEDTARGETS',
  fenceCommand: 'FENCE_COMMAND',
  transport: 'TRANSPORT',
  contact: 'CONTACT',
  settings: 'SETTINGS',
  methodNodes: 'NODES',
  methodEvents: 'EVENTS',
  when: 'WHEN',
  severity: 'SEVERITY',
  methodText: 'TEXT',
  methodFile: 'FILE',
  retryCounter: 'RETRY',
  timeout: 'TIMEOUT',
  holdTime: 'HOLDTIME',
  hourlyLimit: 'HOURLYLIMIT',
  escalateTo: 'ESCALATETO',
  escalateAfter: 'ESCALATEAFTER',
  proveWithin: 'PROVEWITHIN',
  selfTest: 'SELFTEST',
};

/** The label of a field; an argument of an event, or an attribute, is its own label. */
export const labelOf = (field: string): string =>
  Object.hasOwn(FIELD_LABELS, field) ? FIELD_LABELS[field as keyof typeof FIELD_LABELS] : field;

/** The same in the words of clmgr, for the shell. */
export const attributeOf = (field: string): string =>
  Object.hasOwn(CLMGR_ATTRIBUTES, field) ? CLMGR_ATTRIBUTES[field as keyof typeof CLMGR_ATTRIBUTES] : field;
