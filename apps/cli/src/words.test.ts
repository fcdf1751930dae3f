import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';
import { attribute, attributes, table } from './print.ts';
import { visible, visibleLine } from './visible.ts';

describe('visible text', () => {
  it.each([
    ['plain äö €', 'plain äö €'],
    ['\u001b[2Jgone', '^[[2Jgone'],
    ['a\tb\u0000c\rd\u007f', 'a\tb^@c^Md^?'],
    ['\u009b31m', '<U+009B>31m'],
    ['abc\u202edcba', 'abc<U+202E>dcba'],
  ])('shows %j as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('stays on its line where it has to', () => {
    expect(visibleLine('a\n\tb')).toBe('a^J^Ib');
  });
});

describe('the nearest known word', () => {
  it.each([
    ['evnet', 'event'],
    ['EVENT', 'event'],
    ['clster', 'cluster'],
    ['x', undefined],
    ['method', undefined],
  ])('to %s is %s', (word, known) => {
    expect(nearest(word, ['event', 'cluster', 'run'])).toBe(known);
  });
});

describe('printed attributes', () => {
  it('stand in quotes, which are escaped inside', () => {
    expect(attribute('DESCRIPTION', 'say "hi" \\ $x `y` \u001b')).toBe('DESCRIPTION="say \\"hi\\" \\\\ \\$x \\`y\\` ^["');
  });

  it('leave out what has no value', () => {
    expect(attributes({ A: 0, B: undefined, C: false })).toEqual(['A="0"', 'C="false"']);
  });

  it('stand in columns where there are many', () => {
    expect(
      table(
        ['RUN', 'EVENT'],
        [
          ['long', 'a'],
          ['b', ''],
        ],
      ),
    ).toEqual(['RUN   EVENT', 'long  a', 'b']);
  });
});
