import { CHUNK, readAt } from './line-index.ts';
import { newlineFrom, type OpenLog, startOfLineWith } from './newlines.ts';

/** So many bytes are searched by one request. */
const SEARCHED_AT_ONCE = 64 * 1024 * 1024;

export interface Search {
  text: string;
  direction: 'forward' | 'backward';
  /** Forward: from the line that begins here. Backward: before this offset. */
  at: number;
  /** Lines that are wanted at most. */
  most: number;
}

export interface Found {
  /** Where the lines begin, and where the text stands in them, in the order of the search. */
  matches: { offset: number; at: number }[];
  /** Where the search goes on; undefined once it has come to the end. */
  cursor?: number;
}

/**
 * Finds lines with a text, upper or lower case of the letters A to Z alike; a line is found once. Bytes are compared as
 * Latin-1, where one byte is one character, and what looks alike only there is sorted out.
 */
export async function searchLines(log: OpenLog, search: Search, signal: AbortSignal): Promise<Found> {
  const needle = folded(Buffer.from(search.text));
  return search.direction === 'forward' ? forward(log, search, needle, signal) : backward(log, search, needle, signal);
}

async function forward(log: OpenLog, { text, at: from, most }: Search, needle: string, signal: AbortSignal): Promise<Found> {
  const matches: Found['matches'] = [];
  let at = from;
  for (const end = from + SEARCHED_AT_ONCE; at < log.size; ) {
    if (at >= end || matches.length >= most || signal.aborted) return { matches, cursor: at };
    const bytes = await readAt(log.file, at, Math.min(CHUNK + needle.length - 1, log.size - at));
    const hay = folded(bytes);
    let next = at + CHUNK;
    for (let hit = hay.indexOf(needle); hit !== -1 && hit < CHUNK; ) {
      if (!isText(bytes, hit, text)) {
        hit = hay.indexOf(needle, hit + 1);
        continue;
      }
      const offset = await lineStart(log, bytes, at, hit);
      matches.push({ offset, at: at + hit });
      const newline = bytes.indexOf(0x0a, hit);
      const after = newline === -1 ? await newlineFrom(log, at + bytes.length) : at + newline;
      next = Math.max(next, after + 1);
      if (after === -1) return { matches };
      if (matches.length >= most) return after + 1 < log.size ? { matches, cursor: after + 1 } : { matches };
      hit = newline === -1 ? -1 : hay.indexOf(needle, newline + 1);
    }
    at = next;
  }
  return { matches };
}

async function backward(log: OpenLog, { text, at: from, most }: Search, needle: string, signal: AbortSignal): Promise<Found> {
  const matches: Found['matches'] = [];
  let end = Math.min(from, log.size);
  for (const last = end - SEARCHED_AT_ONCE; end > 0; ) {
    if (end <= last || matches.length >= most || signal.aborted) return { matches, cursor: end };
    const start = Math.max(0, end - CHUNK);
    const bytes = await readAt(log.file, start, Math.min(end - start + needle.length - 1, log.size - start));
    const hay = folded(bytes);
    let next = start;
    for (let hit = hay.lastIndexOf(needle, end - start - 1); hit !== -1; ) {
      if (!isText(bytes, hit, text)) {
        hit = hit === 0 ? -1 : hay.lastIndexOf(needle, hit - 1);
        continue;
      }
      const offset = await lineStart(log, bytes, start, hit);
      matches.push({ offset, at: start + hit });
      next = Math.min(next, offset);
      if (matches.length >= most) return offset > 0 ? { matches, cursor: offset } : { matches };
      hit = offset <= start ? -1 : hay.lastIndexOf(needle, offset - start - 1);
    }
    end = next;
  }
  return { matches };
}

async function lineStart(log: OpenLog, bytes: Buffer, base: number, hit: number): Promise<number> {
  const newline = hit === 0 ? -1 : bytes.lastIndexOf(0x0a, hit - 1);
  return newline === -1 ? startOfLineWith(log, base) : base + newline + 1;
}

const folded = (bytes: Buffer): string => bytes.toString('latin1').toLowerCase();

function isText(bytes: Buffer, at: number, text: string): boolean {
  const found = bytes.toString('utf8', at, at + Buffer.byteLength(text));
  return asciiFolded(found) === asciiFolded(text);
}

const asciiFolded = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
