import {
  applyRecord,
  type ClockReading,
  type DueStep,
  due,
  failedPipeline,
  type RunPlan,
  type RunRecord,
  type RunState,
  statusOf,
} from '@fallover/events';
import type { JournalEntry } from '../journal/journal.ts';

/** What a commit of the journal holds, and what is started once it is durable. */
export interface Followed {
  state: RunState;
  entries: JournalEntry[];
  starts: DueStep[];
  /** Runs that this one raises beside the queue; their plans are in `entries` as well. */
  children: RunPlan[];
}

export interface FollowTools {
  at: string;
  clock: ClockReading;
  /** Undefined when that event still runs beside this run: it is counted, not started again. */
  planChild(event: string, args: string[], failedNode: string): RunPlan | undefined;
}

/**
 * Everything that follows from some records of a run, so that one commit holds it: the claims of the steps that are due
 * now, and `event_error` where the event has failed (DOMAIN.md section 1).
 */
export function follow(run: RunState, records: readonly RunRecord[], { at, clock, planChild }: FollowTools): Followed {
  let state = records.reduce(applyRecord, run);
  const entries: JournalEntry[] = records.map((record) => ({ run: run.plan.id, record }));
  const add = (record: RunRecord): void => {
    entries.push({ run: run.plan.id, record });
    state = applyRecord(state, record);
  };
  const starts = due(state);
  for (const { id } of starts) add({ kind: 'started', at, step: id, clock });

  const children: RunPlan[] = [];
  if (hasJustFailed(run, state, records)) {
    const failedNode = failedPipeline(state)?.planned.node ?? '';
    const plan = planChild('event_error', [String(statusOf(state)), state.plan.event, ...state.plan.args], failedNode);
    if (plan) {
      children.push(plan);
      add({ kind: 'child', at, run: plan.id, event: plan.event });
      entries.push({ run: plan.id, record: { kind: 'planned', at, plan, clock } });
    }
  }
  return { state, entries, starts, children };
}

/** Only an event that failed raises `event_error`; one that was lost waits for a person, and a child raises nothing. */
function hasJustFailed(before: RunState, after: RunState, records: readonly RunRecord[]): boolean {
  if (after.state !== 'awaiting_decision' || after.outcome === 'interrupted') return false;
  return before.state === 'running' || records.some(({ kind }) => kind === 'decided');
}
