import { describe, expect, it } from 'vitest';
import { substitutionFaults } from './message-text.ts';

const found = (text: string): [string, number][] =>
  substitutionFaults(text, 'notificationText').flatMap((fault) =>
    fault.code === 'not_a_substitution' ? [[fault.text, fault.at]] : [],
  );

describe('a message text', () => {
  it('has the five substitutions and any other text', () => {
    expect(found('')).toEqual([]);
    expect(found('%d: %e of %o on %n, 100 %%')).toEqual([]);
    expect(found('%%s is no substitution, and stands for itself')).toEqual([]);
  });

  it('has no other one: each is found where it stands, counted in characters', () => {
    expect(found('%D %')).toEqual([
      ['%D', 1],
      ['%', 4],
    ]);
    expect(found('🔥 %x')).toEqual([['%x', 3]]);
    expect(found('%%%🔥')).toEqual([['%🔥', 3]]);
  });
});
