import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './stages/command.ts';

// Runs the benchmarks, or those that are named; each is a script of its own and prints its figures beside their baselines.
const root = join(import.meta.dirname, '..');
const nameOf = (path: string) => basename(path, '.bench.ts');
const benches = globSync('{e2e,apps/*,packages/*}/bench/*.bench.ts', { cwd: root }).sort();
const names = process.argv.slice(2);

const unknown = names.filter((name) => !benches.some((path) => nameOf(path) === name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${benches.map(nameOf).join(', ')}.`);
  process.exit(2);
}

let failed = 0;
for (const path of benches.filter((candidate) => names.length === 0 || names.includes(nameOf(candidate)))) {
  console.log(`\n== ${nameOf(path)} (${path})`);
  const status = await run(process.execPath, [path]);
  if (status !== 0) {
    console.error(`${path} ended with ${status ?? 'a signal'}.`);
    failed += 1;
  }
}
process.exitCode = failed > 0 ? 1 : 0;
