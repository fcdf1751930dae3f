import { parseArgs } from 'node:util';
import { IMPORT_FORMATS } from '@fallover/events';
import { fuzzComponents } from './components.ts';
import { fuzzNotifications } from './notifications.ts';
import { fuzz, warmUp } from './rounds.ts';

const USAGE =
  'npm run fuzz -- [--rounds N] [--seed S] | npm run fuzz -- --notifications [--rounds N] | npm run fuzz -- --components [--rounds N] [--seed S]';
/** Milliseconds of processor time for 1 MiB. */
const LONGEST = 100;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    notifications: { type: 'boolean', default: false },
    components: { type: 'boolean', default: false },
  },
});
const [rounds, seed] = [
  Number(values.rounds ?? (values.notifications || values.components ? 10_000 : 5_000)),
  Number(values.seed),
];
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error(`--rounds and --seed are whole numbers, --rounds from 1.\nUsage: ${USAGE}`);
  process.exit(2);
}

if (values.notifications) process.exit(fuzzNotifications(rounds));
if (values.components) process.exit(await fuzzComponents(rounds, seed));

console.log(`${rounds} mutated files with seed ${seed}.`);
const cold = warmUp().map((ms, index) => `${IMPORT_FORMATS[index]} ${ms.toFixed(0)}`);
console.log(`A first file of 1 MiB, before any code is compiled: ${cold.join(', ')} ms of processor time.`);
const { diffs, unchanged, faults, slowest, slowestOnce, violations } = fuzz({ rounds, seed });
const refused = Object.entries(faults).sort(([, a], [, b]) => b - a);
console.log(`${diffs} ended in a diff, ${unchanged} in no change, ${rounds - diffs - unchanged - violations.length} in a fault:`);
for (const [code, count] of refused) console.log(`  ${code}: ${count}`);
console.log(
  `Slowest: ${slowest.ms.toFixed(1)} ms of processor time per MiB (round ${slowest.round}, ${slowest.length} characters; the least of three times); ${LONGEST} are allowed. Once: ${slowestOnce.toFixed(1)} ms.`,
);
for (const { round, what } of violations) console.log(`Round ${round}: ${what}`);
console.log(violations.length === 0 ? 'None ended in an exception.' : `${violations.length} violations.`);
process.exitCode = violations.length === 0 && slowest.ms <= LONGEST ? 0 : 1;
