import { describe, expect, it } from 'vitest';
import { sentence, sum, tallyMissing, tallyPlaywright, tallyVitest } from './tally.ts';

const vitest = (
  counts: [number, number, number],
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[] = [],
) => JSON.stringify({ numPassedTests: counts[0], numFailedTests: counts[1], numPendingTests: counts[2], testResults });

const playwright = (
  [expected, unexpected, flaky, skipped]: [number, number, number, number],
  { errors = [], suites = [] }: { errors?: unknown[]; suites?: unknown[] } = {},
) => JSON.stringify({ stats: { expected, unexpected, flaky, skipped }, errors, suites });

describe('the count of a Vitest run', () => {
  it('is that of its report', () => {
    expect(tallyVitest(vitest([5, 1, 2]), 1)).toEqual({ passed: 5, failed: 1, skipped: 2, failures: [] });
  });

  it('has a failure more for a test file that fell over without a failed test', () => {
    const fallen = { name: 'a.test.ts', status: 'failed', assertionResults: [] };
    expect(tallyVitest(vitest([5, 0, 0], [fallen]), 1)).toEqual({ passed: 5, failed: 1, skipped: 0, failures: ['a.test.ts'] });
  });

  it('counts a failed file once, by its failed tests', () => {
    const failed = {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'failed', fullName: 'it does' },
        { status: 'passed', fullName: 'it is' },
      ],
    };
    expect(tallyVitest(vitest([1, 1, 0], [failed]), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: ['a.test.ts it does'],
    });
  });

  it('is one failure when the report is missing, is no report, or tells of no test', () => {
    const oneFailure = { passed: 0, failed: 1, skipped: 0, failures: [] };
    expect(tallyVitest(undefined, 0)).toEqual(oneFailure);
    expect(tallyVitest('{"numPassed', 0)).toEqual(oneFailure);
    expect(tallyVitest(vitest([0, 0, 0]), 0)).toEqual(oneFailure);
  });

  it('has a failure when the runner failed although every test passed', () => {
    expect(tallyVitest(vitest([5, 0, 0]), 1)).toMatchObject({ passed: 5, failed: 1, skipped: 0 });
    expect(tallyVitest(vitest([5, 0, 0]), null)).toMatchObject({ passed: 5, failed: 1, skipped: 0 });
  });
});

describe('the count of a Playwright run', () => {
  it('takes a flaky test for a failed one', () => {
    expect(tallyPlaywright(playwright([3, 1, 1, 2]), 1)).toMatchObject({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts an error outside of every test', () => {
    const report = playwright([0, 0, 0, 0], { errors: [{ message: 'no tests found' }] });
    expect(tallyPlaywright(report, 1)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] });
  });

  it('names what failed, however deep its suite is', () => {
    const spec = (line: number, status: string) => ({ file: 'a.spec.ts', line, title: 'it opens', tests: [{ status }] });
    const suites = [{ specs: [spec(3, 'expected')], suites: [{ specs: [spec(7, 'unexpected'), spec(9, 'flaky')] }] }];
    const { failures } = tallyPlaywright(playwright([1, 1, 1, 0], { suites }), 1);
    expect(failures).toEqual(['a.spec.ts:7 it opens', 'a.spec.ts:9 it opens']);
  });
});

describe('a part that this machine lacks', () => {
  it('is a skipped test, or a failed one where FALLOVER_REQUIRE names it', () => {
    expect(tallyMissing('browser', undefined)).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
    expect(tallyMissing('browser', 'etcd,ctdb')).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
    expect(tallyMissing('browser', 'etcd,browser')).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the last line', () => {
  it('adds the stages up', () => {
    const stages = [
      { passed: 1, failed: 0, skipped: 0, failures: [] },
      { passed: 40, failed: 2, skipped: 3, failures: ['a.test.ts it does'] },
    ];
    expect(sentence(sum(stages))).toBe('41 passed, 2 failed, 3 skipped');
  });
});
