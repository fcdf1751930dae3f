import { FIELD_DEFAULTS, type FieldName, parseSetting } from '@fallover/events';
import { type FieldSpec, spec } from '../definition/specs.ts';

const SEALED = 'sealed:';

/** The daemon gives a secret back as it keeps it: sealed. */
export const isSealed = (value: string): boolean => value.startsWith(SEALED);

/** A setting for reading. What is typed for a secret shows as one, whichever transport it is of: the word says enough. */
const SECRET_NAME = /pass|secret|token|key|pin$|^url$|^headerValue$/i;
const isSecret = (name: string, value: string): boolean => isSealed(value) || SECRET_NAME.test(name);

function masked(element: string, secret: (value: string) => string): string {
  const parsed = parseSetting(element, 'settings');
  if (!parsed.ok || parsed.value.value === '' || !isSecret(parsed.value.name, parsed.value.value)) return element;
  return `${element.slice(0, element.indexOf('='))}=${secret(parsed.value.value)}`;
}

/** `password=•••• kept` for what is sealed, `password=••••` for what is typed. */
export const settingAsShown = (element: string): string => masked(element, (value) => (isSealed(value) ? '•••• kept' : '••••'));
/** What is typed for a secret, a shell asks for with `-`; sealed it is of no use to whoever reads it. */
export const settingInCommand = (element: string): string =>
  element.endsWith('=-') ? element.replace(/-$/, '%2D') : masked(element, (value) => (isSealed(value) ? value : '-'));

/** HACMP's fields in its order, with what the destination needs behind it. */
export const METHOD_SPECS: readonly FieldSpec[] = [
  spec('remark', 'text', 'What it is for.'),
  spec('methodNodes', 'names', 'The nodes that send it, in the order in which they are tried. Empty means every node.'),
  spec(
    'contact',
    'text',
    'user@host (several, blank-separated) is an e-mail, NUMBER# an SMS, NUMBER and commas a numeric pager, PROVIDER;PAGER an alphanumeric pager, a URL a webhook.',
  ),
  spec('transport', 'choice', 'How the recipients are reached. Left alone, the form of the destination says it.'),
  {
    ...spec('settings', 'settings', 'What the notification type needs besides.'),
    shownAs: settingAsShown,
    commandAs: settingInCommand,
  },
  spec('methodFile', 'path', 'Full pathname of a file that has the message text, on every node that may send it.'),
  spec(
    'methodText',
    'text',
    '%d date and time, %n node, %e event, %o object of the event, %% a per cent sign. Without text and file, the text of the event on the worksheet, or a sentence that tells what happened.',
  ),
  spec('methodEvents', 'events', 'The events that it tells of; sub-events too. Without any it is used only by escalation.'),
  spec('retryCounter', 'number', 'How many times a recipient is tried again, each time after a longer pause.'),
  spec('timeout', 'number', 'How long one attempt may take.'),
  spec('when', 'choices', 'The moments of an event at which it tells.'),
  spec('severity', 'choice', 'How urgent it is, for receivers that tell one from the other.'),
  spec('holdTime', 'number', 'Held back so long, in case it is undone: node_down and the node_up that follows are told as one.'),
  spec('hourlyLimit', 'number', 'More in an hour than this is summed up in one digest. 0: no limit.'),
  spec('escalateTo', 'names', 'Methods that are used one after the other until somebody acknowledges the run.'),
  spec('escalateAfter', 'words', 'Before each of these, blank-separated; the last one holds for the rest.'),
  spec('proveWithin', 'number', 'One that has delivered nothing for so long is shown in red. 0: never.'),
  spec('selfTest', 'yes_no', 'With yes, a test is sent by itself before the method counts as not proven.'),
];

/** What keeps it from becoming a storm, who is told next, and how it is proven. */
export const FURTHER_FIELDS: readonly FieldName[] = [
  'holdTime',
  'hourlyLimit',
  'escalateTo',
  'escalateAfter',
  'proveWithin',
  'selfTest',
];

/** What holds while an entry is empty. */
export function emptyMeans(field: FieldName): string | undefined {
  if (field === 'escalateAfter') return '300';
  const value = FIELD_DEFAULTS[field];
  if (field === 'severity') return `not set (${String(value)})`;
  return typeof value === 'number' ? String(value) : undefined;
}
