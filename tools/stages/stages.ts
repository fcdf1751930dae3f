import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, installBrowser } from '../../e2e/browser.ts';
import { ROOT, run, tool } from './command.ts';
import { ALL_PROGRAMS, preparePrograms } from './debian-programs.ts';
import { ONE_FAILED, ONE_PASSED, type Tally, tallyMissing, tallyPlaywright, tallyVitest } from './tally.ts';

export type Stage = { name: string; run: (how: { write: boolean }) => Promise<Tally> };

/** Folders of a workspace with tests of whole daemons, which the fast part leaves out. */
const SLOW_TESTS = ['test/**', 'crash/**', 'faults/**', 'fuzz/**'];

const checked = async (name: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Tally> =>
  (await run(tool(name), args, environment)) === 0 ? ONE_PASSED : ONE_FAILED;

export const STAGES: readonly Stage[] = [
  { name: 'format', run: ({ write }) => checked('biome', ['format', ...(write ? ['--write'] : [])]) },
  { name: 'lint', run: () => checked('biome', ['lint', '--error-on-warnings', '--diagnostic-level=warn']) },
  {
    name: 'types',
    run: () =>
      checked('turbo', ['run', 'typecheck', '--continue=always', '--output-logs=errors-only', '--ui=stream'], {
        TURBO_TELEMETRY_DISABLED: '1',
        TURBO_NO_UPDATE_NOTIFIER: '1',
      }),
  },
  { name: 'knip', run: () => checked('knip', ['--no-progress']) },
  {
    name: 'unit',
    run: () =>
      vitest(
        'unit',
        SLOW_TESTS.flatMap((pattern) => ['--exclude', pattern]),
      ),
  },
  { name: 'tests', run: () => vitest('tests', []) },
  { name: 'browser', run: browser },
];

/** What `npm test` runs; `unit` is the fast part of `tests`. */
export const ALL_STAGES = STAGES.filter(({ name }) => name !== 'unit');

async function vitest(name: string, args: string[]): Promise<Tally> {
  for (const needed of ALL_PROGRAMS) await preparePrograms(needed);
  const report = freshReport(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await run(tool('vitest'), ['run', ...reporters, ...args]);
  return tallyVitest(readReport(report), status);
}

async function browser(): Promise<Tally> {
  const there = findBrowser();
  const found = there.kind === 'installable' ? await installBrowser(run) : there;
  if (found.kind !== 'found') {
    const tally = tallyMissing('browser', process.env.FALLOVER_REQUIRE);
    console.log(`${tally.failed > 0 ? 'Failed' : 'Skipped'}: ${found.sentence}`);
    return tally;
  }
  const report = freshReport('browser');
  const args = ['test', '--config', join(ROOT, 'e2e'), '--reporter=list,json'];
  const status = await run(tool('playwright'), args, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return tallyPlaywright(readReport(report), status);
}

/** Where a runner writes its report; an earlier one is gone, so that it cannot stand for this run. */
function freshReport(name: string): string {
  const directory = join(ROOT, 'test-results');
  mkdirSync(directory, { recursive: true });
  const report = join(directory, `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

const readReport = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
