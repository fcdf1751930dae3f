import { type PlannedPipeline, runOf, scopeOf } from '@fallover/events';
import type { Evidence, JournalledRun, Violation } from './evidence.ts';
import { attemptOf, keyOf, pipelinesOf, plannedStep, recordsOf, type Witnessed, witnessed } from './history.ts';

/** P3: in each pipeline the order is the plan's, one step at a time; root runs come one after the other. */
export function checkOrder(evidence: Evidence): Violation[] {
  const seen = witnessed(evidence);
  return [
    ...evidence.runs.flatMap((run) => [...orderInJournal(run), ...orderInWitness(run, seen), ...subEvents(run, seen)]),
    ...rootRuns(evidence, seen),
  ];
}

interface Progress {
  last?: { step: string; status?: number };
  running?: string;
  attempts: Map<string, number>;
  /** A person has decided, or has aborted, since the last claim: the pipeline may go on at another place. */
  free: boolean;
}

function orderInJournal(run: JournalledRun): Violation[] {
  const pipelines = pipelinesOf(run);
  const progress = new Map<string, Progress>();
  const of = (step: string): Progress => {
    const scope = scopeOf(step);
    const known = progress.get(scope) ?? { attempts: new Map(), free: false };
    progress.set(scope, known);
    return known;
  };
  const found: Violation[] = [];
  for (const record of run.records) {
    if (record.kind === 'decided' || record.kind === 'abort') {
      for (const known of progress.values()) known.free = true;
    } else if (record.kind === 'finished' || record.kind === 'interrupted') {
      const known = of(record.step);
      delete known.running;
      if (record.kind === 'finished' && known.last?.step === record.step) known.last.status = record.result.status;
    } else if (record.kind === 'started') {
      const known = of(record.step);
      found.push(...claimFaults(record.step, known, pipelines.get(scopeOf(record.step))?.planned));
      const key = keyOf(record.step);
      known.attempts.set(key, attemptOf(record.step));
      known.running = record.step;
      known.last = { step: record.step };
      known.free = false;
    }
  }
  return [...found, ...cutShort(run, progress)];
}

function claimFaults(step: string, known: Progress, planned: PlannedPipeline | undefined): Violation[] {
  const key = keyOf(step);
  if (!planned || !plannedStep(planned, key))
    return [{ code: 'not_in_the_plan', sentence: `Step ${step} is not in its pipeline's plan.` }];
  const found: Violation[] = [];
  if (known.running !== undefined) {
    const sentence = `Step ${step} was claimed while the journal had ${known.running} running.`;
    found.push({ code: 'started_before_the_one_before_ended', sentence });
  }
  const expected = (known.attempts.get(key) ?? 0) + 1;
  if (attemptOf(step) !== expected)
    found.push({
      code: 'attempt_out_of_order',
      sentence: `Step ${step} is attempt ${attemptOf(step)} where ${expected} is next.`,
    });
  if (!known.free && !mayFollow(planned, known.last, key)) {
    const sentence = `Step ${step} follows ${known.last?.step ?? 'nothing'}, which is not the order of its plan.`;
    found.push({ code: 'order_of_the_pipeline', sentence });
  }
  return found;
}

function mayFollow(planned: PlannedPipeline, last: Progress['last'], key: string): boolean {
  const place = (of: string): number => planned.steps.findIndex((step) => step.key === (of === 'recovery' ? 'event' : of));
  if (!last) return place(key) === 0;
  const before = keyOf(last.step);
  if (place(key) === place(before)) return key !== before; // event and recovery take turns
  if (key === 'recovery') return false;
  const skips = planned.failOnPrePost && before.startsWith('pre_event') && last.status !== 0;
  if (skips) return place(key) === place('event') + 1;
  return place(key) === place(before) + 1;
}

/** A run that succeeded without a person's help has come to the end of each of its pipelines. */
function cutShort(run: JournalledRun, progress: Map<string, Progress>): Violation[] {
  if (run.row.outcome !== 'succeeded' || recordsOf(run, 'decided').length > 0) return [];
  return recordsOf(run, 'planned')
    .flatMap(({ plan }) => plan.program.flat())
    .filter(({ scope, steps }) => keyOf(progress.get(scope)?.last?.step ?? '') !== steps.at(-1)?.key)
    .map(({ scope }) => ({ code: 'pipeline_cut_short', sentence: `Pipeline ${scope} succeeded without its last step.` }));
}

function orderInWitness(run: JournalledRun, seen: Map<string, Witnessed>): Violation[] {
  const noEnd = unfinished(run);
  const last = new Map<string, string>();
  const found: Violation[] = [];
  for (const { step } of recordsOf(run, 'started')) {
    const start = seen.get(step)?.start;
    if (!start) continue;
    const before = last.get(scopeOf(step));
    last.set(scopeOf(step), step);
    if (before === undefined || noEnd.has(before)) continue;
    const end = seen.get(before)?.end;
    if (end && end.place < start.place) continue;
    const sentence = `Step ${step} was started before ${before} had ended.`;
    found.push({ code: 'started_before_the_one_before_ended', sentence });
  }
  return found;
}

/** Steps that need no witnessed end before the next one: they were lost, or ended by a signal. */
function unfinished(run: JournalledRun): Set<string> {
  const bySignal = recordsOf(run, 'finished').filter(({ result }) => result.signal !== undefined);
  return new Set([...recordsOf(run, 'interrupted'), ...bySignal].map(({ step }) => step));
}

/** A step of a sub-event is claimed only while the step that called it runs. */
function subEvents(run: JournalledRun, seen: Map<string, Witnessed>): Violation[] {
  const pipelines = pipelinesOf(run);
  const running = new Set<string>();
  const found: Violation[] = [];
  for (const record of run.records) {
    if (record.kind === 'finished' || record.kind === 'interrupted') running.delete(record.step);
    if (record.kind !== 'started') continue;
    running.add(record.step);
    const caller = pipelines.get(scopeOf(record.step))?.caller;
    if (caller === undefined) continue;
    const called = seen.get(caller)?.start;
    const start = seen.get(record.step)?.start;
    if (running.has(caller) && !(start && called && start.place < called.place)) continue;
    const sentence = `Step ${record.step} of a sub-event was started while its caller ${caller} did not run.`;
    found.push({ code: 'sub_event_without_caller', sentence });
  }
  return found;
}

function rootRuns({ runs, witness }: Evidence, seen: Map<string, Witnessed>): Violation[] {
  const roots = new Map(runs.filter(({ row }) => row.parent === undefined).map((run) => [run.row.id, run]));
  const left = new Set<string>();
  let current = '';
  const found: Violation[] = [];
  for (const [place, line] of witness.entries()) {
    const run = runOf(line.step);
    if (line.kind !== 'start' || !roots.has(run) || run === current) continue;
    if (left.has(run)) {
      found.push({ code: 'root_runs_overlap', sentence: `Step ${line.step} was started after run ${current} had begun.` });
    } else if (current !== '') {
      const before = roots.get(current) as JournalledRun;
      const noEnd = unfinished(before);
      for (const { step } of recordsOf(before, 'finished')) {
        const { start, end } = seen.get(step) ?? {};
        if (noEnd.has(step) || !start || (end && end.place < place)) continue;
        found.push({ code: 'root_runs_overlap', sentence: `Run ${run} began before step ${step} of the run before had ended.` });
      }
    }
    left.add(current);
    current = run;
  }
  return found;
}
