import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const NOTIFY = join(ROOT, 'packages', 'notify');

/**
 * Hostile messages, recipients and settings through the transports to real peers, many times as many as a test sends: they
 * arrive as they are, or are refused. The properties stand beside the transports. Returns the exit status.
 */
export function fuzzNotifications(atLeast: number): number {
  const files = globSync('src/**/*.test.ts', { cwd: NOTIFY }).filter((file) => roundsIn(file) > 0);
  const usual = files.reduce((sum, file) => sum + roundsIn(file), 0);
  const times = Math.ceil(atLeast / usual);
  console.log(`${usual * times} hostile messages through the transports, by cost:`);
  for (const file of files) console.log(`  ${file}: ${roundsIn(file) * times}`);
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--testTimeout=3600000', '--reporter=dot', ...files.map((file) => join(NOTIFY, file))],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, FALLOVER_FUZZ_TIMES: String(times) },
    },
  );
  console.log(status === 0 ? 'Each arrived as it was, or was refused.' : 'Not all arrived as they were.');
  return status ?? 1;
}

const roundsIn = (file: string): number =>
  [...readFileSync(join(NOTIFY, file), 'utf8').matchAll(/fuzzRounds\((\d+)\)/g)].reduce(
    (sum, [, rounds]) => sum + Number(rounds),
    0,
  );
