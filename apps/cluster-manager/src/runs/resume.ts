import { type DefinitionDocument, parseStepId, type RunRecord, runningSteps, type StepResult } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import type { LiveRun } from './live-run.ts';

export interface ActiveDocument {
  number: number;
  hash: string;
  document: DefinitionDocument;
}

/** What became of a step that an earlier daemon had started. */
export type Leftover = { state: 'finished'; result: StepResult } | { state: 'running' } | { state: 'gone' };

/**
 * Goes on where an earlier daemon stopped. What its launcher finished meanwhile is taken from what that left on disk; what
 * still runs is waited for; what nobody can tell of is *interrupted*, and never silently run again (P2, P10).
 */
export async function resume(parts: {
  journal: Journal;
  store: ClusterStore;
  engine: Engine;
  clock: Clock;
  leftover(step: string): Leftover;
  /** Resolves once a step of an old launcher has ended, or is found to be lost. */
  waitFor(step: string): Promise<Leftover>;
  forget(step: string): void;
}): Promise<void> {
  const { journal, store, engine } = parts;
  const open: LiveRun[] = [];
  for (const id of journal.openRuns()) {
    const run = await engine.takeUp(id);
    if (run) open.push(run);
  }
  const current = await store.current();
  // The store names a run before the journal does, and forgets it after the journal has seen it end.
  if (current && !journal.row(current.plan.id)) await engine.begin(current.plan);
  else if (current && !engine.live(current.plan.id)) await store.end(current.plan.id);

  for (const run of open) await settleSteps(parts, run);

  const live = current && engine.live(current.plan.id);
  if (!current || !live) return;
  const known = live.records.filter(({ kind }) => kind === 'decided').length;
  for (const [index, decision] of current.decisions.entries())
    if (index >= known) await engine.decide(live.id, { ...decision, number: index + 1 });
}

async function settleSteps(parts: Parameters<typeof resume>[0], run: LiveRun): Promise<void> {
  // Sub-events first: a step that called one ends after it.
  const deepestFirst = runningSteps(run.state).sort((a, b) => depth(b) - depth(a));
  const records: RunRecord[] = [];
  const settled: string[] = [];
  for (const step of deepestFirst) {
    const leftover = parts.leftover(step);
    if (leftover.state === 'running') {
      void parts.waitFor(step).then(async (later) => {
        await parts.engine.tell(run.id, [recordOf(parts.clock, run, step, later)]);
        parts.forget(step);
      });
      continue;
    }
    records.push(recordOf(parts.clock, run, step, leftover));
    settled.push(step);
  }
  await parts.engine.tell(run.id, records);
  for (const step of settled) parts.forget(step);
}

function recordOf(clock: Clock, run: LiveRun, step: string, leftover: Leftover): RunRecord {
  const at = clock.now();
  if (leftover.state === 'finished') return { kind: 'finished', at, step, result: leftover.result };
  const claim = run.records.find((record) => record.kind === 'started' && record.step === step);
  const sameBoot = claim?.kind === 'started' && claim.clock.bootId === clock.reading().bootId;
  return { kind: 'interrupted', at, step, reason: sameBoot ? 'cluster_manager_died' : 'node_restarted' };
}

const depth = (step: string): number => parseStepId(step)?.steps.length ?? 0;
