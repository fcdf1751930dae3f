import { describe, expect, it } from 'vitest';
import type { StartFault } from '../runs/types.ts';
import { endsEvent, judgeScript, resultOf, type ScriptEnd } from './script-end.ts';
import { EVENT_OUTCOMES } from './words.ts';

const told = (end: ScriptEnd): string => {
  const judged = judgeScript(end);
  return `${judged.status} ${judged.summary}, ${endsEvent(judged) ?? 'goes on'}`;
};
const fault = (code: StartFault['code'], reason?: string): ScriptEnd => ({
  exitStatus: 126,
  fault: { code, path: '/x', ...(reason === undefined ? {} : { reason }) },
});

describe('the status of a script', () => {
  it('follows from what it exits with', () => {
    const runs: [number, number, string][] = [];
    for (let exitStatus = 0; exitStatus <= 255; exitStatus++) {
      const line = told({ exitStatus }).replace(/-?[0-9]+/, 'N');
      const last = runs.at(-1);
      if (last?.[2] === line) last[1] = exitStatus;
      else runs.push([exitStatus, exitStatus, line]);
    }
    expect(runs).toEqual([
      [0, 0, 'OK N, goes on'],
      [1, 63, 'ERROR N, failed'],
      [64, 64, 'OK N, goes on'],
      [65, 71, 'CANNOT RUN N, failed'],
      [72, 72, 'DISABLED N, goes on'],
      [73, 76, 'CANNOT RUN N, failed'],
      [77, 77, 'DISABLED N, goes on'],
      [78, 173, 'CANNOT RUN N, failed'],
      [174, 174, 'TIMEDOUT N, timed_out'],
      [175, 188, 'CANNOT RUN N, failed'],
      [189, 189, 'CANNOT RUN N, cancelled'],
      [190, 254, 'CANNOT RUN N, failed'],
      [255, 255, 'ERROR N, failed'],
    ]);
  });

  it.each<[string, ScriptEnd, string]>([
    ['a signal', { exitStatus: 137, signal: 'SIGKILL' }, 'CANNOT RUN -4, failed'],
    ['the deadline', { exitStatus: 0, timedOut: true }, 'TIMEDOUT -110, timed_out'],
    ['a file that is gone', { ...fault('command_not_found'), gone: true }, 'DISABLED -8, goes on'],
    ['a link to nothing', fault('command_not_found'), 'CANNOT RUN -2, failed'],
    ['no execute bit', fault('not_executable'), 'DISABLED -8, goes on'],
    ['a directory', fault('not_a_regular_file'), 'DISABLED -8, goes on'],
    ['neither program nor #!', fault('no_interpreter'), 'DISABLED -8, goes on'],
    ['an interpreter that may not be executed', fault('no_interpreter', 'EACCES'), 'DISABLED -8, goes on'],
    ['a missing interpreter', fault('no_interpreter', 'ENOENT'), 'CANNOT RUN -2, failed'],
    ['an owner who is not trusted', fault('owner_not_trusted'), 'CANNOT RUN -1, failed'],
    ['a file that others can write to', fault('writable_by_others'), 'CANNOT RUN -1, failed'],
    ['a directory that others can write to', fault('directory_not_trusted'), 'CANNOT RUN -1, failed'],
    ['anything else', fault('cannot_start', 'EMFILE'), 'CANNOT RUN -5, failed'],
  ])('with %s', (_, end, expected) => {
    expect(told(end)).toBe(expected);
  });

  it('of the last one is what "ctdb event run" exits with', () => {
    expect(EVENT_OUTCOMES.map((outcome) => [outcome, resultOf(outcome)])).toEqual([
      ['ok', 0],
      ['failed', 8],
      ['timed_out', 110],
      ['cancelled', 125],
      ['no_directory', 2],
      ['interrupted', 5],
    ]);
  });
});
