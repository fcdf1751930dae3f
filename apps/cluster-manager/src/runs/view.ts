import type { RunSummary, RunView, StepView } from '@fallover/contract';
import {
  argumentsOf,
  failedPipeline,
  failureSentence,
  findEvent,
  isWork,
  type PipelineStep,
  parseStepId,
  phasesOf,
  type RunRecord,
  type RunState,
  replay,
  scopeOf,
  startFaultSentence,
  stepsToRun,
} from '@fallover/events';
import type { QueuedEvent } from '@fallover/store';
import type { RunRow } from '../journal/run-row.ts';

export interface ViewTools {
  outputBytes(step: string): number;
}

/** A run with its steps, as screens and the shell show it: another view of the same records. */
export function viewOf(row: RunRow, records: readonly RunRecord[], tools: ViewTools): RunView | undefined {
  const run = replay(records);
  if (!run) return undefined;
  const failure = failureOf(run);
  const timed = run.plan.program.flat().filter((pipeline) => pipeline.timeUntilWarning !== undefined);
  const { timeUntilWarning } = timed.find(({ event }) => event === run.plan.event) ?? timed[0] ?? {};
  const steps = stepsOf(run, records, tools);
  const { phases, waitingFor } = phasesOf(run);
  return {
    ...summaryOf(row),
    phases,
    participants: run.plan.participants ?? [],
    lost: run.lost,
    waitingFor: waitingFor.map((waited) => {
      const since = steps.find(({ id }) => id === waited.step)?.startedAt;
      return { ...waited, ...(since === undefined ? {} : { since }) };
    }),
    steps,
    toRun: stepsToRun(run),
    skipped: run.skipped,
    warnedAt: run.warnings,
    ...(timeUntilWarning === undefined ? {} : { timeUntilWarning }),
    decisions: run.decisions,
    children: run.children,
    ...(failure === undefined ? {} : { failure }),
    membership: run.plan.membership,
  };
}

export const summaryOf = (row: RunRow): RunSummary => row;

export const queuedSummary = ({ run, event, args, origin, drill, acceptedAt }: QueuedEvent, eventClass: string): RunSummary => ({
  id: run,
  event,
  args,
  eventClass,
  origin,
  drill,
  revision: 0,
  state: 'queued',
  acceptedAt,
  warnings: 0,
});

export const summaryOfQueued = (event: QueuedEvent): RunSummary =>
  queuedSummary(event, findEvent(event.event)?.eventClass ?? 'user_defined');

export const queuedView = (summary: RunSummary, node: string): RunView => ({
  ...summary,
  phases: [],
  participants: [],
  lost: [],
  waitingFor: [],
  steps: [],
  toRun: [],
  skipped: [],
  warnedAt: [],
  decisions: [],
  children: [],
  membership: { before: [node], after: [node] },
});

function stepsOf(run: RunState, records: readonly RunRecord[], tools: ViewTools): StepView[] {
  const steps = new Map<string, StepView>();
  for (const record of records) {
    if (record.kind === 'started') {
      const scope = scopeOf(record.step);
      const planned = run.pipelines[scope]?.planned;
      const path = parseStepId(record.step)?.steps.at(-1);
      if (!planned || !path) continue;
      const step = stepNamed(path.key, planned.steps, planned.recovery);
      steps.set(record.step, {
        id: record.step,
        scope,
        node: planned.node,
        event: planned.event,
        kind: step?.kind ?? 'event',
        key: path.key,
        attempt: path.attempt,
        ...(step?.command === undefined ? {} : { command: step.command }),
        ...(step?.customEvent === undefined ? {} : { customEvent: step.customEvent }),
        ...(planned.expectedStatus !== 0 && step && isWork(step) ? { expectedStatus: planned.expectedStatus } : {}),
        state: 'running',
        startedAt: record.at,
      });
      continue;
    }
    const step = 'step' in record && record.step !== undefined ? steps.get(record.step) : undefined;
    if (!step) continue;
    if (record.kind === 'command') {
      const { argv, environment, sha256 } = record.command;
      const token = Number(environment.FALLOVER_TOKEN);
      Object.assign(step, {
        argv,
        environment,
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(Number.isSafeInteger(token) && token > 0 ? { token } : {}),
      });
    } else if (record.kind === 'finished') {
      const { fault, signal, outputLostFrom, ...result } = record.result;
      Object.assign(step, result, {
        state: 'finished',
        endedAt: record.at,
        ...(signal === undefined ? {} : { signal }),
        ...(outputLostFrom === undefined ? {} : { outputLostFrom }),
        ...(fault === undefined ? {} : { fault: { ...fault, sentence: startFaultSentence(fault) } }),
      });
    } else if (record.kind === 'interrupted') {
      Object.assign(step, { state: 'interrupted', endedAt: record.at });
    }
  }
  for (const step of steps.values()) {
    const { lost, running } = run.pipelines[step.scope] ?? {};
    if (lost && running?.id === step.id) {
      if (step.state === 'finished') step.late = true;
      else {
        step.state = 'lost';
        // Whether it went on is not known; nobody has heard of it since.
        const lostAt = run.lost.find(({ node }) => node === step.node)?.at;
        if (lostAt !== undefined) step.endedAt = lostAt;
      }
    }
    if (step.state === 'finished') continue;
    step.outputBytes = tools.outputBytes(step.id);
    // What the launcher said of the command went with the daemon that was told; the planner says the same.
    const { args = [] } = run.pipelines[step.scope]?.planned ?? {};
    const status = run.pipelines[step.scope]?.status ?? 0;
    if (step.command !== undefined) step.argv ??= [step.command, ...argumentsOf({ ...step, args, status })];
  }
  return [...steps.values()];
}

const stepNamed = (key: string, steps: readonly PipelineStep[], recovery?: PipelineStep): PipelineStep | undefined =>
  key === 'recovery' ? recovery : steps.find((step) => step.key === key);

function failureOf(run: RunState): RunView['failure'] {
  const sentence = failureSentence(run);
  const pipeline = failedPipeline(run);
  if (sentence === undefined || !pipeline) return undefined;
  return { ...(pipeline.running ? { step: pipeline.running.id } : {}), node: pipeline.planned.node, sentence };
}
