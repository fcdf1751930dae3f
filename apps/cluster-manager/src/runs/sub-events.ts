import {
  DEEPEST_SUB_EVENT,
  type DefinitionDocument,
  depthOf,
  err,
  isOver,
  isStepRunning,
  ok,
  planPipeline,
  type Result,
  type RunRecord,
  type RunState,
  subEventScope,
} from '@fallover/events';
import type { LiveRun } from './live-run.ts';

export interface SubEventCall {
  step: string;
  event: string;
  args: string[];
  /** A repeat of the same request gets the answer of the first. */
  request?: string;
}
export type CallFault = { code: 'step_not_running'; step: string } | { code: 'nested_too_deep'; step: string; deepest: number };

const UNKNOWN_STATUS = 1;

export interface CallTools {
  node: string;
  document: DefinitionDocument;
  at: string;
  change(decide: (state: RunState) => { records: RunRecord[] }): Promise<void>;
}

/** A step calls a sub-event; resolves with its STATUS. */
export async function callSubEvent(run: LiveRun, call: SubEventCall, tools: CallTools): Promise<Result<number, CallFault>> {
  const { step, event, args, request } = call;
  const earlier = request === undefined ? undefined : run.calls.get(request);
  if (earlier !== undefined) return ok(await earlier);
  if (depthOf(step) >= DEEPEST_SUB_EVENT) return err({ code: 'nested_too_deep', step, deepest: DEEPEST_SUB_EVENT });
  let answer: Promise<number> | undefined;
  await tools.change((state) => {
    if (!isStepRunning(state, step)) return { records: [] };
    const calls = Object.values(state.pipelines).filter(({ caller }) => caller === step).length;
    const scope = subEventScope(step, calls + 1, event);
    answer = new Promise<number>((resolve) => run.waiting.set(scope, resolve));
    if (request !== undefined) run.calls.set(request, answer);
    const pipeline = planPipeline({ scope, node: tools.node, event, args, expectedStatus: 0, document: tools.document });
    return { records: [{ kind: 'sub_event', at: tools.at, pipeline, caller: step }] };
  });
  return answer === undefined ? err({ code: 'step_not_running', step }) : ok(await answer);
}

/**
 * Tells who waits for a sub-event its STATUS; one whose caller has ended is told as well, though nobody may listen. Of one
 * whose step was lost the status is not known: the caller goes on, and is not told that all is well.
 */
export function wakeCallers(run: LiveRun): void {
  for (const [scope, resolve] of run.waiting) {
    const pipeline = run.state.pipelines[scope];
    if (!pipeline) continue;
    const orphan = pipeline.caller !== undefined && !isStepRunning(run.state, pipeline.caller);
    const isLost = pipeline.interrupted || !isOver(pipeline);
    if (isLost && !pipeline.interrupted && !orphan) continue;
    run.waiting.delete(scope);
    const notZero = isLost ? UNKNOWN_STATUS : pipeline.aborted ? 128 + 15 : 0;
    resolve(pipeline.status || notZero);
  }
}
