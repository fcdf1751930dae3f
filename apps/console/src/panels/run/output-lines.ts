import { ANSI_START, type AnsiState, type AnsiToken, readAnsi, readRest } from '../../smit/ansi.ts';

/** How many lines the live view holds; the whole output is in the run's log. */
export const MOST_LINES = 50_000;
export const LONGEST_LINE = 8_192;

export interface OutputLine {
  tokens: AnsiToken[];
  /** Characters beyond LONGEST_LINE. */
  hidden: number;
}

/** What is shown of one step's output: the last lines, and where reading goes on. */
export interface Output {
  /** Which lines are held when there are more than MOST_LINES. */
  keep: 'first' | 'last';
  /** The byte of the output with which the view begins; more than 0 when only the end of a large output is read. */
  begin: number;
  /** The byte from which reading goes on. */
  next: number;
  lines: OutputLine[];
  /** Lines read and no longer held. */
  dropped: number;
  /** The last line has not ended yet. */
  open: boolean;
  ansi: AnsiState;
  decode: DecodeState;
}

/** Bytes of a character that was cut in two. */
type DecodeState = readonly number[];

export const emptyOutput = (begin: number, keep: Output['keep'] = 'last'): Output => ({
  keep,
  begin,
  next: begin,
  lines: [],
  dropped: 0,
  open: false,
  ansi: ANSI_START,
  decode: [],
});

/** The output with more bytes at its end. Invalid UTF-8 becomes replacement characters and loses nothing else. */
export function withBytes(output: Output, bytes: Uint8Array): Output {
  const all = output.decode.length === 0 ? bytes : Uint8Array.from([...output.decode, ...bytes]);
  const whole = all.length - cutCharacter(all);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(all.subarray(0, whole));
  return { ...withText(output, text), next: output.next + bytes.length, decode: [...all.subarray(whole)] };
}

/** How many bytes at the end belong to a character whose other bytes are still to come. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

function withText(output: Output, text: string): Output {
  if (text === '') return output;
  const lines = output.lines.slice();
  let { ansi, open } = output;
  const pieces = text.split('\n');
  for (const [index, piece] of pieces.entries()) {
    const ends = index < pieces.length - 1;
    if (!ends && piece === '') break;
    const read = readAnsi(ends && piece.endsWith('\r') ? piece.slice(0, -1) : piece, ansi);
    const tokens = ends ? [...read.tokens, ...readRest(read.state)] : read.tokens;
    ansi = ends ? { style: read.state.style, pending: '' } : read.state;
    const before: OutputLine | undefined = open ? lines.pop() : undefined;
    lines.push(extended(before ?? { tokens: [], hidden: 0 }, tokens));
    open = !ends;
  }
  const dropped = Math.max(0, lines.length - MOST_LINES);
  const first = output.keep === 'first' ? 0 : dropped;
  const held = dropped === 0 ? lines : lines.slice(first, first + MOST_LINES);
  return { ...output, lines: held, dropped: output.dropped + dropped, ansi, open };
}

function extended(line: OutputLine, tokens: AnsiToken[]): OutputLine {
  let length = line.tokens.reduce((sum, { text }) => sum + text.length, 0);
  let { hidden } = line;
  const kept = line.tokens.slice();
  for (const { text, style } of tokens) {
    const room = Math.max(0, LONGEST_LINE - length);
    if (room > 0) kept.push({ text: text.slice(0, room), style });
    hidden += Math.max(0, text.length - room);
    length += Math.min(room, text.length);
  }
  return { tokens: kept, hidden };
}

export const lineText = ({ tokens }: OutputLine): string => tokens.map(({ text }) => text).join('');
