import { type EventSummary, type FoldState, foldLine, LONGEST_LINE, rest, startOfLog } from '@fallover/events';

/** Finds event summaries in the bytes of a log, a piece at a time. Nothing is held but the line that is not whole yet. */
export interface LogScanner {
  add(bytes: Uint8Array): EventSummary[];
  /** The file ends here; an event may go on in the next one of the same log. */
  endOfFile(): EventSummary[];
  state(): FoldState;
}

/** A line without one of these means something only within a summary block. */
const NEEDLES = ['EVENT ', 'Event Summary'];
const NEWLINE = 0x0a;

/** `fileTime` (ISO 8601 without an offset) gives the year to lines that have none. */
export function logScanner(file: string, fileTime: string, before: FoldState = startOfLog): LogScanner {
  // One character for each byte, so that places in the text are places in the file.
  const asBytes = new TextDecoder('windows-1252');
  const asText = new TextDecoder();
  let state = before;
  let held = new Uint8Array(0);
  /** The offset in the file of what is held. */
  let base = 0;
  let inLongLine = false;

  function fold(line: Uint8Array, offset: number, completed: EventSummary[]): void {
    const text = asText.decode(line.subarray(0, LONGEST_LINE));
    const folded = foldLine(state, text, { file, offset }, fileTime);
    state = folded.state;
    completed.push(...folded.completed);
  }

  function foldWholeLines(bytes: Uint8Array, completed: EventSummary[]): void {
    const text = asBytes.decode(bytes);
    const hits = NEEDLES.map(() => -1);
    let at = 0;
    while (at < bytes.length) {
      let start = at;
      if (!state.block) {
        for (const [index, needle] of NEEDLES.entries()) {
          if ((hits[index] ?? -1) >= at) continue;
          const found = text.indexOf(needle, at);
          hits[index] = found === -1 ? bytes.length : found;
        }
        const hit = Math.min(...hits);
        if (hit === bytes.length) return;
        start = Math.max(at, text.lastIndexOf('\n', hit) + 1);
      }
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? bytes.length : newline;
      fold(bytes.subarray(start, end), base + start, completed);
      at = end + 1;
    }
  }

  return {
    add(piece) {
      const completed: EventSummary[] = [];
      let bytes = piece;
      if (inLongLine) {
        const end = bytes.indexOf(NEWLINE) + 1;
        base += end === 0 ? bytes.length : end;
        if (end === 0) return completed;
        inLongLine = false;
        bytes = bytes.subarray(end);
      }
      const whole = joined(held, bytes);
      const end = whole.lastIndexOf(NEWLINE) + 1;
      foldWholeLines(whole.subarray(0, end), completed);
      base += end;
      held = whole.slice(end);
      if (held.length > LONGEST_LINE) {
        fold(held, base, completed);
        base += held.length;
        held = new Uint8Array(0);
        inLongLine = true;
      }
      return completed;
    },
    endOfFile() {
      const completed: EventSummary[] = [];
      if (held.length > 0) fold(held, base, completed);
      held = new Uint8Array(0);
      return completed;
    },
    state: () => state,
  };
}

/** Summaries that have no block, or no end, at the end of the last file. */
export const restOfLog = (scanner: Pick<LogScanner, 'state'>): EventSummary[] => rest(scanner.state());

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
