import { type DefinitionDocument, parseStepId, type RunRecord, runningSteps } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { Leftover, LeftoverEvents } from '../executor/leftovers.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import { cancelledRow, type LiveRun, liveRun } from './live-run.ts';

export interface ActiveDocument {
  number: number;
  hash: string;
  document: DefinitionDocument;
}

/** More records than a daemon can have made durable without writing them to the log. */
const LATELY = 64;

export interface ResumeParts {
  journal: Journal;
  store: ClusterStore;
  engine: Engine;
  clock: Clock;
  /** What earlier launchers have finished or still run, by step. */
  leftovers: Map<string, Leftover>;
  /** Tells how each step that an earlier launcher still runs has ended. */
  watchLeftovers(steps: string[], events: LeftoverEvents): Promise<void>;
  /** Removes what launchers left that have ended. */
  forgetLeftovers(): void;
  /** Before a run goes on: what its log lacks is written. So is the end of one that ended as its daemon did. */
  takenUp(run: Pick<LiveRun, 'id' | 'state' | 'records'>): void;
}

/**
 * Goes on where an earlier daemon stopped. What its launcher finished meanwhile is taken from what that left on disk; what
 * still runs is waited for; what nobody can tell of is *interrupted*, and never silently run again (P2, P10).
 */
export async function resume(parts: ResumeParts): Promise<void> {
  const { journal, store, engine } = parts;
  const open: LiveRun[] = [];
  for (const id of journal.openRuns()) {
    const run = engine.takeUp(id);
    if (run) open.push(run);
  }
  for (const id of journal.lately(LATELY)) {
    const ended = engine.live(id) ? undefined : liveRun(journal.records(id));
    if (ended) parts.takenUp(ended);
  }
  for (const run of open) parts.takenUp(run);
  const current = await store.current();
  // The store names a run before the journal does, and forgets it after the journal has seen it end.
  if (current && !journal.row(current.plan.id)) await engine.begin(current.plan);
  else if (current && !engine.live(current.plan.id)) await store.end(current.plan.id);

  const watched: Promise<void>[] = [];
  for (const run of open) watched.push(...(await settleSteps(parts, run)));
  // A result that could not be recorded (the daemon stops) is left for the next one.
  void Promise.all(watched).then(parts.forgetLeftovers, () => {});

  const live = current && engine.live(current.plan.id);
  if (!current || !live) return;
  const known = live.records.filter(({ kind }) => kind === 'decided').length;
  for (const [index, { cancelled = [], ...decision }] of current.decisions.entries()) {
    const unknown = cancelled.filter(({ run }) => !journal.row(run));
    if (unknown.length > 0) journal.append([], unknown.map(cancelledRow));
    if (index >= known) await engine.decide(live.id, { ...decision, number: index + 1 });
  }
}

/** What is still to be waited for, until its result is in the journal. */
async function settleSteps({ engine, clock, leftovers, watchLeftovers }: ResumeParts, run: LiveRun): Promise<Promise<void>[]> {
  // Sub-events first: a step that called one ends after it.
  const deepestFirst = runningSteps(run.state).sort((a, b) => depth(b) - depth(a));
  const records: RunRecord[] = [];
  const stillRunning: string[] = [];
  for (const step of deepestFirst) {
    const leftover = leftovers.get(step);
    if (leftover === undefined) records.push(interruption(clock, run, step));
    else if ('finished' in leftover) records.push({ kind: 'finished', at: clock.now(), step, result: leftover.finished });
    else stillRunning.push(step);
  }
  await engine.tell(run.id, records);
  if (stillRunning.length === 0) return [];
  const told: Promise<void>[] = [];
  const tell = (record: RunRecord): void => void told.push(engine.tell(run.id, [record]));
  const watched = watchLeftovers(stillRunning, {
    finished: (step, result) => tell({ kind: 'finished', at: clock.now(), step, result }),
    lost: (step) => tell(interruption(clock, run, step)),
  });
  return [watched.then(async () => void (await Promise.all(told)))];
}

function interruption(clock: Clock, run: LiveRun, step: string): RunRecord {
  const claim = run.records.find((record) => record.kind === 'started' && record.step === step);
  const sameBoot = claim?.kind === 'started' && claim.clock.bootId === clock.reading().bootId;
  return { kind: 'interrupted', at: clock.now(), step, reason: sameBoot ? 'cluster_manager_died' : 'node_restarted' };
}

const depth = (step: string): number => parseStepId(step)?.steps.length ?? 0;
