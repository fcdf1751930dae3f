import type { RunView } from '@fallover/contract';
import { EXIT, NOT_RUN } from './io.ts';
import type { LeftRunning } from './left-running.ts';
import { seconds, withoutWords } from './run-progress.ts';
import { shortStep } from './steps.ts';
import { visibleLine } from './visible.ts';

/** What `fallover run` exits with: the event's STATUS; never 0 for an event that did not succeed. */
export function exitStatusOf(run: RunView): number {
  if (run.state === 'cancelled') return NOT_RUN;
  const status = run.status ?? (run.outcome === 'succeeded' ? EXIT.done : EXIT.failed);
  if (status === 0 && run.outcome !== 'succeeded') return EXIT.failed;
  return status >= 0 && status <= 255 ? status : EXIT.failed;
}

/** The last line for a person, and what is to be done now. */
export function outcomeLines(run: RunView, left: readonly LeftRunning[] = []): { line: string; wayOut: string[] } {
  const event = visibleLine([run.event, ...run.args].join(' '));
  if (run.state === 'cancelled') return { line: `${event} was cancelled before it began (run ${run.id})`, wayOut: [] };
  const took = run.startedAt && run.endedAt ? ` in ${seconds(Date.parse(run.endedAt) - Date.parse(run.startedAt))}` : '';
  const line = `${event} ${wordFor(run)}${withoutWords(run)}${took}, status ${run.outcome === 'interrupted' ? 'unknown' : (run.status ?? 'unknown')} (run ${run.id})`;
  const why = run.failure === undefined ? [] : [visibleLine(`${run.failure.node}: ${run.failure.sentence}`)];
  if (run.state !== 'awaiting_decision') return { line, wayOut: why };
  return { line, wayOut: [...why, ...left.flatMap(leftLines(run)), ...decisionLines(run)] };
}

function wordFor(run: RunView): string {
  switch (run.outcome) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return 'failed';
    case 'aborted':
      return 'was aborted';
    case 'interrupted':
      return 'was interrupted';
    case undefined:
      return run.state === 'awaiting_decision' ? 'failed' : 'ended';
  }
}

const leftLines =
  (run: RunView) =>
  ({ step, processes, sentence }: LeftRunning): string[] => {
    const label = shortStep(step);
    if (sentence !== undefined) return [`What ${label} left running is not known: ${visibleLine(sentence)}`];
    if (processes.length === 0) return [];
    return [
      ...processes.map(({ pid, command }) => `${label} left running: process ${pid}, ${visibleLine(command)}`),
      `"fallover end-processes ${run.id} ${label}" ends what it left running; with "--as again" both would run at once.`,
    ];
  };

const decisionLines = (run: RunView): string[] => [
  'The cluster is in RP_FAILED: nothing further is started, and the cluster does not fail over.',
  `"fallover recover ${run.id}" skips the rest of this event; "--as again" runs the step again, "--as succeeded" counts it as succeeded.`,
];
