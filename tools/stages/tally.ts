/** What a stage found, in tests; a stage without tests of its own counts as one, and has no name for what failed. */
export type Tally = { passed: number; failed: number; skipped: number; failures: readonly string[] };

const NONE: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
export const ONE_PASSED: Tally = { ...NONE, passed: 1 };
export const ONE_FAILED: Tally = { ...NONE, failed: 1 };
const ONE_SKIPPED: Tally = { ...NONE, skipped: 1 };

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
      failures: [...all.failures, ...one.failures],
    }),
    NONE,
  );
}

export function sentence({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** What a stage counts that this machine lacks a part for: skipped, unless FALLOVER_REQUIRE names the part. */
export const tallyMissing = (part: string, required: string | undefined): Tally =>
  (required ?? '').split(',').includes(part) ? ONE_FAILED : ONE_SKIPPED;

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests?: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
};

/** A test file that fell over before or after its tests counts as a failed test. */
export function tallyVitest(report: string | undefined, exitStatus: number | null): Tally {
  const read = parse<VitestReport>(report);
  if (!read) return ONE_FAILED;
  const fallen = read.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return withExitStatus(
    {
      passed: read.numPassedTests,
      failed: read.numFailedTests + fallen.length,
      skipped: read.numPendingTests + (read.numTodoTests ?? 0),
      failures: read.testResults.flatMap(({ name, status, assertionResults }) => {
        const failed = assertionResults.filter((test) => test.status === 'failed');
        return status === 'failed' && failed.length === 0 ? [name] : failed.map(({ fullName }) => `${name} ${fullName}`);
      }),
    },
    exitStatus,
  );
}

type PlaywrightSpec = { file: string; line: number; title: string; tests: { status: string }[] };
type PlaywrightSuite = { suites?: PlaywrightSuite[]; specs?: PlaywrightSpec[] };
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
  suites: PlaywrightSuite[];
};

/** A flaky test is a failed one: the product answered differently to the same question. */
export function tallyPlaywright(report: string | undefined, exitStatus: number | null): Tally {
  const read = parse<PlaywrightReport>(report);
  if (!read) return ONE_FAILED;
  const { expected, unexpected, flaky, skipped } = read.stats;
  const failures = read.suites.flatMap(failedSpecs);
  return withExitStatus({ passed: expected, failed: unexpected + flaky + read.errors.length, skipped, failures }, exitStatus);
}

const failedSpecs = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => ['unexpected', 'flaky'].includes(status)))
    .map(({ file, line, title }) => `${file}:${line} ${title}`),
  ...suites.flatMap(failedSpecs),
];

/** A runner that failed without a failed test to show for it, or that ran no test at all, is a failure of its own. */
function withExitStatus(tally: Tally, exitStatus: number | null): Tally {
  const ranNothing = tally.passed + tally.failed + tally.skipped === 0;
  return tally.failed === 0 && (exitStatus !== 0 || ranNothing) ? { ...tally, failed: 1 } : tally;
}

function parse<Report>(text: string | undefined): Report | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}
