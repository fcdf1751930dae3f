import { describe, expect, it } from 'vitest';
import { isTouched, mayFollow, opened, rebased } from './script-form.ts';

const BASE = { revision: 4, text: 'one', remark: 'Stops it' };

describe('a script that two people change', () => {
  it('is touched once its text or its description differs from what was read', () => {
    expect(isTouched(opened(BASE))).toBe(false);
    expect(isTouched({ base: BASE, typed: { ...BASE, remark: '' } })).toBe(true);
  });

  it('follows theirs when nothing typed would be lost by it', () => {
    const mine = { base: BASE, typed: { ...BASE, text: 'mine' } };
    expect(mayFollow(opened(BASE), { revision: 5, text: 'theirs', remark: '' })).toBe(true);
    expect(mayFollow(mine, { ...BASE, revision: 5, text: 'mine' })).toBe(true);
    expect(mayFollow(mine, { revision: 5, text: 'mine', remark: 'theirs' })).toBe(false);
  });

  it('keeps mine where I typed, takes theirs elsewhere, and goes on from their revision', () => {
    const form = { base: BASE, typed: { ...BASE, text: 'mine' } };
    const theirs = { revision: 5, text: 'theirs', remark: 'Stops it all' };
    expect(rebased(form, theirs)).toEqual({ base: theirs, typed: { revision: 5, text: 'mine', remark: 'Stops it all' } });
  });
});
