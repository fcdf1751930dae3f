import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admitReport, NO_REPORTS, REPORTS, type ReportRate } from './report-rate.ts';

/** Reports of these sources at these seconds: of each whether it is taken, or in how many seconds it would be. */
function reports(...given: [source: string, second: number][]): (true | { source?: string; againIn: number })[] {
  let rate: ReportRate = NO_REPORTS;
  return given.map(([source, second]) => {
    const admission = admitReport(rate, source, second * 1000);
    if (admission.taken) {
      rate = admission.rate;
      return true;
    }
    const { taken: _, most: __, ...refused } = admission;
    return refused;
  });
}
const times = (count: number, source: string, second: number) =>
  Array.from({ length: count }, (): [string, number] => [source, second]);

describe('how many reports are taken', () => {
  it('is 60 of one source within a minute; the others are heard meanwhile', () => {
    const answers = reports(...times(60, 'pacemaker', 0), ['pacemaker', 12.5], ['keepalived', 12.5], ['pacemaker', 60]);
    expect(answers.slice(0, 60)).toEqual(Array(60).fill(true));
    expect(answers.slice(60)).toEqual([{ source: 'pacemaker', againIn: 48 }, true, true]);
  });

  it('is 240 of all together', () => {
    const sources = ['a', 'b', 'c', 'd'];
    const answers = reports(...sources.flatMap((source) => times(60, source, 5)), ['e', 6], ['e', 65]);
    expect(answers.slice(240)).toEqual([{ againIn: 59 }, true]);
  });

  it('does not count what was refused: who tries each second gets through when it was said', () => {
    const trying = Array.from({ length: 60 }, (_, second): [string, number] => ['a', second + 1]);
    expect(reports(...times(60, 'a', 0), ...trying).at(-1)).toBe(true);
  });

  it('never takes more within a minute, takes again when it said so, and remembers no more than it takes', () => {
    const report = fc.record({ source: fc.constantFrom('a', 'b', 'c', 'd', 'e'), after: fc.integer({ min: 0, max: 1500 }) });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 600 }), (given) => {
        let rate: ReportRate = NO_REPORTS;
        let at = 0;
        const taken: { source: string; at: number }[] = [];
        for (const { source, after } of given) {
          at += after;
          const admission = admitReport(rate, source, at);
          if (!admission.taken) {
            expect(admitReport(rate, source, at + admission.againIn * 1000).taken || admission.source === undefined).toBe(true);
            continue;
          }
          rate = admission.rate;
          taken.push({ source, at });
          const lately = taken.filter((report) => at - report.at < REPORTS.withinSeconds * 1000);
          expect(lately.length).toBeLessThanOrEqual(REPORTS.ofAll);
          expect(lately.filter((report) => report.source === source).length).toBeLessThanOrEqual(REPORTS.ofOneSource);
          expect(rate.taken.length).toBe(lately.length);
        }
      }),
      { numRuns: 50 },
    );
  });
});
