import { parseArgs } from 'node:util';
import { etcdIsMissing } from '@fallover/store/start-etcd';
import { networkIsMissing } from './network.ts';
import { REAL_FAULTS, realFaultTest } from './rounds.ts';

const USAGE = `npm run faults -- --real [--rounds N] [--seed S] [--fault NAME…] [--settles-within SECONDS] [--plant NAME] [--keep]`;

const { values } = parseArgs({
  options: {
    real: { type: 'boolean' },
    rounds: { type: 'string', default: '26' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    fault: { type: 'string', multiple: true },
    'settles-within': { type: 'string', default: '120' },
    plant: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
const faults = REAL_FAULTS.filter((name) => values.fault?.includes(name));
const unknown = (values.fault ?? []).filter((name) => !faults.some((fault) => fault === name));
if (![rounds, seed].every(Number.isInteger) || rounds < 1 || seed < 0 || unknown.length > 0) {
  console.error(`--rounds from 1 and --seed are whole numbers; --fault is one of ${REAL_FAULTS.join(', ')}.\nUsage: ${USAGE}`);
  process.exit(2);
}
const missing = etcdIsMissing ?? networkIsMissing();
if (missing !== undefined) {
  console.log(missing);
  process.exit(0);
}
console.log(`${rounds} rounds on 3 hosts with seed ${seed}.`);
const figures = await realFaultTest({
  rounds,
  seed,
  settlesWithinMs: Number(values['settles-within']) * 1000,
  keep: values.keep,
  ...(values.plant === undefined ? {} : { plant: values.plant }),
  ...(faults.length > 0 ? { faults } : {}),
  say: (sentence) => console.log(sentence),
});
const inflicted = Object.entries(figures.faults).map(([fault, times]) => `${fault} ${times}`);
console.log(
  `${inflicted.join(', ')}; ${figures.runs} runs, ${figures.steps} steps, ${figures.memberships} memberships, ${figures.expelled} expelled, in ${figures.seconds} s.`,
);
if (figures.left !== undefined) console.log(`Not tried: ${figures.left}.`);
for (const { code, sentence } of figures.violations) console.log(`${code}: ${sentence}`);
console.log(figures.violations.length === 0 ? 'Every promise was kept.' : `${figures.violations.length} violations.`);
process.exit(figures.violations.length === 0 ? 0 : 1);
