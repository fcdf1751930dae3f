import { listed } from './listed.ts';
import { failedPipelines } from '../runs/run.ts';
import type { Decision, ExpectedStatus, PipelineState, RunState, StepKind } from '../runs/types.ts';

/** What a request about a run can be refused for. */
export type RunRefusal =
  | { code: 'run_not_found'; run: string }
  | { code: 'step_not_running'; step: string }
  | { code: 'nested_too_deep'; step: string; deepest: number }
  | { code: 'nothing_to_recover' }
  | { code: 'already_decided'; as: Decision; by: string }
  | { code: 'run_not_waiting'; run: string }
  | { code: 'nothing_to_abort'; run: string }
  | { code: 'not_interrupted'; step: string }
  | { code: 'not_a_live_node'; node: string; live: readonly string[] }
  | { code: 'plan_changed'; event: string }
  | { code: 'run_removed'; run: string; at: string };

const DECIDED: Record<Decision, string> = {
  skip: 'the rest of the event is skipped',
  again: 'the step runs again',
  succeeded: 'the step counts as succeeded',
};

export function runRefusalSentence(refusal: RunRefusal): string {
  switch (refusal.code) {
    case 'run_not_found':
      return `There is no run ${refusal.run}. List the runs with: fallover query run`;
    case 'step_not_running':
      return `Step ${refusal.step} does not run: a sub-event is called by the script of a step that runs, which has FALLOVER_STEP in its environment.`;
    case 'nested_too_deep':
      return `Step ${refusal.step} is nested ${refusal.deepest} sub-events deep already; no further sub-event is called.`;
    case 'nothing_to_recover':
      return 'No event has failed or was interrupted: there is nothing to recover from.';
    case 'already_decided':
      return `${refusal.by} has just decided: ${DECIDED[refusal.as]}. Nothing else was recorded; look at what comes of it.`;
    case 'run_not_waiting':
      return `Run ${refusal.run} does not wait for a decision.`;
    case 'nothing_to_abort':
      return `Nothing of run ${refusal.run} is running now: there is nothing to abort.`;
    case 'not_interrupted':
      return `Step ${refusal.step} was not interrupted: its processes are ended by aborting the run.`;
    case 'run_removed':
      return `Run ${refusal.run} is not kept any longer: it was among the oldest, and its output and its records were removed by ${refusal.at}. How much is kept, fallover start says with --keep-days and --keep-gb.`;
    case 'plan_changed':
      return `What ${refusal.event} would run has changed since the plan was shown: somebody made another configuration active. Nothing was queued; look at the plan again.`;
    case 'not_a_live_node':
      if (refusal.live.length === 0) return `Node ${refusal.node} takes no part in the cluster now, and no other does.`;
      return `Node ${refusal.node} takes no part in the cluster now; ${refusal.live.length === 1 ? 'only' : 'these do:'} ${listed(refusal.live)}${refusal.live.length === 1 ? ' does' : ''}.`;
  }
}

const STEP_WORDS: Record<StepKind, string> = {
  notify_start: 'notify command',
  pre_event: 'pre-event',
  event: 'event command',
  command: 'command of the recovery program',
  recovery: 'recovery command',
  post_event: 'post-event',
  notify_complete: 'notify command',
};

/** What a step is called in a sentence. */
export const stepWords = ({ kind, customEvent }: { kind: StepKind; customEvent?: string }): string =>
  `${STEP_WORDS[kind]}${customEvent === undefined ? '' : ` ${customEvent}`}`;

/** What stands behind the status of a step that is not compared with 0. */
export function expectedWords({
  status,
  expectedStatus,
}: {
  status?: number | undefined;
  expectedStatus?: ExpectedStatus | undefined;
}): string {
  if (expectedStatus === undefined || status === undefined) return '';
  if (expectedStatus === 'X') return ', any is success';
  return status === expectedStatus ? ', as expected' : `, ${expectedStatus} expected`;
}

/** Why a run waits for a decision, or ended without success, and on which nodes; undefined while nothing has failed. */
export function failureSentence(run: RunState): string | undefined {
  if (run.state === 'running') return undefined;
  const nodesOf = Map.groupBy(failedPipelines(run), (pipeline) => wordsAround(pipeline).join('…'));
  const sentences = [...nodesOf.values()].map((pipelines) => {
    const [before, behind] = wordsAround(pipelines[0] as PipelineState);
    return `${before} on ${listed(pipelines.map(({ planned }) => planned.node))}${behind}.`;
  });
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** What stands before and behind the nodes on which it failed. */
function wordsAround({ planned, running, failedAt, interrupted, aborted, status }: PipelineState): [string, string] {
  const step = running?.step ?? failedAt?.step ?? { kind: 'event' as const };
  const subject = `The ${stepWords(step)} of ${[planned.event, ...planned.args].join(' ')}`;
  if (interrupted) return [`${subject} was interrupted`, ': whether it did its work is not known'];
  return aborted ? [`${subject} was aborted`, ''] : [`${subject} ended with status ${status}`, ''];
}

/** Behind an event in a list: where it runs, if only one node of several does and its arguments do not say which. */
export const onNodeWords = ({ args, node }: { args: readonly string[]; node?: string | undefined }): string =>
  node === undefined || args.includes(node) ? '' : ` on ${node}`;
