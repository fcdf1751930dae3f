import { CLMGR_ATTRIBUTES, type CustomEventField, type EventField, FIELD_LABELS, worksheetNumber } from '@fallover/events';
import type { Mark } from '../Field.tsx';

export type FieldKind = 'text' | 'path' | 'number' | 'yes_no' | 'names';

/** A field of an entry of the definition: the worksheet's words, and the attribute that a shell gives it. */
export interface FieldSpec {
  name: EventField | CustomEventField;
  label: string;
  /** On the Cluster Event Worksheet. */
  number: number | undefined;
  attribute: string;
  kind: FieldKind;
  help: string;
}

export const MARKS: Record<FieldKind, readonly Mark[]> = { text: [], path: ['/'], number: ['#'], yes_no: ['+'], names: ['+'] };

const spec = (name: FieldSpec['name'], kind: FieldKind, help: string): FieldSpec => ({
  name,
  label: FIELD_LABELS[name],
  number: worksheetNumber(name),
  attribute: CLMGR_ATTRIBUTES[name],
  kind,
  help,
});

export const EVENT_SPECS: readonly FieldSpec[] = [
  spec(
    'eventCommand',
    'path',
    'Replaces what the event does by itself. Replacing it is strongly discouraged: use pre- and post-events.',
  ),
  spec(
    'notifyCommand',
    'path',
    'Runs before and after the event: EVENT start ARGS, then EVENT complete STATUS ARGS. It never fails the event.',
  ),
  spec(
    'notificationText',
    'text',
    'What a remote notification about the event says: %d date and time, %n node, %e event, %o object of the event, %% a per cent sign. Kept here for whoever configures the notification.',
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
    'path',
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

export const CUSTOM_EVENT_SPECS: readonly FieldSpec[] = [
  spec('description', 'text', 'What it is for.'),
  spec(
    'script',
    'path',
    'Full pathname of an executable file, without arguments. It and every directory above it must be safe from other users.',
  ),
];
