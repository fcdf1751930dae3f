import type { RunView } from '@fallover/contract';
import { listProcesses } from './addresses.ts';
import { attribute } from './print.ts';
import type { Shell } from './shell.ts';
import { shortStep } from './steps.ts';
import { daemonSentences } from './wording.ts';

/** What an interrupted step left running, or why that is not known. */
export interface LeftRunning {
  step: string;
  processes: readonly { pid: number; command: string }[];
  sentence?: string;
}

/** Of each interrupted step of the run; its node is asked. */
export async function leftRunning(run: RunView, daemon: Shell['daemon']): Promise<LeftRunning[]> {
  const interrupted = run.steps.filter(({ state }) => state === 'interrupted');
  return Promise.all(
    interrupted.map(async ({ id: step }) => {
      const answer = await daemon.ask(listProcesses, { parameters: { run: run.id }, query: { step } });
      if (answer.ok) return { step, processes: answer.reply.processes };
      return { step, processes: [], sentence: daemonSentences(answer.fault).join(' ') };
    }),
  );
}

export const leftRunningLines = (left: readonly LeftRunning[]): string[] =>
  left.flatMap(({ step, processes, sentence }) => [
    ...processes.map(({ pid, command }) => attribute('LEFT_RUNNING', `${shortStep(step)} process ${pid} ${command}`)),
    ...(sentence === undefined ? [] : [attribute('LEFT_RUNNING', `${shortStep(step)} is not known: ${sentence}`)]),
  ]);
