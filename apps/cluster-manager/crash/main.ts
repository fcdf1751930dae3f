import { parseArgs } from 'node:util';
import { crashTest } from './rounds.ts';

const USAGE = 'npm run crash -- [--rounds N] [--seed S] [--plant BUG] [--keep]';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    plant: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error(`--rounds and --seed are whole numbers, --rounds from 1.\nUsage: ${USAGE}`);
  process.exit(2);
}

console.log(`${rounds} rounds with seed ${seed}.`);
const { plant, keep } = values;
const { violations, kills, directory, ...figures } = await crashTest({
  rounds,
  seed,
  keep,
  ...(plant === undefined ? {} : { plant }),
  say: (sentence) => console.log(sentence),
});
console.log(
  `Killed: the daemon ${kills.daemon} times, the launcher ${kills.launcher} times, both ${kills.both} times. ` +
    `${figures.requests} requests (${figures.repeats} repeats, ${figures.unanswered} never answered), ${figures.runs} runs, ` +
    `${figures.steps} steps, ${figures.interrupted} interrupted, in ${figures.seconds} s.`,
);
for (const { code, sentence } of violations) console.log(`${code}: ${sentence}`);
console.log(violations.length === 0 ? 'Every promise was kept.' : `${violations.length} violations.`);
if (keep) console.log(`State and witness are in ${directory}.`);
process.exitCode = violations.length === 0 ? 0 : 1;
