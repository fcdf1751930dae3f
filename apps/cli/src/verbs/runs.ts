import type { RunSummary } from '@fallover/contract';
import { abortRun, endProcesses as endProcessesAddress, getRun, recover as recoverAddress } from '../addresses.ts';
import { EXIT, type Io } from '../io.ts';
import { printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import type { Result } from '../result.ts';
import { findRun, runIdSentence } from '../run-id.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { matchStep, shortStep, stepSentence } from '../steps.ts';
import { visibleLine } from '../visible.ts';

const WAYS: readonly string[] = ['skip', 'succeeded', 'again'];
type Way = 'skip' | 'succeeded' | 'again';

export const abort: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage, least: 1, most: 2 });
  if (!read) return EXIT.refused;
  const [text = '', stepText] = read.words;
  const run = await runNamed(text, shell);
  if (!run.ok) return run.error;
  const step = stepText === undefined ? undefined : await stepNamed(run.value, stepText, 'running', shell);
  if (step && !step.ok) return step.error;
  const answer = await daemon.ask(abortRun, { parameters: { run: run.value }, body: step ? { step: step.value } : {} });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, read.options.json, ({ aborted }) =>
    aborted.length === 0 ? ['No step runs now; nothing was ended.'] : aborted.map((one) => `${shortStep(one)} is being ended`),
  );
};

export const recover: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const kinds = { as: 'value', 'cancel-queue': 'flag', json: 'flag' } as const;
  const read = wordsOf(io, args, kinds, { usage, most: 1 });
  if (!read) return EXIT.refused;
  const { options, words } = read;
  const as = options.as ?? 'skip';
  if (!isWay(as))
    return refuse(io, `--as: "${visibleLine(as)}" is not a way to recover; give skip, succeeded or again.`, `Usage: ${usage}`);
  const run = words[0] === undefined ? undefined : await runNamed(words[0], shell);
  if (run && !run.ok) return run.error;
  const body = { as, cancelQueue: options['cancel-queue'] ?? false, ...(run ? { run: run.value } : {}) };
  const answer = await daemon.ask(recoverAddress, { body });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, options.json, (reply) => [
    `Run ${reply.run}: ${SAID[as]}`,
    ...(as === 'skip' ? [] : [`"fallover query run ${reply.run}" shows how it goes on`]),
    ...(reply.skipped.length === 0 ? [] : ['Skipped steps, to be done by hand where they matter:']),
    ...reply.skipped.map(
      (one) => `  ${one.node} ${one.event} ${one.key}: ${visibleLine(one.command ?? one.customEvent ?? 'built-in command')}`,
    ),
    ...reply.cancelled.map((id) => `Run ${id} was cancelled in the queue`),
  ]);
};

const SAID: Record<Way, string> = {
  skip: 'the rest of the event is skipped',
  succeeded: 'the step counts as succeeded, the event goes on',
  again: 'the step runs again',
};

const isWay = (text: string): text is Way => WAYS.includes(text);

export const endProcesses: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage, least: 2 });
  if (!read) return EXIT.refused;
  const [text = '', stepText = ''] = read.words;
  const run = await runNamed(text, shell);
  if (!run.ok) return run.error;
  const step = await stepNamed(run.value, stepText, 'interrupted', shell);
  if (!step.ok) return step.error;
  const answer = await daemon.ask(endProcessesAddress, { parameters: { run: run.value }, body: { step: step.value } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, read.options.json, ({ ended }) =>
    ended.length === 0 ? ['No process of the step was left; nothing was ended.'] : ended.map((pid) => `Process ${pid} was ended`),
  );
};

/** The run's id, or the exit status once the person has been told why there is none. */
export async function runNamed(text: string, { io, daemon }: Shell): Promise<Result<RunSummary['id'], number>> {
  const found = await findRun(daemon, text);
  if (!found.ok) return { ok: false, error: reportFault(io, found.fault) };
  return found.reply.ok ? found.reply : refused(io, runIdSentence(found.reply.error));
}

async function stepNamed(
  run: string,
  text: string,
  state: 'running' | 'interrupted',
  { io, daemon }: Shell,
): Promise<Result<string, number>> {
  const answer = await daemon.ask(getRun, { parameters: { run } });
  if (!answer.ok) return { ok: false, error: reportFault(io, answer.fault) };
  const steps = answer.reply.steps.filter((step) => step.state === state).map((step) => step.id);
  const found = matchStep(text, steps);
  return found.ok ? found : refused(io, stepSentence(found.error));
}

const refused = (io: Io, sentence: string): { ok: false; error: number } => ({ ok: false, error: refuse(io, sentence) });
