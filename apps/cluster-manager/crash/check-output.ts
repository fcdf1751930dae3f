import type { Evidence, Violation } from './evidence.ts';
import { recordsOf, witnessed } from './history.ts';

/**
 * P6: the recorded output is what the command has printed, in order. What a command wrote and its launcher took with it
 * when it was killed is lost: an interrupted step's output may lack lines, and never has one twice or at another place.
 */
export function checkOutput(evidence: Evidence): Violation[] {
  const seen = witnessed(evidence);
  const found: Violation[] = [];
  const differs = (step: string, how: string): void => {
    found.push({ code: 'output_differs', sentence: `The output of step ${step} ${how}.` });
  };
  for (const run of evidence.runs) {
    const bySignal = new Set(
      recordsOf(run, 'finished').flatMap(({ step, result }) => (result.signal === undefined ? [] : [step])),
    );
    const interrupted = new Set(recordsOf(run, 'interrupted').map(({ step }) => step));
    for (const { step } of recordsOf(run, 'started')) {
      const printed = seen.get(step)?.printed;
      if (printed === undefined) continue;
      const text = evidence.output[step] ?? '';
      const lines = text.split('\n').slice(0, -1).map(numberOf);
      const wrong = lines.findIndex((line, index) => line === undefined || line <= (lines[index - 1] ?? 0));
      if (wrong >= 0 || (text !== '' && !text.endsWith('\n'))) {
        differs(step, `is not in order at its line ${(wrong >= 0 ? wrong : lines.length) + 1}`);
      } else if (!interrupted.has(step) && lines.at(-1) !== undefined && lines.at(-1) !== lines.length) {
        differs(step, `has ${lines.length} lines, and the last one is number ${lines.at(-1)}`);
      } else if (!interrupted.has(step) && lines.length < printed) {
        differs(step, `has ${lines.length} lines, and it has printed ${printed}`);
      } else if (lines.length > printed + (bySignal.has(step) || interrupted.has(step) ? 1 : 0)) {
        differs(step, `has ${lines.length} lines, and it has printed only ${printed}`);
      }
    }
  }
  return found;
}

const numberOf = (line: string): number | undefined => {
  const [, number] = /^line ([1-9][0-9]*)$/.exec(line) ?? [];
  return number === undefined ? undefined : Number(number);
};
