import {
  type ClockReading,
  findEvent,
  type RunPlan,
  type RunRecord,
  type RunState,
  recordKey,
  replay,
  scopeOf,
  statusOf,
} from '@fallover/events';
import type { QueuedEvent } from '@fallover/store';
import type { RunRow } from '../journal/run-row.ts';
import { durationOf } from './duration.ts';

/** A run that has not ended, as the cluster manager holds it in memory: what its journal says, and who waits for what. */
export interface LiveRun {
  id: string;
  state: RunState;
  records: RunRecord[];
  /** The keys of `records`. */
  known: Set<string>;
  /** The revision of the run's control key where many nodes share it. */
  control: number;
  /** When the first step of each pipeline was claimed: time until warning counts from there. */
  began: Map<string, { at: string; clock: ClockReading }>;
  /** Records that need no commit of their own; they go with the next. */
  later: RunRecord[];
  /** One change at a time. */
  turn: Promise<void>;
  /** Who waits for a sub-event's STATUS, by its scope. */
  waiting: Map<string, (status: number) => void>;
  /** Calls of sub-events by their request's id: a repeat gets the first answer. */
  calls: Map<string, Promise<number>>;
  warningTimer?: NodeJS.Timeout;
  /** Ends built-in commands that run. */
  builtIns: Map<string, AbortController>;
}

export function liveRun(records: RunRecord[]): LiveRun | undefined {
  const state = replay(records);
  if (!state) return undefined;
  const live: LiveRun = {
    id: state.plan.id,
    state,
    records: [],
    known: new Set(),
    control: 0,
    began: new Map(),
    later: [],
    turn: Promise.resolve(),
    waiting: new Map(),
    calls: new Map(),
    builtIns: new Map(),
  };
  remember(live, records);
  return live;
}

export function remember(live: LiveRun, records: readonly RunRecord[]): void {
  for (const record of records) {
    live.records.push(record);
    live.known.add(recordKey(record));
    if (record.kind !== 'started') continue;
    const scope = scopeOf(record.step);
    if (!live.began.has(scope)) live.began.set(scope, { at: record.at, clock: record.clock });
  }
}

/** The run as lists show it. */
export function rowOf({ plan, ...run }: RunState, records: readonly RunRecord[]): RunRow {
  const startedAt = records.find(({ kind }) => kind === 'planned')?.at;
  const last = records.at(-1)?.at;
  const durationMs = run.state === 'ended' ? durationOf(records) : undefined;
  const node = soleNodeOf(plan);
  return {
    id: plan.id,
    event: plan.event,
    args: plan.args,
    eventClass: plan.eventClass,
    ...(node === undefined ? {} : { node }),
    origin: plan.origin,
    ...(plan.parent === undefined ? {} : { parent: plan.parent }),
    drill: plan.drill,
    revision: plan.revision.number,
    state: run.state,
    ...(run.outcome === undefined ? {} : { outcome: run.outcome }),
    ...(run.state === 'running' ? {} : { status: statusOf({ plan, ...run }) }),
    acceptedAt: plan.acceptedAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(run.state === 'ended' && last !== undefined ? { endedAt: last } : {}),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(run.state === 'ended' ? { outputBytes: outputOf(records) } : {}),
    warnings: run.warnings.length,
    ...(run.lost.length === 0 ? {} : { without: run.lost.map(({ node }) => node) }),
  };
}

function soleNodeOf({ program, membership }: RunPlan): string | undefined {
  const [node, ...others] = new Set(program.flat().map((pipeline) => pipeline.node));
  return others.length === 0 && membership.after.length > 1 ? node : undefined;
}

const outputOf = (records: readonly RunRecord[]): number =>
  records.reduce((sum, record) => sum + (record.kind === 'finished' ? record.result.outputBytes : 0), 0);

/** The row of an event that a person cancelled before it was processed. */
export const cancelledRow = ({ run, event, args, origin, drill, acceptedAt }: QueuedEvent): RunRow => ({
  id: run,
  event,
  args,
  eventClass: findEvent(event)?.eventClass ?? 'user_defined',
  origin,
  drill,
  revision: 0,
  state: 'cancelled',
  acceptedAt,
  warnings: 0,
});
