import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from './channel-lines.ts';

/** What a reader that allows ten bytes a line tells of these pieces. */
function read(...pieces: (string | Uint8Array)[]): string[] {
  const told: string[] = [];
  const take = splitLines(10, { line: (text) => told.push(text), tooLong: () => told.push('TOO LONG') });
  for (const piece of pieces) take(Buffer.from(piece));
  return told;
}

describe('the lines of the channel', () => {
  it('are cut at the newline, wherever the pieces are cut', () => {
    expect(read('one\ntw', 'o', '\n\nthree\nfo')).toEqual(['one', 'two', 'three']);
  });

  it('are dropped when too long, and the next one is read again', () => {
    expect(read('0123456789\n', '01234567890\nnext\n', '01234', '5678', '9xxx', 'yyy\nend\n')).toEqual([
      '0123456789',
      'TOO LONG',
      'next',
      'TOO LONG',
      'end',
    ]);
  });

  it('do not depend on the pieces', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '0123456789', 'ü'), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (words, size) => {
        const bytes = Buffer.from(words.join(''));
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(read(...pieces)).toEqual(read(bytes));
      }),
    );
  });
});
