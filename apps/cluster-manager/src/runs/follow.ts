import {
  applyRecord,
  type ClockReading,
  type DueStep,
  due,
  failedPipeline,
  lostParticipants,
  needsEventError,
  type RunPlan,
  type RunRecord,
  type RunState,
  statusOf,
} from '@fallover/events';

/** What is written together because it follows from each other. */
export interface Followed {
  state: RunState;
  entries: RunEntry[];
  /** The steps that are claimed. */
  claims: string[];
  /** Runs that this one raises beside the queue; their plans are in `entries` as well. */
  children: RunPlan[];
  /** Something is in it that only the coordinator says. */
  coordinates: boolean;
}

export interface RunEntry {
  run: string;
  record: RunRecord;
}

export interface FollowTools {
  at: string;
  clock: ClockReading;
  /** Whether this node may claim this step now. */
  mayClaim(step: DueStep): boolean;
  /** Whether this node says what holds for all: who is lost, and that an event has failed. */
  coordinates: boolean;
  /** By name of node; the numbers of their memberships. */
  members: ReadonlyMap<string, number>;
  /** `running`: that event still runs beside this run; it is counted, not started again. */
  planChild(event: string, args: string[], failedNode: string): RunPlan | { running: string };
}

/**
 * Everything that follows from some records of a run, so that one commit holds it: the claims of the steps that are due now,
 * which participants are lost, and `event_error` where the event has failed (DOMAIN.md section 1).
 */
export function follow(run: RunState, records: readonly RunRecord[], tools: FollowTools): Followed {
  const { at, clock } = tools;
  const id = run.plan.id;
  let state = records.reduce(applyRecord, run);
  const entries: RunEntry[] = records.map((record) => ({ run: id, record }));
  const add = (record: RunRecord): void => {
    entries.push({ run: id, record });
    state = applyRecord(state, record);
  };
  const lost = tools.coordinates ? lostParticipants(state, tools.members) : [];
  for (const { node } of lost) add({ kind: 'lost', at, node });
  const claims = due(state).filter(tools.mayClaim);
  for (const { id: step } of claims) add({ kind: 'started', at, step, clock });

  const children: RunPlan[] = [];
  const fails = tools.coordinates && needsEventError(state);
  if (fails) {
    const failedNode = failedPipeline(state)?.planned.node ?? '';
    const child = tools.planChild('event_error', [String(statusOf(state)), state.plan.event, ...state.plan.args], failedNode);
    if ('running' in child) {
      add({ kind: 'child', at, run: child.running, event: 'event_error', counted: state.decisions.length });
    } else {
      children.push(child);
      add({ kind: 'child', at, run: child.id, event: child.event });
      entries.push({ run: child.id, record: { kind: 'planned', at, plan: child, clock } });
    }
  }
  return { state, entries, claims: claims.map((step) => step.id), children, coordinates: lost.length > 0 || fails };
}
