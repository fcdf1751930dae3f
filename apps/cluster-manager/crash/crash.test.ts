import { expect, it } from 'vitest';
import { crashTest } from './rounds.ts';

/** Two decks of whom to kill; `npm run crash` has the long rounds. */
const ROUNDS = 18;
const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);

it(`keeps every promise while daemon and launcher are killed ${ROUNDS} times`, async () => {
  console.log(`${ROUNDS} rounds with seed ${seed}; the same again: npm run crash -- --rounds ${ROUNDS} --seed ${seed}`);
  const { violations, kills, runs, interrupted } = await crashTest({ rounds: ROUNDS, seed });
  expect(violations, `seed ${seed}`).toEqual([]);
  // It was worth the while: kills of each kind, runs that were hit, and runs that were not.
  expect(kills.daemon + kills.launcher + kills.both).toBe(ROUNDS);
  expect(Math.min(kills.daemon, kills.launcher, kills.both, interrupted)).toBeGreaterThan(0);
  expect(runs).toBeGreaterThan(ROUNDS / 5);
}, 900_000);
