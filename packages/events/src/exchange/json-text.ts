import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { DEEPEST_JSON } from './limits.ts';

/** A JSON value with the line on which it begins; the members of an object are a Map, so that no key means more than another. */
export type JsonNode = { line: number } & (
  | { kind: 'object'; members: Map<string, JsonNode> }
  | { kind: 'list'; items: JsonNode[] }
  | { kind: 'scalar'; value: string | number | boolean | null }
);

const BLANK = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in a string
const PLAIN = /[^"\\\u0000-\u001f]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])/y;
const WORD = /(?:true|false|null)(?![0-9A-Za-z_])/y;

/** JSON.parse tells no lines, and takes the last of two equal keys. */
export function readJson(text: string): Result<JsonNode, ExchangeFault> {
  const reader = { text, at: 0, line: 1 };
  try {
    const node = value(reader, 1);
    skipBlank(reader);
    if (reader.at < text.length) throw new Wrong(unexpected(reader, 'the end of the file'));
    return ok(node);
  } catch (error) {
    if (error instanceof Wrong) return err(error.fault);
    throw error;
  }
}

interface Reader {
  readonly text: string;
  at: number;
  line: number;
}

/** Leaves the reading; never leaves this file. */
class Wrong extends Error {
  readonly fault: ExchangeFault;
  constructor(fault: ExchangeFault) {
    super(fault.code);
    this.fault = fault;
  }
}

function value(reader: Reader, depth: number): JsonNode {
  skipBlank(reader);
  const { text, line } = reader;
  if (depth > DEEPEST_JSON) throw new Wrong({ code: 'nested_too_deeply', line, most: DEEPEST_JSON });
  const begin = text[reader.at];
  if (begin === '{') return { line, kind: 'object', members: members(reader, depth) };
  if (begin === '[') return { line, kind: 'list', items: items(reader, depth) };
  if (begin === '"') return { line, kind: 'scalar', value: string(reader) };
  const scalar = match(reader, WORD) ?? match(reader, NUMBER);
  if (scalar === undefined) throw new Wrong(unexpected(reader, 'a value'));
  return { line, kind: 'scalar', value: JSON.parse(scalar) as number | boolean | null };
}

function members(reader: Reader, depth: number): Map<string, JsonNode> {
  const found = new Map<string, JsonNode>();
  reader.at += 1;
  if (taken(reader, '}')) return found;
  do {
    skipBlank(reader);
    const { line } = reader;
    if (reader.text[reader.at] !== '"') throw new Wrong(unexpected(reader, 'a key in double quotes'));
    const key = string(reader);
    if (found.has(key)) throw new Wrong({ code: 'key_twice', line, key });
    if (!taken(reader, ':')) throw new Wrong(unexpected(reader, 'a colon'));
    found.set(key, value(reader, depth + 1));
  } while (taken(reader, ','));
  if (!taken(reader, '}')) throw new Wrong(unexpected(reader, 'a comma or }'));
  return found;
}

function items(reader: Reader, depth: number): JsonNode[] {
  const found: JsonNode[] = [];
  reader.at += 1;
  if (taken(reader, ']')) return found;
  do found.push(value(reader, depth + 1));
  while (taken(reader, ','));
  if (!taken(reader, ']')) throw new Wrong(unexpected(reader, 'a comma or ]'));
  return found;
}

function string(reader: Reader): string {
  const start = reader.at;
  reader.at += 1;
  for (let escaped = false; ; ) {
    match(reader, PLAIN);
    if (reader.text[reader.at] === '"') {
      reader.at += 1;
      const raw = reader.text.slice(start, reader.at);
      return escaped ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    }
    if (match(reader, ESCAPE) === undefined) throw new Wrong(unexpected(reader, 'the end of a string'));
    escaped = true;
  }
}

function taken(reader: Reader, character: string): boolean {
  skipBlank(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}

function skipBlank(reader: Reader): void {
  const blank = match(reader, BLANK) ?? '';
  for (let at = blank.indexOf('\n'); at >= 0; at = blank.indexOf('\n', at + 1)) reader.line += 1;
}

const unexpected = ({ text, at, line }: Reader, wanted: string): ExchangeFault => ({
  code: 'not_json',
  line,
  text: text[at] === '\n' ? '\n' : (text.slice(at, at + 20).split('\n', 1)[0] ?? ''),
  wanted,
});
