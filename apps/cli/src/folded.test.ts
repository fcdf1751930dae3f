import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded } from './folded.ts';

describe('a text that is folded', () => {
  it('has lines of 80 columns, and what does not fit into one has one of its own', () => {
    expect(folded(`one ${'x'.repeat(78)} two`, { first: '- ', rest: '  ' })).toEqual(['- one', `  ${'x'.repeat(78)}`, '  two']);
    expect(folded('short')).toEqual(['short']);
  });

  it('says the same', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z/]{1,30}$/), { minLength: 1, maxLength: 60 }), (words) => {
        const lines = folded(words.join(' '), { first: '- ', rest: '  ' });
        expect(lines.map((line) => line.slice(2)).join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
      }),
    );
  });
});
