import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { DEEPEST_JSON } from './limits.ts';

/** A JSON value with the line on which it begins; the members of an object are a Map, so that no key means more than another. */
export type JsonNode = { line: number } & (
  | { kind: 'object'; members: Map<string, JsonNode> }
  | { kind: 'list'; items: JsonNode[] }
  | { kind: 'scalar'; value: string | number | boolean | null }
);

const [BLANK, TAB, LINE_END, RETURN] = [0x20, 0x09, 0x0a, 0x0d];
const QUOTES = 0x22;
const BACKSLASH = 0x5c;
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
  const { text } = reader;
  const start = reader.at;
  reader.at += 1;
  for (let escaped = false; ; ) {
    let code = text.charCodeAt(reader.at);
    // Not a number is at the end of the text.
    while (code >= BLANK && code !== QUOTES && code !== BACKSLASH) {
      reader.at += 1;
      code = text.charCodeAt(reader.at);
    }
    if (code === QUOTES) {
      reader.at += 1;
      return escaped ? (JSON.parse(text.slice(start, reader.at)) as string) : text.slice(start + 1, reader.at - 1);
    }
    if (code !== BACKSLASH || !matches(reader, ESCAPE)) throw new Wrong(unexpected(reader, 'the end of a string'));
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
  const start = reader.at;
  return matches(reader, pattern) ? reader.text.slice(start, reader.at) : undefined;
}

function matches(reader: Reader, pattern: RegExp): boolean {
  pattern.lastIndex = reader.at;
  const found = pattern.test(reader.text);
  if (found) reader.at = pattern.lastIndex;
  return found;
}

function skipBlank(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code === LINE_END) reader.line += 1;
    else if (code !== BLANK && code !== TAB && code !== RETURN) return;
    reader.at += 1;
  }
}

const unexpected = ({ text, at, line }: Reader, wanted: string): ExchangeFault => ({
  code: 'not_json',
  line,
  text: text[at] === '\n' ? '\n' : (text.slice(at, at + 20).split('\n', 1)[0] ?? ''),
  wanted,
});
