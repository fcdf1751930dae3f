import { advance, claim, decide, hasSucceeded, isOver, startPipeline, unfinished } from './pipeline.ts';
import { scopeOf, stepId } from './step-id.ts';
import type {
  Outcome,
  Participant,
  PipelineState,
  PipelineStep,
  PlannedPipeline,
  RunPlan,
  RunRecord,
  RunState,
  SkippedStep,
} from './types.ts';

/** The run that a journal tells of; undefined when it does not begin with a plan. */
export function replay(records: Iterable<RunRecord>): RunState | undefined {
  let run: RunState | undefined;
  for (const record of records) {
    if (record.kind === 'planned') run = startRun(record.plan);
    else if (run) run = applyRecord(run, record);
  }
  return run;
}

export function startRun(plan: RunPlan): RunState {
  const run: RunState = {
    plan,
    phase: -1,
    pipelines: {},
    state: 'running',
    decisions: [],
    skipped: [],
    warnings: [],
    children: [],
    lost: [],
    errorRaised: false,
  };
  return settle(run);
}

/** The run after one record of its journal. Replaying the records gives the same run, so a restarted cluster manager goes on where it was. */
export function applyRecord(run: RunState, record: RunRecord): RunState {
  switch (record.kind) {
    case 'planned':
    case 'command':
      return run;
    case 'started':
      return change(run, scopeOf(record.step), (pipeline) => (pipeline.lost ? pipeline : claim(pipeline, record.step)));
    case 'finished':
      return settle(
        change(run, scopeOf(record.step), (pipeline) =>
          isStepOf(pipeline, record.step) ? advance(pipeline, record.result.status) : pipeline,
        ),
      );
    case 'interrupted':
      return settle(
        change(run, scopeOf(record.step), (pipeline) =>
          isStepOf(pipeline, record.step) ? { ...pipeline, interrupted: true } : pipeline,
        ),
      );
    case 'sub_event': {
      const { pipeline, caller } = record;
      return { ...run, pipelines: { ...run.pipelines, [pipeline.scope]: startPipeline(pipeline, caller) } };
    }
    case 'abort':
      return changeAll(run, (pipeline) =>
        pipeline.running && !pipeline.lost && (record.step === undefined || record.step === pipeline.running.id)
          ? { ...pipeline, aborting: true }
          : pipeline,
      );
    case 'decided':
      return applyDecision(run, record);
    case 'warned': {
      const warnings = [...run.warnings, { scope: record.scope, seconds: record.seconds, at: record.at }];
      const children =
        record.child === undefined ? run.children : [...run.children, { run: record.child, event: 'config_too_long' }];
      return { ...run, warnings, children };
    }
    case 'child':
      return {
        ...run,
        children: record.counted === undefined ? [...run.children, { run: record.run, event: record.event }] : run.children,
        errorRaised: run.errorRaised || record.event === 'event_error',
      };
    case 'lost':
      if (isLost(run, record.node)) return run;
      return settle({
        ...changeAll(run, (pipeline) =>
          pipeline.planned.node === record.node && !isEnded(pipeline) ? { ...pipeline, lost: true } : pipeline,
        ),
        lost: [...run.lost, { node: record.node, at: record.at }],
      });
  }
}

/** What a node publishes of a step after it was lost is shown, and decides nothing any more. */
const isStepOf = (pipeline: PipelineState, step: string): boolean => !pipeline.lost && pipeline.running?.id === step;

const isLost = ({ lost }: RunState, node: string): boolean => lost.some((other) => other.node === node);

/** It has come to its end by itself: what a node finished before it was lost counts. */
const isEnded = (pipeline: PipelineState): boolean => isOver(pipeline) && !pipeline.interrupted;

/** The event has failed, and `event_error` is to be raised. One that was interrupted waits for a person; a child raises nothing. */
export const needsEventError = (run: RunState): boolean =>
  run.state === 'awaiting_decision' && run.outcome !== 'interrupted' && !run.errorRaised;

