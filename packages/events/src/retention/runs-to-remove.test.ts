import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptRun, runsToRemove } from './runs-to-remove.ts';

const run = (id: string, endedAt: number, bytes: number, open = false): KeptRun => ({ id, endedAt, bytes, open });
const removed = (runs: KeptRun[], limits: { since?: number; bytes?: number }) =>
  runsToRemove(
    runs,
    runs.reduce((sum, { bytes }) => sum + bytes, 0),
    { since: 0, bytes: Number.POSITIVE_INFINITY, ...limits },
  ).map(({ id }) => id);

const RUNS = [run('a', 10, 5), run('b', 20, 5), run('c', 30, 5), run('d', 40, 5)];

describe('which runs are not kept any longer', () => {
  it.each([
    ['none, within both limits', RUNS, { since: 10, bytes: 20 }, []],
    ['those that ended too long ago', RUNS, { since: 25 }, ['a', 'b']],
    ['the oldest, as long as there is too much output', RUNS, { bytes: 11 }, ['a', 'b']],
    ['for both reasons', RUNS, { since: 15, bytes: 14 }, ['a', 'b']],
    [
      'never one that is open, however old and large',
      [run('a', 1, 100, true), ...RUNS],
      { since: 25, bytes: 10 },
      ['a', 'b', 'c', 'd'],
    ],
    ['one without output, by its age alone', [run('a', 1, 0), run('b', 50, 9)], { since: 10, bytes: 1 }, ['a', 'b']],
  ])('%s', (_, runs, limits, expected) => {
    expect(removed(runs as KeptRun[], limits)).toEqual(expected);
  });

  it('leaves no more output than is kept, unless only open runs are left, and removes no more than it must', () => {
    const runs = fc.array(fc.record({ open: fc.boolean(), bytes: fc.nat(50) }), { maxLength: 20 });
    fc.assert(
      fc.property(runs, fc.nat(300), (given, bytes) => {
        const all = given.map((one, number) => ({ ...one, id: String(number), endedAt: number }));
        const total = all.reduce((sum, one) => sum + one.bytes, 0);
        const gone = runsToRemove(all, total, { since: 0, bytes });
        const left = total - gone.reduce((sum, one) => sum + one.bytes, 0);
        expect(left <= bytes || all.every((one) => one.open || gone.includes(one))).toBe(true);
        const last = gone.at(-1);
        if (last) expect(left + last.bytes).toBeGreaterThan(bytes);
        expect(gone.some(({ open }) => open)).toBe(false);
      }),
    );
  });
});
