import { CHUNK, readAt } from './line-index.ts';
import { newlineFrom, newlinesBefore, type OpenLog } from './newlines.ts';

const NEWLINE = 0x0a;

/** Of a longer line only the beginning is given. */
const LONGEST_LINE = 16 * 1024;
/** A reply ends once it has so many bytes of text; the rest is asked for with the next request. */
const MOST_TEXT = 2 * 1024 * 1024;

export interface LineOfOutput {
  offset: number;
  text: string;
  /** Without its newline. */
  bytes: number;
  /** Bytes at its end that are not given. */
  cut?: number;
  /** It has no newline yet. */
  open?: true;
}

/** Lines from one that begins at `from`, before `until`; and where the next one begins. */
export async function linesFrom(
  log: OpenLog,
  from: number,
  { count, until = log.size }: { count: number; until?: number },
): Promise<{ lines: LineOfOutput[]; next: number }> {
  const lines: LineOfOutput[] = [];
  let shown = 0;
  let at = from;
  const isFull = () => lines.length >= count || shown >= MOST_TEXT;
  const add = (offset: number, head: Buffer, bytes: number, open = false) => {
    const given = head.subarray(0, Math.min(LONGEST_LINE, bytes));
    const cut = bytes - given.length;
    shown += given.length + 1;
    lines.push({ offset, text: textOf(given, cut > 0), bytes, ...(cut > 0 ? { cut } : {}), ...(open ? { open } : {}) });
  };

  while (at < until && !isFull()) {
    const window = await readAt(log.file, at, Math.min(CHUNK, until - at));
    if (window.length === 0) break;
    let start = 0;
    while (!isFull()) {
      const end = window.indexOf(NEWLINE, start);
      if (end === -1) break;
      add(at + start, window.subarray(start, end), end - start);
      start = end + 1;
    }
    if (isFull() || start > 0) {
      at += start;
      continue;
    }
    // The line is longer than the window, or has not ended.
    const end = await newlineFrom(log, at + window.length);
    add(at, window, (end === -1 ? log.size : end) - at, end === -1);
    at = end === -1 ? log.size : end + 1;
  }
  return { lines, next: at };
}

/** Where so many lines before this offset begin; fewer where they would be too much to give. */
export async function startOfLinesBefore(log: OpenLog, before: number, count: number): Promise<number> {
  if (count === 0 || before === 0) return before;
  let start = before;
  let end = before;
  let found = 0;
  let shown = 0;
  for await (const newline of newlinesBefore(log, before)) {
    if (newline === before - 1) {
      end = newline;
      continue;
    }
    found += 1;
    shown += Math.min(LONGEST_LINE, end - newline);
    start = newline + 1;
    end = newline;
    if (found === count || shown >= MOST_TEXT / 2) return start;
  }
  return 0;
}

/** Invalid UTF-8 becomes replacement characters; half of a character at a cut is left out. */
function textOf(bytes: Buffer, isCut: boolean): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut });
}
