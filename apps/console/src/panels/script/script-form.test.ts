import { describe, expect, it } from 'vitest';
import { isTouched, opened, rebased } from './script-form.ts';

const BASE = { revision: 4, text: 'one', remark: 'Stops it' };

describe('a script that two people change', () => {
  it('is touched once its text or its description differs from what was read', () => {
    expect(isTouched(opened(BASE))).toBe(false);
    expect(isTouched({ base: BASE, typed: { ...BASE, remark: '' } })).toBe(true);
  });

  it('keeps mine where I typed, takes theirs elsewhere, and goes on from their revision', () => {
    const form = { base: BASE, typed: { ...BASE, text: 'mine' } };
    const theirs = { revision: 5, text: 'theirs', remark: 'Stops it all' };
    expect(rebased(form, theirs)).toEqual({ base: theirs, typed: { revision: 5, text: 'mine', remark: 'Stops it all' } });
  });
});
