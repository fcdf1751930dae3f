import { ok, parseStepId, type Result, runOf } from '@fallover/events';
import { endProcesses, findProcesses } from '../executor/leftover-processes.ts';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import { refused } from './refusals.ts';

/** How long a process may take to end by itself. */
const GRACE_MS = 5_000;

export interface LeftProcesses {
  useCases: Pick<UseCases, 'listProcesses' | 'endProcesses'>;
  end(run: string, step: string): Promise<Result<{ ended: number[] }, Refusal>>;
}

/** What interrupted steps of this node left running (P10). */
export function leftProcesses(parts: { journal: Pick<Journal, 'records'>; stateDirectory: string }): LeftProcesses {
  const { journal, stateDirectory } = parts;
  const isInterrupted = (run: string, step: string): boolean =>
    parseStepId(step) !== undefined &&
    runOf(step) === run &&
    journal.records(run).some((record) => record.kind === 'interrupted' && record.step === step);

  async function end(run: string, step: string): Promise<Result<{ ended: number[] }, Refusal>> {
    if (!isInterrupted(run, step)) return refused({ code: 'not_interrupted', step });
    const ended = await endProcesses(stateDirectory, step, GRACE_MS);
    return ok({ ended: ended.map(({ pid }) => pid) });
  }

  return {
    end,
    useCases: {
      async listProcesses({ parameters: { run }, query: { step } }) {
        if (!isInterrupted(run, step)) return refused({ code: 'not_interrupted', step });
        const found = findProcesses(stateDirectory, step);
        return ok({ processes: found.map(({ pid, argv }) => ({ pid, command: argv.join(' ') })) });
      },
      endProcesses: ({ parameters: { run }, body: { step } }) => end(run, step),
    },
  };
}
