import { type FileHandle, open } from 'node:fs/promises';

/** Newlines are counted by chunks of so many bytes: 1 GB needs 4,000 numbers, however long or short its lines are. */
export const CHUNK = 256 * 1024;
const NEWLINE = 0x0a;

/** How many newlines stand before each chunk of a log that only grows. A line's number is the count of newlines before it. */
export interface LineIndex {
  /** Counts on to the end of the file as it is then, a chunk at a time; whoever asks meanwhile waits for the same count. */
  extend(): Promise<void>;
  /** Bytes that are counted. */
  counted(): number;
  /** Lines in them; one that has not ended yet is one too. */
  lines(): number;
  /** The number of the line that begins at this offset; undefined while that is not counted. */
  lineAt(file: FileHandle, offset: number): Promise<number | undefined>;
  /** Where a line begins; undefined while it is not counted, or when there is no such line. */
  startOf(file: FileHandle, line: number): Promise<number | undefined>;
  /** Whether a chunk is known to have no newline, so that it need not be read. */
  hasNone(chunk: number): boolean;
}

export function lineIndex(path: string, stopped: AbortSignal): LineIndex {
  const before = [0];
  let counted = 0;
  let newlines = 0;
  let isLineOpen = false;
  let extending: Promise<void> | undefined;

  async function count(): Promise<void> {
    const file = await open(path, 'r');
    const buffer = Buffer.allocUnsafe(CHUNK);
    try {
      while (!stopped.aborted) {
        const { bytesRead } = await file.read(buffer, 0, CHUNK - (counted % CHUNK), counted);
        if (bytesRead === 0) return;
        newlines += newlinesIn(buffer, bytesRead);
        counted += bytesRead;
        isLineOpen = buffer[bytesRead - 1] !== NEWLINE;
        if (counted % CHUNK === 0) before.push(newlines);
      }
    } finally {
      await file.close();
    }
  }

  /** The last chunk with fewer newlines before it than this. */
  function chunkBelow(newline: number): number {
    let low = 0;
    let high = before.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((before[middle] as number) < newline) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  return {
    extend() {
      extending ??= count().finally(() => {
        extending = undefined;
      });
      return extending;
    },
    counted: () => counted,
    lines: () => newlines + (isLineOpen ? 1 : 0),
    async lineAt(file, offset) {
      if (offset > counted) return undefined;
      const chunk = Math.floor(offset / CHUNK);
      const bytes = await readAt(file, chunk * CHUNK, offset - chunk * CHUNK);
      return (before[chunk] as number) + newlinesIn(bytes, bytes.length);
    },
    async startOf(file, line) {
      if (line === 0) return 0;
      if (line > newlines) return undefined;
      const chunk = chunkBelow(line);
      const bytes = await readAt(file, chunk * CHUNK, CHUNK);
      let at = -1;
      for (let left = line - (before[chunk] as number); left > 0; left -= 1) at = bytes.indexOf(NEWLINE, at + 1);
      return chunk * CHUNK + at + 1;
    },
    hasNone: (chunk) => chunk + 1 < before.length && before[chunk] === before[chunk + 1],
  };
}

/** A loop over bytes is faster than a search for each newline where lines are short, and as fast where they are long. */
function newlinesIn(bytes: Buffer, length: number): number {
  let count = 0;
  for (let at = 0; at < length; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}

/** As many bytes as there are. */
export async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(0, length));
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}
