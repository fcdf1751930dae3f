import { parseStepId } from '../runs/step-id.ts';
import { clockTime, type LocalTime, MONTHS, WEEKDAYS } from './local-time.ts';

/** A reader looks at so many bytes of a line, so no line that means something is longer. */
export const LONGEST_LINE = 8192;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
const INVISIBLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** One line of text on which control characters (tab is none), line separators and direction marks can be seen. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
    return code < 0x100 ? `\\x${code.toString(16)}` : `\\u${code.toString(16)}`;
  });
}

const stamp = (time: LocalTime): string =>
  `${MONTHS[time.month - 1]} ${String(time.day).padStart(2)} ${time.year} ${clockTime(time)}`;

const inWords = (time: LocalTime): string =>
  `${WEEKDAYS[time.weekday]} ${MONTHS[time.month - 1]} ${String(time.day).padStart(2)} ${clockTime(time)} ${time.year}`;

/** The event and its arguments, so short that the reader sees the status behind them. */
function eventText(event: string, args: readonly string[]): string {
  const text = visible([event, ...args].join(' '));
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

/** `Nov 23 2026 14:22:10 EVENT START: node_down nodea` */
export const startMarker = (time: LocalTime, event: string, args: readonly string[]): string =>
  `${stamp(time)} EVENT START: ${eventText(event, args)}`;

/** `Nov 23 2026 14:22:12 EVENT COMPLETED: node_down nodea 0` */
export const completedMarker = (time: LocalTime, event: string, args: readonly string[], status: number): string =>
  `${stamp(time)} EVENT COMPLETED: ${eventText(event, args)} ${status}`;

/** `Nov 23 2026 14:22:12 EVENT FAILED: 1: node_up nodea 1` */
export const failedMarker = (time: LocalTime, event: string, args: readonly string[], status: number): string =>
  `${stamp(time)} EVENT FAILED: ${status}: ${eventText(event, args)} ${status}`;

/** What the cluster manager itself has to say, such as `Nov 23 2026 14:22:12 CLUSTER MANAGER: nodea failed.` */
export const noteLine = (time: LocalTime, sentence: string): string => `${stamp(time)} CLUSTER MANAGER: ${visible(sentence)}`;

/** `Mon.Nov.23.14:22:10.UTC.2026.process_resources.rg1.ref`: one action, found by this text in the verbose part. */
export function referenceString(time: LocalTime, scriptName: string, resource: string): string {
  const date = `${WEEKDAYS[time.weekday]}.${MONTHS[time.month - 1]}.${time.day}.${clockTime(time)}.${time.zone}.${time.year}`;
  return `${date}.${word(scriptName)}.${word(resource)}.ref`;
}

/** The line of the verbose part that the `Search on:` text of the summary leads to. */
export const referenceLine = (reference: string): string => `Reference string: ${reference}`;

/** What a summary tells of one resource; `at` and the rest make the `Search on:` text. */
export interface SummaryAction {
  /** Without a colon: `Releasing resource group`. */
  action: string;
  resource: string;
  scriptName: string;
  at: LocalTime;
}

export interface SummaryFacts {
  event: string;
  args: readonly string[];
  startedAt: LocalTime;
  endedAt: LocalTime;
  actions: readonly SummaryAction[];
  serialNumber?: string;
}

const RULE = '-'.repeat(76);

/** The block that follows each event which the cluster manager initiated. Written by one call, so that nothing comes between. */
export function summaryBlock({ event, args, startedAt, endedAt, actions, serialNumber }: SummaryFacts): string[] {
  return [
    'HACMP Event Summary',
    ...(serialNumber === undefined ? [] : [`Serial number for this event: ${word(serialNumber)}`]),
    `Event: ${eventText(event, args)}`,
    `Start time: ${inWords(startedAt)}`,
    '',
    `End time: ${inWords(endedAt)}`,
    '',
    'Action:                         Resource:                       Script Name:',
    RULE,
    ...(actions.length === 0 ? ['No resources changed as a result of this event'] : actions.flatMap(actionLines)),
    RULE,
  ];
}

const actionLines = ({ action, resource, scriptName, at }: SummaryAction): string[] => [
  `${toTabStop(`${visible(action)}:`)}${toTabStop(word(resource))}${word(scriptName)}`,
  `Search on: ${referenceString(at, scriptName, resource)}`,
];

/** Filled with blanks to the next column that is a multiple of eight, as the tabs of HACMP show. */
const toTabStop = (text: string): string => text + ' '.repeat(8 - (text.length % 8));

/** A name as one word. */
const word = (text: string): string => visible(text).replace(/\s/g, '_').slice(0, 256);

/** The plan of sub-events, written before an event that handles resource groups with dependencies or sites. */
export const eventPreamble = (plan: readonly string[]): string[] => [
  'HACMP Event Preamble',
  RULE,
  ...plan.map((line) => visible(line)),
  RULE,
];

/**
 * What stands before each line of a step's output: `|8c1d2e3f node_down event.1|`. The last eight hex digits of the run's id,
 * the phase when it is not the first, the event, the step and its attempt; for a step of a sub-event also what called it.
 * No marker and no title begins with `|` and eight hex digits, so output can never read as one.
 */
export function outputPrefix(step: string, event: string): string {
  const path = parseStepId(step);
  if (!path) return `|${'0'.repeat(8)} ${prefixWord(event)} ${prefixWord(step)}|`;
  const run = path.run.slice(-8) + (path.phase === '1' ? '' : `.${path.phase}`);
  const steps = path.steps.map(({ subEvent, key, attempt }) =>
    subEvent ? `${subEvent.call}.${subEvent.event} ${key}.${attempt}` : `${prefixWord(event)} ${key}.${attempt}`,
  );
  return `|${run} ${steps.join(' ')}|`;
}

const prefixWord = (text: string): string => text.replace(/[^A-Za-z0-9_./-]/g, '_').slice(0, 256) || '_';

/** A line of output; the pieces after the first of a line that was too long have `+` where the others have a blank. */
export const outputLine = (prefix: string, text: string, continued = false): string =>
  `${prefix}${continued ? '+' : ' '}${visible(text.endsWith('\r') ? text.slice(0, -1) : text)}`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the same characters, but for the newline between lines
const INVISIBLE_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Many whole lines of output, which are looked at one by one only when there is something to make visible. */
export function outputLines(prefix: string, text: string): string[] {
  const lines = text.split('\n');
  return INVISIBLE_IN_LINES.test(text) ? lines.map((line) => outputLine(prefix, line)) : lines.map((line) => `${prefix} ${line}`);
}

export interface ResourceGroupRow {
  group: string;
  state: string;
  node: string;
}

/** The table that `clRGinfo` prints. */
export function resourceGroupTable(rows: readonly ResourceGroupRow[]): string {
  const line = (group: string, state: string, node: string) => `${group.padEnd(32)} ${state.padEnd(24)} ${node}`.trimEnd();
  return [
    RULE,
    line('Group Name', 'Group State', 'Node'),
    RULE,
    ...(rows.length === 0
      ? ['No resource groups are configured.']
      : rows.map(({ group, state, node }) => line(visible(group), visible(state), visible(node)))),
    '',
  ].join('\n');
}
