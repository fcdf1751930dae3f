import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type LineIndex, lineIndex } from './line-index.ts';
import { type OpenLog, startOfLineWith } from './newlines.ts';
import { type LineOfOutput, linesFrom, startOfLinesBefore } from './read-lines.ts';
import { type Found, type Search, searchLines } from './search-lines.ts';

/** Where to begin: a line's number, counted from the end where it is negative; or the line that has a byte. */
export type Place = { line: number } | { at: number; before: number };

export interface Lines {
  lines: (LineOfOutput & { line?: number })[];
  /** The byte with which the line behind the last of these begins. */
  next: number;
  /** Lines so far; at least so many while `indexing`. */
  total: number;
  indexing: boolean;
  size: number;
  /** Of the file, for a name can come to mean another one; empty while there is none. */
  identity: string;
}

export interface FoundLines {
  matches: (Found['matches'][number] & { line?: number })[];
  cursor?: number;
  indexing: boolean;
}

/** The output of steps by lines, for logs of any size: no request reads more than it gives, but for the index beside it. */
export interface OutputLines {
  lines(path: string, place: Place, count: number, signal: AbortSignal): Promise<Lines>;
  /** From a line's number or a byte; without either from the beginning, or from the end when it goes backward. */
  search(path: string, search: Omit<Search, 'at'> & { line?: number; at?: number }, signal: AbortSignal): Promise<FoundLines>;
}

const MOST_INDEXES = 64;
/** So much is counted at once before a reply; the rest goes on beside it. */
const COUNTED_FIRST = 4 * 1024 * 1024;
/** For a line far behind what is counted yet. */
const WAITED_MS = 1_000;

export function outputLines(stopped: AbortSignal, failed: (error: unknown) => void): OutputLines {
  const indexes = new Map<string, LineIndex>();

  /** The index used longest ago goes first. */
  function indexOf(path: string, stats: Stats): LineIndex {
    const { size } = stats;
    const key = `${path} ${identityOf(stats)}`;
    const kept = indexes.get(key);
    const index = kept && kept.counted() <= size ? kept : lineIndex(path, stopped);
    indexes.delete(key);
    indexes.set(key, index);
    for (const oldest of indexes.keys()) if (indexes.size > MOST_INDEXES) indexes.delete(oldest);
    return index;
  }

  async function withLog<Value>(
    path: string,
    use: (log: OpenLog, identity: string) => Promise<Value>,
  ): Promise<Value | undefined> {
    const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return undefined;
    try {
      const stats = await file.stat();
      const { size } = stats;
      const index = indexOf(path, stats);
      if (size - index.counted() > COUNTED_FIRST) index.extend().catch(failed);
      else while (index.counted() < size && !stopped.aborted) await index.extend();
      return await use({ file, size, index }, identityOf(stats));
    } finally {
      await file.close();
    }
  }

  /** Undefined when there is no such line, or when it is not counted yet after a short while. */
  async function startOf({ file, index, size }: OpenLog, line: number, signal: AbortSignal): Promise<number | undefined> {
    const deadline = performance.now() + WAITED_MS;
    while (index.counted() < size && index.lines() <= line && performance.now() < deadline && !signal.aborted)
      await Promise.race([index.extend(), delay(20)]);
    return index.startOf(file, line);
  }

  async function beginning(log: OpenLog, place: Place, count: number, signal: AbortSignal) {
    if ('at' in place) {
      const anchor = await startOfLineWith(log, Math.min(place.at, log.size));
      const from = await startOfLinesBefore(log, anchor, place.before);
      return { from, ...(count === 0 ? { until: anchor } : {}), count: count + place.before };
    }
    if (place.line < 0) return { from: await startOfLinesBefore(log, log.size, -place.line), count };
    const from = await startOf(log, place.line, signal);
    return { from: from ?? log.size, count: from === undefined ? 0 : count };
  }

  return {
    async lines(path, place, count, signal) {
      const read = await withLog(path, async (log, identity): Promise<Lines> => {
        const { from, ...range } = await beginning(log, place, count, signal);
        const { lines, next } = await linesFrom(log, from, range);
        const first = await log.index.lineAt(log.file, from);
        return {
          lines: lines.map((line, number) => (first === undefined ? line : { line: first + number, ...line })),
          next,
          total: log.index.lines(),
          indexing: log.index.counted() < log.size,
          size: log.size,
          identity,
        };
      });
      return read ?? { lines: [], next: 0, total: 0, indexing: false, size: 0, identity: '' };
    },

    async search(path, { line, at, ...search }, signal) {
      const found = await withLog(path, async (log): Promise<FoundLines> => {
        const end = search.direction === 'forward' ? 0 : log.size;
        const from = at ?? (line === undefined ? end : await startOf(log, line, signal));
        const indexing = () => log.index.counted() < log.size;
        if (from === undefined) return { matches: [], indexing: indexing() };
        const { matches, cursor } = await searchLines(log, { ...search, at: from }, signal);
        const numbered: FoundLines['matches'] = [];
        for (const match of matches) {
          const number = await log.index.lineAt(log.file, match.offset);
          numbered.push(number === undefined ? match : { line: number, ...match });
        }
        return { matches: numbered, ...(cursor === undefined ? {} : { cursor }), indexing: indexing() };
      });
      return found ?? { matches: [], indexing: false };
    },
  };
}

/** A log that is rotated is another file under the same name. */
const identityOf = ({ ino, birthtimeMs }: Stats): string => `${ino}-${Math.trunc(birthtimeMs)}`;
