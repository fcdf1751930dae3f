import { afterAll, beforeAll, expect, it } from 'vitest';

const before = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Asia/Kolkata';
});
afterAll(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

it('is that of the clock on the wall, as in hacmp.out, and leaves what is no time as it is', async () => {
  const { shellTime } = await import('./shell-time.ts');
  expect(shellTime('2026-11-23T14:22:10.123Z')).toBe('2026-11-23 19:52:10');
  expect(shellTime('later')).toBe('later');
});
