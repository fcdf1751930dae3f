import { describe, expect, it } from 'vitest';
import { compareLines, type DiffLine, withContext } from './line-diff.ts';

const SIGNS = { same: ' ', taken_out: '-', added: '+' };
const told = (lines: readonly (DiffLine | 'gap')[]): string[] =>
  lines.map((line) => (line === 'gap' ? '…' : `${SIGNS[line.kind]}${line.before ?? ''}/${line.after ?? ''} ${line.text}`));

describe('two texts line by line', () => {
  it('keep what they have in common, what is taken out before what is added', () => {
    expect(told(compareLines('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n'))).toEqual([
      ' 1/1 a',
      '-2/ b',
      '+/2 x',
      ' 3/3 c',
      ' 4/4 d',
      '+/5 e',
    ]);
  });

  it('differ in nothing when they are the same, and wholly when one is empty', () => {
    expect(compareLines('a\nb', 'a\nb').filter(({ kind }) => kind !== 'same')).toEqual([]);
    expect(told(compareLines('', 'a\n'))).toEqual(['+/1 a']);
    expect(told(compareLines('a', ''))).toEqual(['-1/ a']);
  });

  it('give each text back, however long they are', () => {
    const long = (seed: number) => Array.from({ length: 3_000 }, (_, at) => `${(at * seed) % 7}`).join('\n');
    for (const [before, after] of [
      ['a\nb\na\nb', 'b\na\nb\na'],
      [long(3), long(5)],
    ] as const) {
      const lines = compareLines(before, after);
      const side = (left: DiffLine['kind']) =>
        lines
          .filter(({ kind }) => kind !== left)
          .map(({ text }) => text)
          .join('\n');
      expect([side('added'), side('taken_out')]).toEqual([before, after]);
    }
  });

  it('are shown with some lines around what differs, and a gap for the others', () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);
    const after = before.with(9, 'other');
    expect(told(withContext(compareLines(before.join('\n'), after.join('\n')), 1))).toEqual([
      '…',
      ' 9/9 line 9',
      '-10/ line 10',
      '+/10 other',
      ' 11/11 line 11',
      '…',
    ]);
  });
});
