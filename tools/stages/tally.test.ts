import { describe, expect, it } from 'vitest';
import { sentence, sum, tallyMissing, tallyPlaywright, tallyVitest } from './tally.ts';

const vitest = (
  counts: [number, number, number],
  testResults: { status: string; assertionResults: { status: string }[] }[] = [],
) => JSON.stringify({ numPassedTests: counts[0], numFailedTests: counts[1], numPendingTests: counts[2], testResults });

const playwright = (expected: number, unexpected: number, flaky: number, skipped: number, errors: unknown[] = []) =>
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped }, errors });

describe('the count of a Vitest run', () => {
  it('is that of its report', () => {
    expect(tallyVitest(vitest([5, 1, 2]), 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('has a failure more for a test file that fell over without a failed test', () => {
    const fallen = { status: 'failed', assertionResults: [] };
    expect(tallyVitest(vitest([5, 0, 0], [fallen]), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  it('counts a failed file once, by its failed tests', () => {
    const failed = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
    expect(tallyVitest(vitest([1, 1, 0], [failed]), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('is one failure when the report is missing, is no report, or tells of no test', () => {
    const oneFailure = { passed: 0, failed: 1, skipped: 0 };
    expect(tallyVitest(undefined, 0)).toEqual(oneFailure);
    expect(tallyVitest('{"numPassed', 0)).toEqual(oneFailure);
    expect(tallyVitest(vitest([0, 0, 0]), 0)).toEqual(oneFailure);
  });

  it('has a failure when the runner failed although every test passed', () => {
    expect(tallyVitest(vitest([5, 0, 0]), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
    expect(tallyVitest(vitest([5, 0, 0]), null)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });
});

describe('the count of a Playwright run', () => {
  it('takes a flaky test for a failed one', () => {
    expect(tallyPlaywright(playwright(3, 1, 1, 2), 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts an error outside of every test', () => {
    expect(tallyPlaywright(playwright(0, 0, 0, 0, [{ message: 'no tests found' }]), 1)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    });
  });
});

describe('a part that this machine lacks', () => {
  it('is a skipped test, or a failed one where FALLOVER_REQUIRE names it', () => {
    expect(tallyMissing('browser', undefined)).toEqual({ passed: 0, failed: 0, skipped: 1 });
    expect(tallyMissing('browser', 'etcd,ctdb')).toEqual({ passed: 0, failed: 0, skipped: 1 });
    expect(tallyMissing('browser', 'etcd,browser')).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the last line', () => {
  it('adds the stages up', () => {
    const stages = [
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 40, failed: 2, skipped: 3 },
    ];
    expect(sentence(sum(stages))).toBe('41 passed, 2 failed, 3 skipped');
  });
});
