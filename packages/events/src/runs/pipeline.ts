import type { Decision, PipelineState, PipelineStep, PlannedPipeline } from './types.ts';

/** A pipeline before its first step. */
export function startPipeline(planned: PlannedPipeline, caller?: string): PipelineState {
  return {
    planned,
    left: planned.steps,
    dropped: [],
    status: 0,
    retriesLeft: planned.recovery ? planned.recoveryCounter : 0,
    attempts: {},
    aborting: false,
    aborted: false,
    interrupted: false,
    ...(caller === undefined ? {} : { caller }),
  };
}

export const isOver = (pipeline: PipelineState): boolean => !pipeline.running && pipeline.left.length === 0;

/** The expected status alone decides; a pipeline that a person aborted has not succeeded whatever its status. */
export const hasSucceeded = (pipeline: PipelineState): boolean => !pipeline.aborted && isExpected(pipeline, pipeline.status);

const isExpected = ({ planned }: PipelineState, status: number): boolean =>
  planned.expectedStatus === 'X' || planned.expectedStatus === status;

export function claim(pipeline: PipelineState, id: string): PipelineState {
  const [step, ...left] = pipeline.left;
  if (!step) return pipeline;
  const attempts = { ...pipeline.attempts, [step.key]: (pipeline.attempts[step.key] ?? 0) + 1 };
  return { ...pipeline, left, attempts, running: { id, step } };
}

/** The pipeline after the step that ran has ended with this exit status (the table of DOMAIN.md section 1). */
export function advance(pipeline: PipelineState, exitStatus: number): PipelineState {
  const { running, ...rest } = pipeline;
  if (!running) return pipeline;
  const { step } = running;
  const next: PipelineState = { ...rest, interrupted: false, aborting: false };
  if (pipeline.aborting) return abortAt(next, step, exitStatus);
  switch (step.kind) {
    case 'notify_start':
    case 'notify_complete':
      return next; // recorded, never fails the event
    case 'pre_event':
      if (exitStatus === 0 || !next.planned.failOnPrePost) return next;
      return { ...failAt(skipEvent(next), step), status: exitStatus };
    case 'event':
    case 'command':
      if (isExpected(next, exitStatus)) return { ...withoutFailure(next), status: exitStatus };
      return recoverFrom({ ...failAt(next, step), status: exitStatus }, step);
    case 'recovery': // the event command waits right behind it; a failing recovery command ends the retries
      return exitStatus === 0 ? next : { ...next, left: next.left.slice(1) };
    case 'post_event':
      if (exitStatus === 0 || !next.planned.failOnPrePost || !isExpected(next, next.status)) return next;
      return { ...failAt(next, step), status: exitStatus };
  }
}

/** What TERM would have given, for a command that was told to end and still said that all is well. */
const ABORTED_STATUS = 128 + 15;

function abortAt(next: PipelineState, step: PipelineStep, exitStatus: number): PipelineState {
  const event = next.planned.steps.find(isWork) ?? step;
  const at = step.kind === 'recovery' ? event : step;
  const skipped = step.kind === 'post_event' ? next : skipEvent(next);
  const failed = failAt({ ...skipped, dropped: skipped.dropped.filter((other) => other !== at) }, at);
  const keepsStatus = step.kind === 'recovery' || !isExpected(next, next.status);
  return { ...failed, aborted: true, status: keepsStatus ? next.status : exitStatus || ABORTED_STATUS };
}

/** Without what leads up to the event and the event command itself: post-events and the final notify still run. */
function skipEvent(pipeline: PipelineState): PipelineState {
  const still = (step: PipelineStep): boolean => step.kind === 'post_event' || step.kind === 'notify_complete';
  return {
    ...pipeline,
    left: pipeline.left.filter(still),
    dropped: [...pipeline.dropped, ...pipeline.left.filter((step) => !still(step) && pipeline.planned.steps.includes(step))],
  };
}

function recoverFrom(pipeline: PipelineState, event: PipelineStep): PipelineState {
  const { recovery } = pipeline.planned;
  if (!recovery || pipeline.retriesLeft === 0) return pipeline;
  return { ...pipeline, retriesLeft: pipeline.retriesLeft - 1, left: [recovery, event, ...pipeline.left] };
}

const failAt = (pipeline: PipelineState, step: PipelineStep): PipelineState => ({
  ...pipeline,
  failedAt: { step, statusBefore: pipeline.failedAt?.statusBefore ?? pipeline.status },
});

function withoutFailure({ failedAt: _, ...pipeline }: PipelineState): PipelineState {
  return pipeline;
}

/** What is still to do of a pipeline that failed or was interrupted, in order. */
export function unfinished(pipeline: PipelineState): PipelineStep[] {
  const at = pipeline.running?.step ?? (hasSucceeded(pipeline) ? undefined : pipeline.failedAt?.step);
  return [...(at ? [at] : []), ...pipeline.dropped, ...pipeline.left];
}

/** The pipeline after a person's word on the step that failed or was interrupted: it counts as succeeded, or it runs again. */
export function decide(pipeline: PipelineState, as: Exclude<Decision, 'skip'>): PipelineState {
  if (pipeline.interrupted && pipeline.running) {
    if (as === 'succeeded') return advance({ ...pipeline, aborting: false }, successOf(pipeline));
    const { running, ...rest } = pipeline;
    return { ...rest, interrupted: false, left: [running.step, ...pipeline.left] };
  }
  if (hasSucceeded(pipeline) || !pipeline.failedAt) return pipeline;
  const { step, statusBefore } = pipeline.failedAt;
  const index = pipeline.planned.steps.indexOf(step);
  const reopened: PipelineState = {
    ...withoutFailure(pipeline),
    aborted: false,
    dropped: [],
    retriesLeft: pipeline.planned.recovery ? pipeline.planned.recoveryCounter : 0,
    status: statusBefore,
  };
  if (as === 'again') return { ...reopened, left: pipeline.planned.steps.slice(index) };
  // The post-events and the final notify behind a failed event command have run; behind a failed pre-event there is more to do.
  const left = pipeline.dropped.length > 0 ? pipeline.planned.steps.slice(index + 1) : [];
  return { ...reopened, left, status: isWork(step) ? expected(pipeline) : statusBefore };
}

/** The step whose status is that of the whole pipeline. */
export const isWork = ({ kind }: Pick<PipelineStep, 'kind'>): boolean => kind === 'event' || kind === 'command';
const expected = ({ planned }: PipelineState): number => (planned.expectedStatus === 'X' ? 0 : planned.expectedStatus);
const successOf = (pipeline: PipelineState): number =>
  pipeline.running && isWork(pipeline.running.step) ? expected(pipeline) : 0;
