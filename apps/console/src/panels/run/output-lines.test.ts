import { describe, expect, it } from 'vitest';
import { emptyOutput, LONGEST_LINE, lineText, MOST_LINES, type Output, withBytes } from './output-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (...pieces: (string | number[])[]): Output =>
  pieces.reduce<Output>(
    (output, piece) => withBytes(output, typeof piece === 'string' ? bytes(piece) : Uint8Array.from(piece)),
    emptyOutput(0),
  );
const texts = (output: Output): string[] => output.lines.map(lineText);

describe('the output of a step', () => {
  it('is its lines, the last one perhaps unfinished', () => {
    expect(texts(read('one\ntwo\nthr'))).toEqual(['one', 'two', 'thr']);
    expect(read('one\ntwo\nthr').open).toBe(true);
    expect(read('one\n').open).toBe(false);
  });

  it('continues a line that arrives in pieces, blank lines and CRLF included', () => {
    expect(texts(read('sto', 'pped\r\n', '\n', 'ok'))).toEqual(['stopped', '', 'ok']);
  });

  it('counts bytes, so that reading goes on where it ended', () => {
    expect(read('grün\n').next).toBe(6);
    expect(withBytes(emptyOutput(100), bytes('abc')).next).toBe(103);
  });

  it('joins a character that was cut in two', () => {
    expect(texts(read([0x67, 0x72, 0xc3], [0xbc, 0x6e]))).toEqual(['grün']);
    expect(texts(read([0xe2], [0x82], [0xac]))).toEqual(['€']);
  });

  it('replaces invalid UTF-8 and goes on', () => {
    expect(texts(read([0x61, 0xff, 0x62, 0x0a, 0xc3, 0x28]))).toEqual(['a\ufffdb', '\ufffd(']);
  });

  it('keeps a colour over line ends', () => {
    expect(read('\u001b[31mred\nstill\n').lines[1]?.tokens).toEqual([{ text: 'still', style: { colour: 1 } }]);
  });

  it('holds the last lines and says how many it no longer holds', () => {
    const output = read(Array.from({ length: MOST_LINES + 3 }, (_, index) => `${index}\n`).join(''));
    expect(output.lines.length).toBe(MOST_LINES);
    expect(output.dropped).toBe(3);
    expect(lineText(output.lines[0] ?? { tokens: [], hidden: 0 })).toBe('3');
  });

  it('holds the first lines when it is read from its beginning', () => {
    const output = withBytes(emptyOutput(0, 'first'), bytes('x\n'.repeat(MOST_LINES + 3)));
    expect([output.lines.length, output.dropped]).toEqual([MOST_LINES, 3]);
    expect(withBytes(output, bytes('y\n')).lines.at(-1)?.tokens).toEqual([{ text: 'x', style: {} }]);
  });

  it('shows the beginning of an endless line', () => {
    const output = read('x'.repeat(LONGEST_LINE), 'yyy', '\nnext');
    expect(output.lines[0]?.hidden).toBe(3);
    expect(texts(output)[1]).toBe('next');
  });
});
