import { describe, expect, it } from 'vitest';
import { nextWarningAfter } from './time-until-warning.ts';

describe('time until warning', () => {
  it('warns five times 30 s apart, then each five at double the interval', () => {
    expect(Array.from({ length: 12 }, (_, count) => nextWarningAfter(180, count))).toEqual([
      180, 210, 240, 270, 300, 330, 390, 450, 510, 570, 630, 750,
    ]);
  });

  it('goes up to hourly and no further', () => {
    expect(nextWarningAfter(0, 60) - nextWarningAfter(0, 59)).toBe(3600);
    expect(nextWarningAfter(0, 600) - nextWarningAfter(0, 599)).toBe(3600);
  });
});
