import { applyRecord, type RunRecord, type RunState, startRun } from '@fallover/events';
import type { Evidence, JournalledRun, Violation } from './evidence.ts';
import { recordsOf } from './history.ts';

/** `event_error` is raised once for each failure of a root run, and never by a child; no child is there that nobody raised. */
export function checkChildren({ runs }: Evidence): Violation[] {
  const byId = new Map(runs.map((run) => [run.row.id, run]));
  return runs.flatMap((run) => [...(run.row.parent === undefined ? raised(run, byId) : ofAChild(run, run.row.parent, byId))]);
}

const childrenOf = ({ records }: JournalledRun): string[] =>
  records.flatMap((record) => {
    if (record.kind === 'child') return [record.run];
    return record.kind === 'warned' && record.child !== undefined ? [record.child] : [];
  });

function raised(run: JournalledRun, byId: Map<string, JournalledRun>): Violation[] {
  const { id } = run.row;
  const found: Violation[] = [];
  const ids = childrenOf(run);
  for (const child of ids)
    if (byId.get(child)?.row.parent !== id)
      found.push({ code: 'event_error_missing', sentence: `Run ${id} has raised ${child}, which is in no journal.` });

  const errors = recordsOf(run, 'child').filter(({ event }) => event === 'event_error');
  const failures = failuresOf(run.records);
  // One that still runs is counted, not started again.
  const needed = failures.filter((at) => !errors.some((error) => error.at < at && endedAt(byId.get(error.run)) >= at)).length;
  if (errors.length < needed) {
    const sentence = `Run ${id} failed ${failures.length} times and raised event_error ${errors.length} times.`;
    found.push({ code: 'event_error_missing', sentence });
  }
  const inJournal = [...byId.values()].filter(({ row }) => row.parent === id && row.event === 'event_error').length;
  if (errors.length > failures.length || inJournal > errors.length) {
    const sentence = `Run ${id} failed ${failures.length} times, and event_error ran ${Math.max(errors.length, inJournal)} times.`;
    found.push({ code: 'event_error_twice', sentence });
  }
  return found;
}

const endedAt = (run: JournalledRun | undefined): string => run?.records.at(-1)?.at ?? '';

/** When the run came to wait for a decision because its event had failed or was aborted. */
function failuresOf(records: readonly RunRecord[]): string[] {
  let state: RunState | undefined;
  const failures: string[] = [];
  for (const record of records) {
    const before = state;
    state = record.kind === 'planned' ? startRun(record.plan) : state && applyRecord(state, record);
    const waits = state?.state === 'awaiting_decision' && state.outcome !== 'interrupted';
    if (waits && (before?.state === 'running' || record.kind === 'decided')) failures.push(record.at);
  }
  return failures;
}

function ofAChild(run: JournalledRun, parent: string, byId: Map<string, JournalledRun>): Violation[] {
  const { id, event } = run.row;
  const found: Violation[] = [];
  if (childrenOf(run).length > 0) {
    const sentence = `Run ${id}, which is ${event} of run ${parent}, has raised a child itself.`;
    found.push({ code: 'child_raised_a_child', sentence });
  }
  const raisedBy = byId.get(parent);
  if (!raisedBy || !childrenOf(raisedBy).includes(id))
    found.push({ code: 'child_nobody_raised', sentence: `Run ${id}, ${event}, is a child that run ${parent} has not raised.` });
  return found;
}
