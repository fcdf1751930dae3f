import { parseArgs } from 'node:util';
import { notificationCrash } from './notifications/rounds.ts';
import { crashTest } from './rounds.ts';

const USAGE = 'npm run crash -- [--rounds N] [--seed S] [--plant BUG] [--keep] [--notifications]';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    plant: { type: 'string' },
    keep: { type: 'boolean', default: false },
    notifications: { type: 'boolean', default: false },
  },
});
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed) || seed < 0) {
  console.error(`--rounds and --seed are whole numbers, --rounds from 1.\nUsage: ${USAGE}`);
  process.exit(2);
}

const { plant, keep } = values;
const say = (sentence: string): void => console.log(sentence);
console.log(`${rounds} rounds with seed ${seed}.`);
process.exitCode = values.notifications ? await ofNotifications() : await ofEvents();

/** Daemon and launcher are killed while events are processed. */
async function ofEvents(): Promise<number> {
  const { violations, kills, directory, ...figures } = await crashTest({
    rounds,
    seed,
    keep,
    ...(plant === undefined ? {} : { plant }),
    say,
  });
  console.log(
    `Killed: the daemon ${kills.daemon} times, the launcher ${kills.launcher} times, both ${kills.both} times. ` +
      `${figures.requests} requests (${figures.repeats} repeats, ${figures.unanswered} never answered), ${figures.runs} runs, ` +
      `${figures.steps} steps, ${figures.interrupted} interrupted, in ${figures.seconds} s.`,
  );
  for (const { code, sentence } of violations) console.log(`${code}: ${sentence}`);
  console.log(violations.length === 0 ? 'Every promise was kept.' : `${violations.length} violations.`);
  if (keep) console.log(`State and witness are in ${directory}.`);
  return violations.length === 0 ? 0 : 1;
}

/** The daemon is killed while it sends notifications. */
async function ofNotifications(): Promise<number> {
  const figures = await notificationCrash({ rounds, seed, refuses: true, say, ...(plant === undefined ? {} : { plant }) });
  const { violations, kills, runs, notifications, mails, repeated, interrupted, seconds } = figures;
  console.log(
    `Killed ${kills} times. ${runs} runs, ${notifications} notifications, ${mails} mails taken, ${repeated} of them again; ` +
      `${interrupted} attempts were interrupted; in ${seconds} s.`,
  );
  for (const sentence of violations) console.log(sentence);
  console.log(violations.length === 0 ? 'P9 was kept.' : `${violations.length} violations.`);
  return violations.length === 0 ? 0 : 1;
}
