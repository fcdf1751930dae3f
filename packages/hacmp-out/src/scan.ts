import { type EventSummary, type FoldState, foldLine, LONGEST_LINE, startOfLog } from '@fallover/events';

/** Fills a part of the buffer and says how much; 0 at the end. */
export type ReadBytes = (into: Buffer) => number;

/** Reads a log a chunk at a time. The state goes on in the next file of the same log. */
export interface LogScanner {
  next(): { completed: EventSummary[]; isOver: boolean };
  state(): FoldState;
}

// 256 KiB stay in the processor's cache between the read and the search.
const CHUNK = 256 * 1024;
const LONGEST_HELD = 64 * 1024;
/**
 * A marker or a title begins its line, so only so much before a needle is looked at. The needles are short and begin with a
 * letter that is rare in logs: below eight bytes the search is memchr on that letter, several times as fast as for a longer one.
 */
const BEFORE_NEEDLE = 128;
const NEEDLES = [
  { needle: Buffer.from('VENT '), around: [' E', '|E'], behind: ['ST', 'CO', 'FA'] },
  { needle: Buffer.from('Summary'), around: ['t '], behind: undefined },
];
const NEWLINE = 0x0a;

/** What stands directly before and behind a needle in a marker or a title, as two bytes in one number. */
const CONTEXTS = NEEDLES.map(({ needle, around, behind }) => ({
  needle,
  before: new Set(around.map(pair)),
  behind: behind && new Set(behind.map(pair)),
}));
function pair(text: string): number {
  return text.charCodeAt(0) * 256 + text.charCodeAt(1);
}

/**
 * Finds in bytes the lines that can mean something, and decodes only those and the lines of a block. Lines longer than 8 KiB
 * are read as far as that.
 */
export function logScanner(file: string, read: ReadBytes, before: FoldState = startOfLog, fileTime?: string): LogScanner {
  const buffer = Buffer.allocUnsafe(LONGEST_HELD + CHUNK);
  let state = before;
  let completed: EventSummary[] = [];
  /** The beginning of a line, at the start of the buffer, and the offset in the file of that start. */
  let held = 0;
  let base = 0;
  let inLongLine = false;

  function next(): { completed: EventSummary[]; isOver: boolean } {
    completed = [];
    const filled = held + read(buffer.subarray(held, held + CHUNK));
    if (filled === held) {
      if (held > 0) scan(0, held);
      base += held;
      held = 0;
      return { completed, isOver: true };
    }
    const from = inLongLine ? buffer.subarray(0, filled).indexOf(NEWLINE) + 1 : 0;
    if (inLongLine && from === 0) {
      base += filled;
      return { completed, isOver: false };
    }
    inLongLine = false;
    const end = from + buffer.subarray(from, filled).lastIndexOf(NEWLINE) + 1;
    scan(from, end);
    keep(end, filled);
    return { completed, isOver: false };
  }

  function keep(end: number, filled: number): void {
    inLongLine = filled - end > LONGEST_HELD;
    if (inLongLine) {
      fold(end, filled);
      base += filled;
      held = 0;
    } else {
      buffer.copyWithin(0, end, filled);
      base += end;
      held = filled - end;
    }
  }

  /** Whole lines. */
  function scan(from: number, to: number): void {
    const bytes = buffer.subarray(0, to);
    const hits = CONTEXTS.map(() => -1);
    const endOfLine = (at: number) => {
      const newline = bytes.indexOf(NEWLINE, at);
      return newline === -1 ? to : newline;
    };
    let line = from;
    let at = from;
    while (at < to) {
      if (state.block) {
        const end = endOfLine(line);
        fold(line, end);
        line = end + 1;
        at = line;
        continue;
      }
      let hit = to;
      for (const [index, context] of CONTEXTS.entries()) {
        let found = hits[index] ?? to;
        if (found < at) {
          found = find(bytes, context, at);
          hits[index] = found;
        }
        if (found < hit) hit = found;
      }
      if (hit === to) return;
      const start = startOfLine(bytes, hit, line);
      if (start === -1) {
        at = hit + 1;
        continue;
      }
      const end = endOfLine(hit);
      fold(start, end);
      line = end + 1;
      at = line;
    }
  }

  function fold(start: number, end: number): void {
    const text = buffer.toString('utf8', start, Math.min(end, start + LONGEST_LINE));
    const folded = foldLine(state, text, { file, offset: base + start }, fileTime);
    state = folded.state;
    if (folded.completed.length > 0) completed.push(...folded.completed);
  }

  return { next, state: () => state };
}

/** The next place where the needle stands as in a marker or a title; the end when there is none. */
function find(bytes: Buffer, { needle, before, behind }: (typeof CONTEXTS)[number], from: number): number {
  for (let at = bytes.indexOf(needle, from); at !== -1; at = bytes.indexOf(needle, at + 1)) {
    const two = (place: number) => (bytes[place] ?? 0) * 256 + (bytes[place + 1] ?? 0);
    if (before.has(two(at - 2)) && (behind === undefined || behind.has(two(at + needle.length)))) return at;
  }
  return bytes.length;
}

/** -1 when the line begins too far before to mean something. `line` is where one begins for certain. */
function startOfLine(bytes: Buffer, hit: number, line: number): number {
  const first = Math.max(line, hit - BEFORE_NEEDLE);
  for (let at = hit - 1; at >= first; at--) if (bytes[at] === NEWLINE) return at + 1;
  return first === line ? line : -1;
}
