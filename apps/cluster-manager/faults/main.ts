import { parseArgs } from 'node:util';
import { FAULTS, type Fault, faultTest } from './simulation.ts';

// On real hosts, with real processes: a test of its own.
if (process.argv.includes('--real')) await import('./real/main.ts');

const USAGE =
  'npm run faults -- [--rounds N] [--seed S] [--nodes N] [--settles-within SECONDS] [--only FAULT,FAULT] [--failing SHARE] [--late SHARE]';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    nodes: { type: 'string', default: '3' },
    'settles-within': { type: 'string', default: '20' },
    only: { type: 'string', default: FAULTS.join(',') },
    failing: { type: 'string', default: '0.05' },
    late: { type: 'string', default: '0.01' },
  },
});
const [rounds, seed, nodes] = [Number(values.rounds), Number(values.seed), Number(values.nodes)];
if (![rounds, seed, nodes].every(Number.isInteger) || rounds < 1 || seed < 0 || nodes < 2) {
  console.error(`--rounds from 1, --seed and --nodes from 2 are whole numbers.\nUsage: ${USAGE}`);
  process.exit(2);
}
const only = FAULTS.filter((fault: Fault) => values.only.split(',').includes(fault));
const [failing, late] = [Number(values.failing), Number(values.late)];
if (only.length === 0 || ![failing, late].every((share) => share >= 0 && share <= 1)) {
  console.error(`--only takes ${FAULTS.join(', ')}; --failing and --late are shares from 0 to 1.\nUsage: ${USAGE}`);
  process.exit(2);
}
console.log(`${rounds} rounds on ${nodes} nodes with seed ${seed}.`);
const { violations, faults, runs, steps, seconds } = await faultTest({
  rounds,
  seed,
  nodes,
  settlesWithinMs: Number(values['settles-within']) * 1000,
  only,
  failing,
  late,
  say: (sentence) => console.log(sentence),
});
console.log(
  `${Object.entries(faults)
    .map(([fault, times]) => `${fault} ${times}`)
    .join(', ')}; ${runs} runs, ${steps} steps, in ${seconds} s.`,
);
for (const { code, sentence } of violations) console.log(`${code}: ${sentence}`);
console.log(violations.length === 0 ? 'Every promise was kept.' : `${violations.length} violations.`);
process.exit(violations.length === 0 ? 0 : 1);
