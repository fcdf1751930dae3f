import { logWriteSentence } from '@fallover/events';
import { type HacmpOut, openHacmpOut } from '@fallover/hacmp-out';
import { stepLogFile } from '../executor/state-files.ts';
import { type HacmpLog, hacmpLog } from '../runs/hacmp-log.ts';
import { type StepOutput, stepOutput } from '../runs/step-output.ts';
import { troubleSentence } from '../troubles.ts';
import type { Telling } from './telling.ts';

/** What runs leave in files: the output of each step, and hacmp.out. */
export interface RunFiles {
  fileOf(step: string): string;
  output: StepOutput;
  out: HacmpOut;
  hacmp: HacmpLog;
}

export function openRunFiles(
  {
    node,
    stateDirectory,
    logDirectory,
    now,
    trouble,
  }: { node: string; stateDirectory: string; logDirectory: string; now(): number; trouble: Telling['trouble'] },
  closing: AsyncDisposableStack,
): RunFiles {
  const fileOf = (step: string): string => stepLogFile(stateDirectory, step);
  const output = stepOutput(fileOf, now, (reason) =>
    trouble('step_log_not_writable', troubleSentence({ code: 'step_log_not_writable', reason })),
  );
  const out = openHacmpOut({
    directory: logDirectory,
    now,
    onTrouble: (fault) => trouble(fault.code, logWriteSentence(fault)),
    onRecovery: (code) => trouble(code, undefined),
  });
  const hacmp = hacmpLog({ node, out, fileOf });
  closing.defer(hacmp.close);
  return { fileOf, output, out, hacmp };
}
