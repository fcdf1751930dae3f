import { findEvent, PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { nearestName } from '../catalogue/nearest-name.ts';
import { LONGEST_PATHNAME, parseFullPathname } from '../names.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExpectedStatus } from '../runs/types.ts';
import { NODE_SETS, type NodeSet, type ProgramFault, type RecoveryCommand, type RecoveryProgram } from './types.ts';

/** Characters; no program that somebody has written comes near it. */
export const LONGEST_PROGRAM = 65_536;

/**
 * Reads a recovery program (DOMAIN.md section 3): a recovery command or `barrier` on each line, # starts a comment. All faults
 * are told, in the order of the lines. A barrier with nothing before it, or nothing behind it, waits for nobody and is left out.
 */
export function parseProgram(text: string): Result<RecoveryProgram, ProgramFault[]> {
  const faults: ProgramFault[] = [];
  let phases: RecoveryProgram = [[]];
  for (const line of programLines(text)) {
    faults.push(...line.faults);
    if (line.says === 'barrier') phases = [...phases, []];
    else if (typeof line.says === 'object') phases.at(-1)?.push(line.says);
  }
  const program = phases.filter((phase) => phase.length > 0);
  if (program.length === 0 && faults.length === 0) faults.push({ line: 1, code: 'no_recovery_command' });
  return faults.length > 0 ? err(faults) : ok(program);
}

export interface ProgramLine {
  /** From 1. */
  number: number;
  text: string;
  /** Nothing: the line is blank or a comment, or it has faults. */
  says: RecoveryCommand | 'barrier' | 'nothing';
  faults: ProgramFault[];
}

/** The lines of a program as they stand, each with what it says or what is wrong with it. */
export const programLines = (text: string): ProgramLine[] =>
  text.split('\n').map((line, index) => {
    const number = index + 1;
    const faults: ProgramFault[] = [];
    const says = readLine(line, (fault) => void faults.push({ line: number, ...fault }));
    return { number, text: line.replace(/\r$/, ''), says, faults };
  });

function readLine(line: string, report: Report): ProgramLine['says'] {
  if (!isPlainText(line)) {
    report({ code: 'line_not_plain_text', text: line.trim() });
    return 'nothing';
  }
  const words = wordsOf(line);
  const [first, second] = words;
  if (!first) return 'nothing';
  if (first.text !== 'barrier' || first.quotes !== 'none') return readCommand(words, report) ?? 'nothing';
  if (second) report({ code: 'words_after_barrier', text: second.text });
  return 'barrier';
}

/** A comment too: what is shown to whoever reads a program is what stands there. The carriage return of a line end is none of it. */
const isPlainText = (line: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
  !/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/.test(line.replace(/\r$/, '')) && line.isWellFormed();

type WithoutLine<Fault> = Fault extends unknown ? Omit<Fault, 'line'> : never;
type ProgramFaultOfLine = WithoutLine<ProgramFault>;
type Report = (fault: ProgramFaultOfLine) => void;

interface Word {
  text: string;
  /** `open`: the quote that ends it is missing. */
  quotes: 'none' | 'both' | 'open';
}

/** The words of a line; a # that begins a word begins a comment. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  for (const [, comment, inQuotes, closing, bare] of line.trim().matchAll(/(#.*)|"([^"]*)("?)|([^\s"]+)/g)) {
    if (comment !== undefined) break;
    if (inQuotes !== undefined) words.push({ text: inQuotes, quotes: closing === '"' ? 'both' : 'open' });
    else if (bare !== undefined) words.push({ text: bare, quotes: 'none' });
  }
  return words;
}

/** The recovery command of a line; undefined when it has a fault, which is then reported. */
function readCommand([first, ...rest]: readonly Word[], report: Report): RecoveryCommand | undefined {
  const nodeSet = first && readNodeSet(first, report);
  const [command, status, reserved, extra] = rest;
  if (!command) {
    if (nodeSet) report({ code: 'command_missing', nodeSet });
    return undefined;
  }
  // Behind a command whose end is not known, the other words may be anything.
  if (command.quotes !== 'both') {
    if (command.quotes === 'open') report({ code: 'quote_not_closed', text: command.text });
    else report({ code: 'command_not_quoted', text: command.text, quotedAs: withoutQuotes(command.text) });
    return undefined;
  }
  const isCommand = checkCommand(command.text, report);
  const expectedStatus = readStatus(status, report);
  if (status && !reserved) report({ code: 'null_missing' });
  else if (reserved && (reserved.text !== 'NULL' || reserved.quotes !== 'none'))
    report({ code: 'not_null', text: reserved.text });
  else if (extra) report({ code: 'words_after_null', text: extra.text });
  else if (nodeSet && isCommand && expectedStatus !== undefined) return { nodeSet, command: command.text, expectedStatus };
  return undefined;
}

function readNodeSet({ text, quotes }: Word, report: Report): NodeSet | undefined {
  const name = text.replace(/^:/, '');
  const nodeSet = quotes === 'none' ? NODE_SETS.find((one) => one === name) : undefined;
  if (!nodeSet) {
    const suggestion = nearestName(name, [...NODE_SETS, 'barrier']);
    report({ code: 'unknown_node_set', text, ...(suggestion === undefined ? {} : { suggestion }) });
  }
  return nodeSet;
}

/** Quotes of another kind, as a word processor makes them. */
const withoutQuotes = (text: string): string => text.replace(/^['`´“”„‘’«»]+|['`´“”„‘’«»]+$/g, '');

function checkCommand(text: string, report: Report): boolean {
  if (/\s/.test(text)) report({ code: 'command_with_arguments', text });
  else if (text.includes('/')) {
    const path = parseFullPathname(text, 'command');
    if (path.ok) return true;
    if (path.error.code === 'pathname_too_long') report({ code: 'pathname_too_long', most: LONGEST_PATHNAME });
    else report({ code: 'not_a_full_pathname', text });
  } else {
    if (findEvent(text)) return true;
    const suggestion = nearestName(
      text,
      PREDEFINED_EVENTS.map(({ name }) => name),
    );
    report({ code: 'not_an_event', text, ...(suggestion === undefined ? {} : { suggestion }) });
  }
  return false;
}

/** No command ends with more than 255. */
function readStatus(word: Word | undefined, report: Report): ExpectedStatus | undefined {
  if (!word) {
    report({ code: 'expected_status_missing' });
    return undefined;
  }
  const { text, quotes } = word;
  if (quotes === 'none' && text === 'X') return 'X';
  if (quotes === 'none' && /^[0-9]{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  report({ code: 'not_an_expected_status', text });
  return undefined;
}
