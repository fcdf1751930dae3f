import { expect, it } from 'vitest';
import { fuzz } from './rounds.ts';

const ROUNDS = 400;
const seed = Number(process.env.FALLOVER_SEED ?? Date.now() % 1_000_000_000);

it(`ends each of ${ROUNDS} mutated files in a typed fault or a diff, and does it once`, () => {
  console.log(`${ROUNDS} rounds with seed ${seed}; the same again: npm run fuzz -- --rounds ${ROUNDS} --seed ${seed}`);
  const { violations, diffs, faults } = fuzz({ rounds: ROUNDS, seed });
  expect(violations, `seed ${seed}`).toEqual([]);
  // It was worth the while: files that were read, and faults of several kinds.
  expect(diffs).toBeGreaterThan(ROUNDS / 20);
  expect(Object.keys(faults).length).toBeGreaterThan(5);
}, 300_000);
