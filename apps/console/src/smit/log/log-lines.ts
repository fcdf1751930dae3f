import type { OutputLineView } from '@fallover/contract';
import { ANSI_START, type AnsiToken, readAnsi, readRest } from '../ansi.ts';

export interface OutputLine {
  tokens: AnsiToken[];
  /** Bytes of a line that is too long to be shown. */
  hidden: number;
  /** When it came, in milliseconds; undefined where that is not known. */
  time?: number;
}

/** Lines as a step wrote them, read as text and colours; a colour holds on into the next line, as on a terminal. */
export function readLines(lines: readonly Pick<OutputLineView, 'text' | 'cut' | 'time'>[]): OutputLine[] {
  let state = ANSI_START;
  return lines.map(({ text, cut = 0, time }) => {
    const read = readAnsi(text.endsWith('\r') ? text.slice(0, -1) : text, state);
    state = { style: read.state.style, pending: '' };
    const tokens = [...read.tokens, ...readRest(read.state)];
    return { tokens, hidden: cut, ...(time === undefined ? {} : { time: Date.parse(time) }) };
  });
}
