import { afterEach, describe, expect, it, vi } from 'vitest';
import { lineTime } from './log-times.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the time of a line', () => {
  it('is by the clock of Greenwich, or by that of the browser, with its summer time', () => {
    const winter = Date.parse('2026-01-05T23:30:09.987Z');
    const summer = Date.parse('2026-07-05T23:30:09.050Z');
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect([lineTime(winter, 'utc'), lineTime(winter, 'local')]).toEqual(['Jan 05 23:30:09.9Z', 'Jan 06 00:30:09.9']);
    expect([lineTime(summer, 'utc'), lineTime(summer, 'local')]).toEqual(['Jul 05 23:30:09.0Z', 'Jul 06 01:30:09.0']);
  });
});
