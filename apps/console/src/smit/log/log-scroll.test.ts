import { describe, expect, it } from 'vitest';
import { lastTop, positionAt, scrolledTo, scrollHeight } from './log-scroll.ts';

const SMALL = { lines: 1000, seen: 500 };
const LARGE = { lines: 20_000_000, seen: 500 };

describe('scrolling through a log', () => {
  it('is by pixels where a browser can', () => {
    expect(scrollHeight(SMALL)).toBe(20_000);
    expect(scrolledTo(SMALL, positionAt(SMALL, 0), 1234)).toEqual({ top: 1234, at: 1234 });
  });

  it('moves a large log by the same pixels with the wheel', () => {
    expect(scrollHeight(LARGE)).toBe(8_000_000);
    const middle = positionAt(LARGE, 200_000_000);
    expect(scrolledTo(LARGE, middle, middle.at + 120).top).toBe(200_000_120);
    expect(scrolledTo(LARGE, middle, middle.at - 120).top).toBe(199_999_880);
  });

  it('goes anywhere in a large log with the scrollbar', () => {
    expect(Math.round(scrolledTo(LARGE, positionAt(LARGE, 0), 3_999_750).top)).toBe(199_999_750);
    expect(scrolledTo(LARGE, positionAt(LARGE, 0), 7_999_500).top).toBe(lastTop(LARGE));
  });

  it('never takes the wheel to an end that is still far away', () => {
    const nearly = positionAt(LARGE, lastTop(LARGE) - 15_000);
    const next = scrolledTo(LARGE, nearly, nearly.at + 250);
    expect(next.top).toBe(lastTop(LARGE) - 14_750);
    expect(next.at).toBeLessThan(7_999_500);
  });

  it('holds at both ends', () => {
    expect(scrolledTo(LARGE, positionAt(LARGE, 100), 0).top).toBeGreaterThanOrEqual(0);
    expect(positionAt(SMALL, 1e9)).toEqual({ top: 19_500, at: 19_500 });
    expect(positionAt({ lines: 3, seen: 500 }, 40)).toEqual({ top: 0, at: 0 });
  });
});
