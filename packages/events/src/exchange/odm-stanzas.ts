import type { ExchangeFault } from '../wording/exchange.ts';
import type { Faults } from './collect.ts';

/** A value as it stands in a stanza: a string without its quotes, or a whole number. */
export interface StanzaValue {
  line: number;
  value: string | number;
}

/** A class line and the fields below it, as odmget prints them. */
export interface Stanza {
  class: string;
  line: number;
  fields: Map<string, StanzaValue>;
}

const CLASS_LINE = /[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*:[ \t]*\r?(?:\n|$)/y;
const FIELD = /[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/y;
const NUMBER = /(-?[0-9]{1,15})[ \t]*\r?(?:\n|$)/y;
const BLANK_OR_COMMENT = /[ \t]*(?:#[^\n]*|\r)?(?:\n|$)/y;
const BLANK_END = /[ \t]*\r?(?:\n|$)/y;

/** Reads stanzas as odmadd does: a backslash is handled as in C, and a string may span lines. Lines that begin with # are comments. */
export function readStanzas(text: string, faults: Faults): Stanza[] {
  const stanzas: Stanza[] = [];
  let at = 0;
  let line = 1;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    if (found) at = pattern.lastIndex;
    return found;
  };
  const rest = (): string => text.slice(at, endOfLine(text, at)).trimEnd();
  const skipLine = (): void => {
    at = endOfLine(text, at) + 1;
  };

  while (at < text.length && !faults.full()) {
    const here = line;
    if (match(BLANK_OR_COMMENT)) {
      line += 1;
      continue;
    }
    const classLine = match(CLASS_LINE);
    if (classLine) {
      stanzas.push({ class: classLine[1] ?? '', line, fields: new Map() });
      line += 1;
      continue;
    }
    const stanza = stanzas.at(-1);
    const start = at;
    const field = stanza && match(FIELD)?.[1];
    if (!stanza || field === undefined) {
      at = start;
      faults.add({ code: 'not_a_stanza', line, text: rest().trim() });
      skipLine();
      line += 1;
      continue;
    }
    const read = text[at] === '"' ? quotedString(text, at) : undefined;
    if (read) {
      at = read.next;
      line += read.lines;
      const behind = rest().trim();
      if (!read.closed) faults.add({ code: 'quotes_not_closed', line: here });
      else if (!match(BLANK_END)) {
        faults.add({ code: 'text_behind_quotes', line, text: behind });
        skipLine();
      }
      put(stanza, field, { line: here, value: read.value }, faults);
    } else {
      const number = match(NUMBER)?.[1];
      if (number === undefined) {
        faults.add({ code: 'not_a_stanza_value', line, field, text: rest() });
        skipLine();
      } else put(stanza, field, { line: here, value: Number(number) }, faults);
    }
    line += 1;
  }
  return stanzas;
}

function put({ fields }: Stanza, field: string, value: StanzaValue, faults: Faults): void {
  const first = fields.get(field);
  if (first) faults.add({ code: 'stanza_field_twice', line: value.line, field, first: first.line } satisfies ExchangeFault);
  else fields.set(field, value);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const PLAIN = /[^"\\\n]+/y;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** Quotes begin at `start`. `lines` is how many line ends are within. */
function quotedString(text: string, start: number): { value: string; next: number; lines: number; closed: boolean } {
  const parts: string[] = [];
  let at = start + 1;
  let lines = 0;
  for (;;) {
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(text);
    if (plain) {
      parts.push(plain[0]);
      at = PLAIN.lastIndex;
    }
    const character = text[at];
    if (character === undefined) return { value: '', next: at, lines, closed: false };
    at += 1;
    if (character === '"') return { value: parts.join('').replaceAll('\r\n', '\n'), next: at, lines, closed: true };
    if (character === '\n') {
      parts.push('\n');
      lines += 1;
      continue;
    }
    const number = /^(?:x[0-9A-Fa-f]{1,2}|[0-7]{1,3})/.exec(text.slice(at, at + 3))?.[0];
    const next = text[at] ?? '';
    if (number !== undefined) {
      const code = number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 8);
      parts.push(String.fromCharCode(code & 0xff));
      at += number.length;
    } else if (next === '\n' || (next === '\r' && text[at + 1] === '\n')) {
      lines += 1;
      at += next === '\r' ? 2 : 1;
    } else {
      parts.push(Object.hasOwn(ESCAPED, next) ? (ESCAPED[next] as string) : next);
      at += 1;
    }
  }
}

/** A stanza as odmget prints it. */
export const writtenStanza = (stanzaClass: string, fields: readonly [string, string | number][]): string =>
  [
    `${stanzaClass}:`,
    ...fields.map(([field, value]) => `\t${field} = ${typeof value === 'number' ? value : quotedText(value)}`),
    '',
    '',
  ].join('\n');

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is escaped here
const quotedText = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replace(/[\u0000-\u001f]/g, octal)}"`;

const octal = (character: string): string => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