/** The participants that the cluster no longer has, and whose loss is not recorded. */
export const lostParticipants = (run: RunState, members: ReadonlyMap<string, number>): Participant[] =>
  run.state === 'ended'
    ? []
    : (run.plan.participants ?? []).filter(({ node, membership }) => members.get(node) !== membership && !isLost(run, node));

/** A step to start now: claimed with this id, nothing stands between. */
export interface DueStep {
  id: string;
  step: PipelineStep;
  pipeline: PlannedPipeline;
  status: number;
}

/** What is to be started now. All commands of a phase start in parallel; a pipeline has one step at a time. */
export function due(run: RunState): DueStep[] {
  if (run.state !== 'running') return [];
  return Object.values(run.pipelines).flatMap((pipeline) => {
    const [step] = pipeline.left;
    if (!step || pipeline.running || pipeline.lost || !isAlive(run, pipeline)) return [];
    const attempt = (pipeline.attempts[step.key] ?? 0) + 1;
    return [{ id: stepId(pipeline.planned.scope, step.key, attempt), step, pipeline: pipeline.planned, status: pipeline.status }];
  });
}

/** A sub-event goes on only while the step that called it runs: nothing is started for a caller that is gone. */
const isAlive = (run: RunState, { caller }: PipelineState): boolean => caller === undefined || isStepRunning(run, caller);

/** A step that was claimed, has not ended and is not known to be lost. */
export function isStepRunning(run: RunState, step: string): boolean {
  const pipeline = run.pipelines[scopeOf(step)];
  return pipeline !== undefined && isRunning(pipeline) && pipeline.running?.id === step;
}

export const runningSteps = (run: RunState): string[] =>
  Object.values(run.pipelines).flatMap((pipeline) => (isRunning(pipeline) && pipeline.running ? [pipeline.running.id] : []));

const isRunning = ({ running, interrupted, lost }: PipelineState): boolean => running !== undefined && !interrupted && !lost;

/** The pipelines of the phase that is being processed, without sub-events. */
const rootPipelines = (run: RunState): PipelineState[] =>
  (run.plan.program[run.phase] ?? []).flatMap(({ scope }) => run.pipelines[scope] ?? []);

/** STATUS of the whole event: of the first pipeline that did not succeed, else of the last phase's first. */
export function statusOf(run: RunState): number {
  const roots = Object.values(run.pipelines).filter(({ caller, lost }) => caller === undefined && !lost);
  return (roots.find((pipeline) => !hasSucceeded(pipeline)) ?? roots.at(-1))?.status ?? 0;
}

/**
 * The pipelines whose nodes are to be warned that the event takes long: those it still waits for, and not who waits for others.
 * While it waits for a person that is everybody; the node that failed may be lost since.
 */
export const warnedPipelines = (run: RunState): PipelineState[] =>
  run.state === 'ended'
    ? []
    : rootPipelines(run).filter(
        (pipeline) => !pipeline.lost && (run.state === 'awaiting_decision' || !isOver(pipeline) || !hasSucceeded(pipeline)),
      );

/** The pipelines that keep the run from going on. */
export const failedPipelines = (run: RunState): PipelineState[] =>
  rootPipelines(run).filter((pipeline) => !pipeline.lost && (pipeline.interrupted || !hasSucceeded(pipeline)));

/** The first of them. */
export const failedPipeline = (run: RunState): PipelineState | undefined => failedPipelines(run)[0];

/**
 * The number of the decision that a run waits for; undefined while it waits for none. Only a decision ends the waiting, so that
 * one with another number was taken on something else, and is void.
 */
export const awaitedDecision = (run: RunState): number | undefined =>
  run.state === 'awaiting_decision' ? run.decisions.length + 1 : undefined;

