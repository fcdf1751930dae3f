import { describe, expect, it } from 'vitest';
import { choicesOf, sidesOf } from './sides.ts';

const KNOWN = { active: 12, snapshots: [{ name: 'before_move', revision: 4 }] };

describe('the sides of a comparison', () => {
  it('have the older one first and the draft last, whichever was chosen first', () => {
    expect(sidesOf(10, '11', KNOWN)).toEqual({ from: '10', to: '11', before: 'Revision 10', after: 'Revision 11' });
    expect(sidesOf(10, '9', KNOWN)).toEqual({ from: '9', to: '10', before: 'Revision 9', after: 'Revision 10' });
    expect(sidesOf(10, 'draft', KNOWN)).toEqual({ from: '10', to: 'draft', before: 'Revision 10', after: 'Draft' });
    expect(sidesOf(10, 'active', KNOWN)).toEqual({
      from: '10',
      to: 'active',
      before: 'Revision 10',
      after: 'Active (revision 12)',
    });
    expect(sidesOf(10, 'before_move', KNOWN)).toEqual({
      from: 'before_move',
      to: '10',
      before: 'Snapshot before_move',
      after: 'Revision 10',
    });
    expect(sidesOf(1, '0', KNOWN)).toEqual({ from: '0', to: '1', before: 'Empty', after: 'Revision 1' });
  });

  it('are offered with what was before, what is active and the draft first, none twice', () => {
    expect(choicesOf(10, { ...KNOWN, numbers: [12, 11, 10, 9] }).map(({ value }) => value)).toEqual([
      '9',
      'active',
      'draft',
      'before_move',
      '11',
    ]);
    expect(choicesOf(1, { snapshots: [], numbers: [1] }).map(({ label }) => label)).toEqual([
      'the empty configuration',
      'the draft',
    ]);
    expect(choicesOf(12, { ...KNOWN, numbers: [12] }).map(({ value }) => value)).toEqual(['11', 'draft', 'before_move']);
  });
});
