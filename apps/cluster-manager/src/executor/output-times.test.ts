import { describe, expect, it } from 'vitest';
import { isWorthNoting, timeFromBytes, timeToBytes } from './output-times.ts';

describe('a time of output', () => {
  it('reads as it was written, for logs of any size', () => {
    const time = { from: 10_737_418_240_000, at: 1_795_612_345_678 };
    expect(timeFromBytes(Buffer.concat([timeToBytes({ from: 0, at: 1 }), timeToBytes(time)]), 1)).toEqual(time);
  });

  it('is noted for the first byte, then when a tenth of a second has passed, or the clock was put back', () => {
    const last = { from: 0, at: 50_000 };
    expect(isWorthNoting(undefined, 50_000, 0)).toBe(true);
    expect(isWorthNoting(last, 50_099, 1)).toBe(false);
    expect(isWorthNoting(last, 50_100, 1)).toBe(true);
    expect(isWorthNoting(last, 40_000, 1)).toBe(true);
  });

  it('is noted more rarely the longer a step writes: a month leaves less than 8 MB', () => {
    let records = 0;
    let last = { from: 0, at: 0 };
    const month = 30 * 86_400_000;
    // Output without a pause: each record is made as soon as it may be.
    for (let at = 0; at < month; at += 100) {
      if (records > 0 && !isWorthNoting(last, at, records)) continue;
      last = { from: at, at };
      records += 1;
    }
    expect(records * 12).toBeLessThan(8_000_000);
  });
});
