import {
  argumentsOf,
  completedMarker,
  failedMarker,
  failureSentence,
  hasSucceeded,
  interruptionSentence,
  isOver,
  isStepRunning,
  type LocalTime,
  noteLine,
  outputLine,
  outputPrefix,
  type PipelineStep,
  type PlannedPipeline,
  parseStepId,
  type RunRecord,
  type RunState,
  referenceLine,
  referenceString,
  type StepKind,
  type SummaryAction,
  scopeOf,
  startFaultSentence,
  startMarker,
  stepWords,
  summaryBlock,
} from '@fallover/events';

/** The step of an id as its pipeline has planned it. */
export function plannedStep(run: RunState, id: string): { step: PipelineStep; pipeline: PlannedPipeline } | undefined {
  const pipeline = run.pipelines[scopeOf(id)]?.planned;
  const key = parseStepId(id)?.steps.at(-1)?.key;
  const step = key === 'recovery' ? pipeline?.recovery : pipeline?.steps.find((planned) => planned.key === key);
  return pipeline && step ? { step, pipeline } : undefined;
}

export interface LineTools {
  time(at: string): LocalTime;
  /** The first step of a pipeline, or the first after it was taken up again. */
  isFirst(scope: string): boolean;
}

/** The lines of hacmp.out that a record stands for, without the output of commands; `run` is the run after the record. */
export function linesOf(run: RunState, record: RunRecord, { time, isFirst }: LineTools): string[] {
  const at = time(record.at);
  switch (record.kind) {
    case 'planned':
    case 'command':
    case 'sub_event':
    case 'child':
      return [];
    case 'started':
      return startLines(run, record.step, at, isFirst(scopeOf(record.step)));
    case 'finished': {
      const planned = plannedStep(run, record.step);
      if (!planned) return [];
      const { status, signal, fault, durationMs } = record.result;
      const prefix = outputPrefix(record.step, planned.pipeline.event);
      const how = signal === undefined ? `status ${status}` : `status ${status} (${signal})`;
      return [
        ...(fault === undefined ? [] : [outputLine(prefix, startFaultSentence(fault))]),
        outputLine(prefix, `ended with ${how} after ${(durationMs / 1000).toFixed(3)} s`),
      ];
    }
    case 'interrupted':
      return [noteLine(at, `${describe(run, record.step)}: ${interruptionSentence(record.reason)}`)];
    case 'abort':
      return [noteLine(at, `${record.by} aborts ${record.step === undefined ? eventOf(run) : describe(run, record.step)}.`)];
    case 'warned':
      return [noteLine(at, `config_too_long: event ${eventOf(run)} has been running for ${record.seconds} seconds.`)];
    case 'lost':
      return [noteLine(at, `${record.node} has left the cluster: ${eventOf(run)} goes on without it.`)];
    case 'decided':
      return [noteLine(at, `${record.by} recovers ${eventOf(run)} from script failure: ${DECISION_WORDS[record.as]}.`)];
  }
}

const DECISION_WORDS = {
  skip: 'the rest of the event is skipped',
  succeeded: 'the failed step counts as succeeded',
  again: 'the failed step runs again',
} as const;

const eventOf = ({ plan }: RunState): string => [plan.event, ...plan.args].join(' ');

function describe(run: RunState, id: string): string {
  const planned = plannedStep(run, id);
  return planned ? `the ${stepWords(planned.step)} of ${[planned.pipeline.event, ...planned.pipeline.args].join(' ')}` : id;
}

function startLines(run: RunState, id: string, at: LocalTime, first: boolean): string[] {
  const planned = plannedStep(run, id);
  if (!planned) return [];
  const { step, pipeline } = planned;
  const prefix = outputPrefix(id, pipeline.event);
  const status = run.pipelines[scopeOf(id)]?.status ?? 0;
  const args = argumentsOf({ kind: step.kind, event: pipeline.event, args: pipeline.args, status });
  const command = step.command ?? (step.kind === 'event' ? `${pipeline.event} (built-in)` : (step.customEvent ?? ''));
  const { scriptName, resource } = named(step, pipeline);
  return [
    ...(first ? [startMarker(at, pipeline.event, pipeline.args)] : []),
    outputLine(prefix, `+ ${[command, ...args].join(' ')}`),
    outputLine(prefix, referenceLine(referenceString(at, scriptName, resource))),
  ];
}

const named = (step: PipelineStep, pipeline: PlannedPipeline): { scriptName: string; resource: string } => ({
  scriptName: step.command?.split('/').at(-1) ?? step.customEvent ?? pipeline.event,
  resource: step.customEvent ?? pipeline.event,
});

const ACTION_WORDS: Record<StepKind, string> = {
  notify_start: 'Notified of the start',
  pre_event: 'Pre-event',
  event: 'Event command',
  command: 'Recovery program',
  recovery: 'Recovery command',
  post_event: 'Post-event',
  notify_complete: 'Notified of the end',
};

/**
 * Whether nothing of a pipeline is still to run: it has come to its end, its run is over without it (a person skipped the
 * rest), or it is a sub-event that ended nowhere because the step that called it is gone.
 */
export function hasEnded(run: RunState, scope: string): boolean {
  const state = run.pipelines[scope];
  if (!state) return false;
  const callerIsGone = state.caller !== undefined && !isStepRunning(run, state.caller);
  return isOver(state) || run.state === 'ended' || (callerIsGone && (!state.running || state.interrupted));
}

/** The end of a pipeline: its marker, and the summary of an event that the cluster manager initiated. */
export function endLines(run: RunState, scope: string, records: readonly RunRecord[], time: LineTools['time']): string[] {
  const state = run.pipelines[scope];
  const mine = records.filter((record) => 'step' in record && record.step !== undefined && record.step.startsWith(`${scope}/`));
  const started = mine.find(({ kind }) => kind === 'started');
  const last = records.at(-1);
  if (!state || !started || !last) return [];
  const { event, args } = state.planned;
  const endedAt = time(last.at);
  const marker =
    isOver(state) && hasSucceeded(state)
      ? completedMarker(endedAt, event, args, state.status)
      : failedMarker(endedAt, event, args, state.status || UNKNOWN_STATUS);
  if (state.caller !== undefined) return [marker];
  const failure = failureSentence(run);
  return [
    marker,
    ...(failure === undefined ? [] : [noteLine(endedAt, failure)]),
    ...summaryBlock({ event, args, startedAt: time(started.at), endedAt, actions: actionsOf(run, mine, time) }),
  ];
}

/** Of an event that was interrupted, or aborted by a command that said all is well: never 0 where it has not succeeded. */
const UNKNOWN_STATUS = 1;

/** What was done, in order, as the table of the summary tells it; built-in commands that only call others are left out. */
function actionsOf(run: RunState, records: readonly RunRecord[], time: LineTools['time']): SummaryAction[] {
  const claimed = new Map(records.flatMap((record) => (record.kind === 'started' ? [[record.step, record.at] as const] : [])));
  return records.flatMap((record): SummaryAction[] => {
    if (record.kind !== 'finished') return [];
    const planned = plannedStep(run, record.step);
    if (!planned || (planned.step.command === undefined && planned.step.customEvent === undefined)) return [];
    const action = `${ACTION_WORDS[planned.step.kind]}, status ${record.result.status}`;
    return [{ action, ...named(planned.step, planned.pipeline), at: time(claimed.get(record.step) ?? record.at) }];
  });
}