/** The steps that are still to run, in the order of the program. */
export function stepsToRun(run: RunState): SkippedStep[] {
  if (run.state === 'ended') return [];
  const now = Object.values(run.pipelines).filter((pipeline) => !pipeline.lost && isAlive(run, pipeline));
  return [...now.flatMap(({ planned, left }) => named(planned, left)), ...laterPhases(run)];
}

const laterPhases = (run: RunState): SkippedStep[] =>
  run.plan.program
    .slice(run.phase + 1)
    .flatMap((commands) => commands.flatMap((planned) => (isLost(run, planned.node) ? [] : named(planned, planned.steps))));

const named = ({ node, event }: PlannedPipeline, steps: PipelineStep[]): SkippedStep[] =>
  steps.map(({ key, command, customEvent }) => ({
    node,
    event,
    key,
    ...(command === undefined ? {} : { command }),
    ...(customEvent === undefined ? {} : { customEvent }),
  }));

/**
 * Goes on to the next phase when all of this one has ended; stops where one failed or was interrupted. Nobody waits for a node
 * that was lost, and it has no part in later phases.
 */
function settle(run: RunState): RunState {
  if (run.state !== 'running') return run;
  const subEventRuns = Object.values(run.pipelines).some((pipeline) => pipeline.caller && isRunning(pipeline));
  const roots = rootPipelines(run).filter(({ lost }) => !lost);
  if (subEventRuns || !roots.every((pipeline) => pipeline.interrupted || isOver(pipeline))) return run;
  if (roots.some((pipeline) => pipeline.interrupted)) return stop(run, 'interrupted');
  if (!roots.every(hasSucceeded)) return stop(run, roots.some(({ aborted }) => aborted) ? 'aborted' : 'failed');
  const phase = run.phase + 1;
  const planned = run.plan.program[phase];
  if (!planned) return { ...run, phase, state: 'ended', outcome: 'succeeded' };
  const pipelines = { ...run.pipelines };
  for (const pipeline of planned) if (!isLost(run, pipeline.node)) pipelines[pipeline.scope] = startPipeline(pipeline);
  return settle({ ...run, phase, pipelines });
}

/** A child's failure is recorded and raises nothing; any other run waits for a person. */
const stop = (run: RunState, outcome: Outcome): RunState => ({
  ...run,
  state: run.plan.parent === undefined ? 'awaiting_decision' : 'ended',
  outcome,
});

function applyDecision(run: RunState, { as, by, at }: Extract<RunRecord, { kind: 'decided' }>): RunState {
  if (run.state !== 'awaiting_decision') return run;
  const decided = { ...run, decisions: [...run.decisions, { as, by, at }] };
  if (as === 'skip') {
    const rest = rootPipelines(run).flatMap((pipeline) => (pipeline.lost ? [] : named(pipeline.planned, unfinished(pipeline))));
    return { ...decided, state: 'ended', skipped: [...rest, ...laterPhases(run)] };
  }
  const { outcome: _, ...reopened } = { ...decided, errorRaised: false };
  const roots = new Set(
    rootPipelines(run)
      .filter(({ lost }) => !lost)
      .map(({ planned }) => planned.scope),
  );
  return settle({
    ...changeAll(reopened, (pipeline) => {
      if (!roots.has(pipeline.planned.scope)) return pipeline;
      const reopened = decide(pipeline, as);
      // Its node was lost after it had failed there: nobody can do what is left.
      return isLost(run, pipeline.planned.node) && !isOver(reopened) ? { ...pipeline, lost: true } : reopened;
    }),
    state: 'running',
  });
}

function change(run: RunState, scope: string, to: (pipeline: PipelineState) => PipelineState): RunState {
  const pipeline = run.pipelines[scope];
  return pipeline ? { ...run, pipelines: { ...run.pipelines, [scope]: to(pipeline) } } : run;
}

function changeAll(run: RunState, to: (pipeline: PipelineState) => PipelineState): RunState {
  return {
    ...run,
    pipelines: Object.fromEntries(Object.entries(run.pipelines).map(([scope, pipeline]) => [scope, to(pipeline)])),
  };
}
