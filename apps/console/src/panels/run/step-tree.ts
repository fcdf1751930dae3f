import type { RunView, StepView } from '@fallover/contract';
import { depthOf, isWork, parseStepId, runOf } from '@fallover/events';

/** One event on one node: its steps in the order in which they began, each with the sub-events that it called. */
export interface PipelineView {
  scope: string;
  phase: string;
  node: string;
  event: string;
  steps: StepLine[];
  warnings: RunView['warnedAt'];
}

export interface StepLine {
  step: StepView;
  called: PipelineView[];
}

export interface PhaseView {
  phase: string;
  pipelines: PipelineView[];
}

/** The steps of a run as a tree: phases, pipelines, steps, sub-events. */
export function phasesOf(run: Pick<RunView, 'steps' | 'warnedAt'>): PhaseView[] {
  const pipelines = new Map<string, PipelineView>();
  const lines = new Map<string, StepLine>();
  for (const step of run.steps) {
    const line: StepLine = { step, called: [] };
    lines.set(step.id, line);
    const pipeline = pipelines.get(step.scope) ?? {
      scope: step.scope,
      phase: parseStepId(step.id)?.phase ?? '',
      node: step.node,
      event: step.event,
      steps: [],
      warnings: run.warnedAt.filter(({ scope }) => scope === step.scope),
    };
    pipelines.set(step.scope, pipeline);
    pipeline.steps.push(line);
  }
  const phases: PhaseView[] = [];
  for (const pipeline of pipelines.values()) {
    const caller = lines.get(pipeline.scope.slice(0, pipeline.scope.lastIndexOf('/')));
    if (caller) {
      caller.called.push(pipeline);
      continue;
    }
    const phase = phases.find((one) => one.phase === pipeline.phase);
    if (phase) phase.pipelines.push(pipeline);
    else phases.push({ phase: pipeline.phase, pipelines: [pipeline] });
  }
  // As the lanes have them: nodes that begin at once would else stand in another order in each phase.
  for (const { pipelines } of phases)
    pipelines.sort((one, other) => (one.node < other.node ? -1 : one.node > other.node ? 1 : 0));
  return phases;
}

/** The step whose output is of most interest: the deepest one that runs, else what failed, else the event command's, else any. */
export function stepOfInterest(run: Pick<RunView, 'steps' | 'failure'>): StepView | undefined {
  const running = run.steps.filter(({ state }) => state === 'running');
  const deepest = running.toSorted((one, other) => other.id.length - one.id.length)[0];
  if (deepest) return deepest;
  const failed = run.steps.find(({ id }) => id === run.failure?.step);
  const wrote = run.steps.filter(({ outputBytes }) => (outputBytes ?? 0) > 0);
  return failed ?? wrote.findLast((step) => isWork(step) && depthOf(step.id) === 0) ?? wrote.at(-1) ?? run.steps.at(-1);
}

/** A step's id without its run: what a person reads. */
export const shortId = (id: string): string => id.slice(runOf(id).length + 1);

export type StepOutcome = 'running' | 'interrupted' | 'lost' | 'succeeded' | 'failed';

export function outcomeOf({
  state,
  status,
  expectedStatus = 0,
}: Pick<StepView, 'state' | 'status' | 'expectedStatus'>): StepOutcome {
  if (state !== 'finished') return state;
  return expectedStatus === 'X' || status === expectedStatus ? 'succeeded' : 'failed';
}
