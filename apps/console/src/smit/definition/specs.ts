import { CLMGR_ATTRIBUTES, type EntryClass, FIELD_LABELS, type FieldName, NAMED_CLASS, worksheetNumber } from '@fallover/events';
import type { Mark } from '../Field.tsx';

export type FieldKind =
  | 'text'
  | 'path'
  | 'command'
  | 'number'
  | 'yes_no'
  | 'name'
  | 'names'
  | 'choice'
  | 'choices'
  | 'events'
  | 'settings'
  | 'words'
  | 'program';

/** A field of an entry of the definition: the worksheet's words, and the attribute that a shell gives it. */
export interface FieldSpec {
  name: FieldName;
  label: string;
  /** On the Cluster Event Worksheet. */
  number: number | undefined;
  attribute: string;
  kind: FieldKind;
  /** The entries that it names, and is chosen from. */
  named: EntryClass | undefined;
  required: boolean;
  help: string;
  /** An element of its list as it is read on the screen, and as F6 Command has it: without a password that is in it. */
  shownAs?: (element: string) => string;
  commandAs?: (element: string) => string;
}

const MARKS: Record<FieldKind, readonly Mark[]> = {
  text: [],
  path: ['/'],
  command: ['/'],
  number: ['#'],
  yes_no: ['+'],
  name: ['+'],
  names: ['+'],
  choice: ['+'],
  choices: ['+'],
  events: ['+'],
  settings: [],
  words: [],
  program: [],
};

export const marksOf = ({ kind, required }: FieldSpec, hasList: boolean): Mark[] => [
  ...(required ? (['*'] as const) : []),
  ...MARKS[kind],
  ...(hasList && !MARKS[kind].includes('+') ? (['+'] as const) : []),
];

export const spec = (
  name: FieldName,
  kind: FieldKind,
  help: string,
  required: 'required' | 'optional' = 'optional',
): FieldSpec => ({
  name,
  label: FIELD_LABELS[name],
  number: worksheetNumber(name),
  attribute: CLMGR_ATTRIBUTES[name],
  kind,
  named: NAMED_CLASS[name],
  required: required === 'required',
  help,
});

export const EVENT_SPECS: readonly FieldSpec[] = [
  spec(
    'eventCommand',
    'command',
    'Replaces what the event does by itself. Replacing it is strongly discouraged: use pre- and post-events.',
  ),
  spec(
    'notifyCommand',
    'command',
    'Runs before and after the event: EVENT start ARGS, then EVENT complete STATUS ARGS. It never fails the event.',
  ),
  spec(
    'notificationText',
    'text',
    'What a remote notification about the event says, where its method has no text of its own: %d date and time, %n node, %e event, %o object of the event, %% a per cent sign.',
  ),
  spec('notificationLocation', 'path', 'Full pathname of the file that has the text, where it is too long for one line.'),
  spec('preEventCommand', 'names', 'Custom events that run before the event command, in this order: EVENT ARGS.'),
  spec(
    'postEventCommand',
    'names',
    'Custom events that run after the event command, also a failed one, in this order: EVENT STATUS ARGS.',
  ),
  spec(
    'recoveryCommand',
    'command',
    'Runs when the event command has failed: EVENT ARGS. With status 0 the event command runs again.',
  ),
  spec('recoveryCounter', 'number', 'How many times the recovery command is tried. Empty means 0: never.'),
  spec(
    'failOnPrePost',
    'yes_no',
    'With yes, a failing pre-event skips the event command, and a failing post-event fails the event. Not set means no.',
  ),
  spec('timeUntilWarning', 'number', 'Seconds until config_too_long warns. It is a warning, never a kill.'),
];

/** It has an editor of its own, and is the same on every node. */
export const PROGRAM_SPEC = spec(
  'recoveryProgram',
  'program',
  'A line is NODE_SET "COMMAND" EXPECTED_STATUS NULL, or barrier; # begins a comment. Left empty, the predefined program holds.',
);

export const CUSTOM_EVENT_SPECS: readonly FieldSpec[] = [
  spec('description', 'text', 'What it is for.'),
  spec(
    'script',
    'command',
    'Full pathname of an executable file, without arguments. It and every directory above it must be safe from other users.',
  ),
];

const remark = spec('remark', 'text', 'What it is for. It changes nothing that is run.');

/** The fields of what the cluster is made of, and of what holds for it as a whole. */
export const CLUSTER_SPECS = {
  cluster: [
    spec('dailyVerification', 'yes_no', 'Verifies the active configuration once a day by itself. Not set means yes.'),
    spec('verificationHour', 'number', 'When, by the clock of the node that verifies. Empty means 0: midnight.'),
    spec('verificationNode', 'name', 'Which node verifies. Empty means the first one by name.'),
  ],
  node: [
    spec(
      'communicationPath',
      'text',
      'IP label or address under which the other nodes reach it. Empty means the name of the node.',
    ),
    remark,
  ],
  site: [spec('siteNodes', 'names', 'The nodes that stand there.', 'required'), remark],
  network: [
    spec('networkType', 'choice', 'What carries it. rs232 and diskhb have no IP addresses.'),
    spec('netmask', 'text', 'Such as 255.255.255.0, or the length of a prefix, such as 24 or 64.'),
    remark,
  ],
  interface: [
    spec('onNode', 'name', 'The node that has the interface.', 'required'),
    spec('onNetwork', 'name', 'The network that it is connected to.', 'required'),
    spec('ipAddress', 'text', 'Empty where the IP label is resolved by the node.'),
    spec('device', 'text', 'What the operating system calls it: eth0, or /dev/ttyS0 on a serial network.'),
    remark,
  ],
  service_label: [
    spec('onNetwork', 'name', 'The network on which clients reach it.', 'required'),
    spec('ipAddress', 'text', 'Empty where the IP label is resolved by the node.'),
    spec('atSite', 'name', 'The site where it is used. Empty means any.'),
    remark,
  ],
} as const satisfies Partial<Record<EntryClass, readonly FieldSpec[]>>;
export type ClusterClass = keyof typeof CLUSTER_SPECS;
