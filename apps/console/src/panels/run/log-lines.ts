import type { OutputLineView } from '@fallover/contract';
import { ANSI_START, type AnsiToken, readAnsi, readRest } from '../../smit/ansi.ts';

export interface OutputLine {
  tokens: AnsiToken[];
  /** Bytes of a line that is too long to be shown. */
  hidden: number;
}

/** Lines as a step wrote them, read as text and colours; a colour holds on into the next line, as on a terminal. */
export function readLines(lines: readonly Pick<OutputLineView, 'text' | 'cut'>[]): OutputLine[] {
  let state = ANSI_START;
  return lines.map(({ text, cut = 0 }) => {
    const read = readAnsi(text.endsWith('\r') ? text.slice(0, -1) : text, state);
    state = { style: read.state.style, pending: '' };
    return { tokens: [...read.tokens, ...readRest(read.state)], hidden: cut };
  });
}
