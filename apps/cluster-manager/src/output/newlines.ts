import type { FileHandle } from 'node:fs/promises';
import { CHUNK, type LineIndex, readAt } from './line-index.ts';

const NEWLINE = 0x0a;

/** After so many bytes without a newline the index is waited for, which knows the chunks that have none. */
const UNKNOWN_AT_MOST = 32 * CHUNK;

/** A log as it was when it was opened: what is appended meanwhile is not looked at. */
export interface OpenLog {
  file: FileHandle;
  size: number;
  index: LineIndex;
}

/** The first newline at or after an offset; -1 when there is none. */
export async function newlineFrom({ file, size, index }: OpenLog, from: number): Promise<number> {
  let read = 0;
  for (let at = from; at < size; ) {
    const chunk = Math.floor(at / CHUNK);
    const end = Math.min((chunk + 1) * CHUNK, size);
    if (!index.hasNone(chunk)) {
      if (read > UNKNOWN_AT_MOST && index.counted() < size) await index.extend();
      const bytes = await readAt(file, at, end - at);
      const found = bytes.indexOf(NEWLINE);
      if (found !== -1) return at + found;
      read += bytes.length;
    }
    at = end;
  }
  return -1;
}

/** Newlines before an offset, the last first. */
export async function* newlinesBefore({ file, size, index }: OpenLog, before: number): AsyncGenerator<number> {
  let without = 0;
  for (let end = before; end > 0; ) {
    const chunk = Math.floor((end - 1) / CHUNK);
    const start = chunk * CHUNK;
    if (!index.hasNone(chunk)) {
      if (without > UNKNOWN_AT_MOST && index.counted() < size) await index.extend();
      const bytes = await readAt(file, start, end - start);
      without += bytes.length;
      for (let at = bytes.lastIndexOf(NEWLINE); at !== -1; at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)) {
        without = 0;
        yield start + at;
      }
    }
    end = start;
  }
}

/** Where the line begins that has the byte at this offset. */
export async function startOfLineWith(log: OpenLog, offset: number): Promise<number> {
  for await (const newline of newlinesBefore(log, offset)) return newline + 1;
  return 0;
}
