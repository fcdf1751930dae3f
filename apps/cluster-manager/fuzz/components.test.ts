import { expect, it } from 'vitest';
import { editWhileRunning } from './components.ts';

const OPERATIONS = 400;
const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);

it('runs no script twice, skips none silently and leaves none behind while their directory is edited', async () => {
  console.log(`The same again: npm run fuzz -- --components --rounds ${OPERATIONS} --seed ${seed}`);
  const { violations, started, events, outcomes } = await editWhileRunning({ operations: OPERATIONS, seed });
  expect(violations, `seed ${seed}`).toEqual([]);
  // It was worth the while.
  expect(started).toBeGreaterThan(events);
  expect(outcomes.ok).toBeGreaterThan(5);
}, 120_000);
