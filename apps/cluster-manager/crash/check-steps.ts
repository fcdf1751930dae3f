import { parseStepId, scopeOf } from '@fallover/events';
import type { Evidence, JournalledRun, Violation } from './evidence.ts';
import { keyOf, pipelinesOf, plannedStep, recordsOf, type Witnessed, witnessed } from './history.ts';

/** P2: a step starts at most once; it is finished or interrupted, and shown as such; it never silently runs again. */
export function checkSteps(evidence: Evidence): Violation[] {
  const seen = witnessed(evidence);
  return [
    ...startsOf(evidence, seen),
    ...evidence.runs.flatMap((run) => [...endsOf(run, seen), ...again(run)]),
    ...shown(evidence),
  ];
}

function startsOf({ runs }: Evidence, seen: Map<string, Witnessed>): Violation[] {
  const claimedAt = new Map<string, string>();
  const found: Violation[] = [];
  for (const { at, step } of runs.flatMap((run) => recordsOf(run, 'started'))) {
    if (claimedAt.has(step)) found.push({ code: 'claimed_twice', sentence: `The journal has two claims of step ${step}.` });
    else claimedAt.set(step, at);
  }
  for (const [step, { start, starts }] of seen) {
    if (!parseStepId(step) || !start) continue;
    if (starts > 1) found.push({ code: 'started_twice', sentence: `Step ${step} was started ${starts} times.` });
    const claim = claimedAt.get(step);
    if (claim === undefined) {
      found.push({ code: 'started_without_claim', sentence: `Step ${step} was started, and the journal has no claim of it.` });
    } else if (Date.parse(claim) > start.at) {
      const ms = Date.parse(claim) - start.at;
      found.push({ code: 'started_before_its_claim', sentence: `Step ${step} was started ${ms} ms before its claim.` });
    }
  }
  return found;
}

function endsOf(run: JournalledRun, seen: Map<string, Witnessed>): Violation[] {
  const pipelines = pipelinesOf(run);
  const aborted = recordsOf(run, 'abort').length > 0;
  const interrupted = new Set(recordsOf(run, 'interrupted').map(({ step }) => step));
  const finished = recordsOf(run, 'finished');
  const over = new Set([...interrupted, ...finished.map(({ step }) => step)]);
  const found: Violation[] = [];
  for (const { step, result } of finished) {
    if (interrupted.has(step))
      found.push({ code: 'interrupted_and_finished', sentence: `The journal has step ${step} both interrupted and finished.` });
    const pipeline = pipelines.get(scopeOf(step))?.planned;
    const planned = pipeline && plannedStep(pipeline, keyOf(step));
    if (planned && planned.command === undefined) continue; // a built-in command has no witness
    const { start, end } = seen.get(step) ?? {};
    const { status, fault, signal } = result;
    if (fault) {
      const why = `${fault.code}${fault.reason === undefined ? '' : `, ${fault.reason}`}`;
      found.push({ code: 'refused_to_start', sentence: `Step ${step} was not started (${why}) although its command can be.` });
    } else if (signal !== undefined) {
      if (!aborted) found.push({ code: 'ended_by_nobody', sentence: `Step ${step} ended by ${signal}, and nobody aborted it.` });
    } else if (!start) {
      found.push({ code: 'finished_without_start', sentence: `The journal has step ${step} finished, and it never started.` });
    } else if (!end) {
      found.push({ code: 'finished_without_end', sentence: `The journal has step ${step} finished, and it never ended.` });
    } else if (end.status !== status) {
      const sentence = `Step ${step} ended with status ${end.status}, and the journal has ${status}.`;
      found.push({ code: 'other_status', sentence });
    }
  }
  for (const { step } of recordsOf(run, 'started'))
    if (!over.has(step))
      found.push({ code: 'left_open', sentence: `Step ${step} was claimed, and is neither finished nor interrupted.` });
  return found;
}

/** Behind an interrupted step of a pipeline nothing starts until a person has decided. */
function again({ records }: JournalledRun): Violation[] {
  const waiting = new Map<string, string>();
  const found: Violation[] = [];
  for (const record of records) {
    if (record.kind === 'interrupted') waiting.set(scopeOf(record.step), record.step);
    else if (record.kind === 'decided') waiting.clear();
    else if (record.kind === 'started') {
      const interrupted = waiting.get(scopeOf(record.step));
      if (interrupted === undefined) continue;
      const sentence = `Step ${record.step} was claimed although nobody had decided on the interrupted step ${interrupted}.`;
      found.push({ code: 'run_again_without_decision', sentence });
    }
  }
  return found;
}

function shown({ runs, views }: Evidence): Violation[] {
  const byRun = new Map(views.map((view) => [view.run, view]));
  const found: Violation[] = [];
  for (const run of runs) {
    const view = byRun.get(run.row.id);
    if (!view) continue;
    const shownAs = new Map(view.steps.map(({ id, state, status }) => [id, state === 'finished' ? `finished ${status}` : state]));
    const known = [
      ...recordsOf(run, 'interrupted').map(({ step }) => [step, 'interrupted'] as const),
      ...recordsOf(run, 'finished').map(({ step, result }) => [step, `finished ${result.status}`] as const),
    ];
    for (const [step, state] of known) {
      if (shownAs.get(step) === state) continue;
      const sentence = `Step ${step} is ${state} in the journal, and shown as ${shownAs.get(step) ?? 'nothing'}.`;
      found.push({ code: 'shown_otherwise', sentence });
    }
  }
  return found;
}
