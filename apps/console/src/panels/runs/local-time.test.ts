import { expect, it } from 'vitest';
import { localTime, momentOf } from './local-time.ts';

it('brings a moment into an entry of date and time, and back', () => {
  expect(momentOf(localTime('2026-11-23T14:22:00.000Z'))).toBe('2026-11-23T14:22:00.000Z');
  expect(localTime('2026-11-23T14:22:00.000Z')).toMatch(/^2026-11-2[234]T\d\d:\d\d$/);
});

it('leaves out what is no moment', () => {
  expect([localTime(undefined), localTime('yesterday'), momentOf(''), momentOf('x')]).toEqual(['', '', '', '']);
});
