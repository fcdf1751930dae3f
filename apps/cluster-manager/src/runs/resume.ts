import { type DefinitionDocument, parseStepId, type RunRecord } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { Leftover, LeftoverEvents } from '../executor/leftovers.ts';
import type { Journal } from '../journal/journal.ts';
import { decideAsAsked } from './asked-decisions.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import { cancelledRow, type LiveRun, liveRun, rowOf } from './live-run.ts';

export interface ActiveDocument {
  number: number;
  hash: string;
  document: DefinitionDocument;
}

/** What earlier launchers of this node have left, and how that is settled. */
export interface SettleParts {
  node: string;
  engine: Engine;
  clock: Clock;
  /** What earlier launchers have finished or still run, by step. */
  leftovers: ReadonlyMap<string, Leftover>;
  /** Tells how each step that an earlier launcher still runs has ended. */
  watchLeftovers(steps: string[], events: LeftoverEvents): Promise<void>;
  /** Removes what launchers left that have ended. */
  forgetLeftovers(): void;
}

/**
 * What became of the steps that an earlier daemon claimed. What its launcher finished meanwhile is taken from what that left on
 * disk; what still runs is waited for; what nobody can tell of is *interrupted*, and never silently run again (P2, P10).
 */
export async function settleSteps(parts: SettleParts, runs: readonly Pick<LiveRun, 'id' | 'records'>[]): Promise<void> {
  const told: Promise<void>[] = [];
  for (const run of runs) told.push(...(await settleRun(parts, run)));
  // A result that could not be recorded (the daemon stops) is left for the next one.
  void Promise.all(told).then(parts.forgetLeftovers, () => {});
}

/** What is still to be waited for, until its result is in the journal. */
async function settleRun(
  { node, engine, clock, leftovers, watchLeftovers }: SettleParts,
  run: Pick<LiveRun, 'id' | 'records'>,
): Promise<Promise<void>[]> {
  // Sub-events first: a step that called one ends after it.
  const deepestFirst = unsettledSteps(run.records, node).sort((a, b) => depth(b) - depth(a));
  const records: RunRecord[] = [];
  const stillRunning: string[] = [];
  for (const step of deepestFirst) {
    const leftover = leftovers.get(step);
    if (leftover === undefined) records.push(interruption(clock, run.records, step));
    else if ('finished' in leftover) records.push({ kind: 'finished', at: clock.now(), step, result: leftover.finished });
    else stillRunning.push(step);
  }
  await engine.tell(run.id, records);
  if (stillRunning.length === 0) return [];
  const told: Promise<void>[] = [];
  const tell = (record: RunRecord): void => void told.push(engine.tell(run.id, [record]));
  const watched = watchLeftovers(stillRunning, {
    finished: (step, result) => tell({ kind: 'finished', at: clock.now(), step, result }),
    lost: (step) => tell(interruption(clock, run.records, step)),
  });
  return [watched.then(async () => void (await Promise.all(told)))];
}

/** The steps of this node that were claimed and of which no end is recorded. */
function unsettledSteps(records: readonly RunRecord[], node: string): string[] {
  const open = new Set<string>();
  for (const record of records) {
    if (record.kind === 'started' && parseStepId(record.step)?.node === node) open.add(record.step);
    if (record.kind === 'finished' || record.kind === 'interrupted') open.delete(record.step);
  }
  return [...open];
}

function interruption(clock: Clock, records: readonly RunRecord[], step: string): RunRecord {
  const claim = records.find((record) => record.kind === 'started' && record.step === step);
  const sameBoot = claim?.kind === 'started' && claim.clock.bootId === clock.reading().bootId;
  return { kind: 'interrupted', at: clock.now(), step, reason: sameBoot ? 'cluster_manager_died' : 'node_restarted' };
}

const depth = (step: string): number => parseStepId(step)?.steps.length ?? 0;

/** More records than a daemon can have made durable without writing them to the log. */
const LATELY = 64;

/** Before a run goes on: what its log lacks is written. So is the end of one that ended as its daemon did. */
export interface TakeUpParts {
  journal: Journal;
  engine: Engine;
  takenUp(run: Pick<LiveRun, 'id' | 'state' | 'records'>): void;
}

/** Takes up what the journal has of the runs that had not ended; of a shared run that is what the shared store has told. */
export function takeUpRuns({ journal, engine, takenUp }: TakeUpParts): LiveRun[] {
  const unpublished = Map.groupBy(journal.unpublished(), ({ run }) => run);
  const open = journal.openRuns().flatMap((id) => {
    const all = journal.records(id);
    const records = all.slice(0, all.length - (unpublished.get(id)?.length ?? 0));
    const run = liveRun(records);
    // One that has ended: the daemon died between making its last record known and putting the run among the ended ones.
    if (run?.state.state !== 'ended') return engine.takeUp(records) ?? [];
    journal.append([], [rowOf(run.state, records)]);
    return [];
  });
  for (const id of journal.lately(LATELY)) {
    const ended = engine.live(id) ? undefined : liveRun(journal.records(id));
    if (ended) takenUp(ended);
  }
  for (const run of open) takenUp(run);
  return open;
}

/** One node on a store of its own: goes on where an earlier daemon stopped. */
export async function resume(parts: TakeUpParts & SettleParts & { store: ClusterStore }): Promise<void> {
  const { journal, store, engine } = parts;
  const open = takeUpRuns(parts);
  const current = await store.current();
  // The store names a run before the journal does, and forgets it after the journal has seen it end.
  if (current && !journal.row(current.plan.id)) await engine.begin(current.plan);
  else if (current && !engine.live(current.plan.id)) await store.end(current.plan.id);
  await settleSteps(parts, open);

  const live = current && engine.live(current.plan.id);
  if (!current || !live) return;
  const cancelled = current.decisions.flatMap((decision) => decision.cancelled ?? []).filter(({ run }) => !journal.row(run));
  if (cancelled.length > 0) journal.append([], cancelled.map(cancelledRow));
  await decideAsAsked(engine, live, current);
}
