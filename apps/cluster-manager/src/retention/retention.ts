import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { type KeptRun, runsToRemove } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { Journal } from '../journal/journal.ts';
import { firstIdAt } from '../runs/clock.ts';

/** How long runs and their output are kept, and how much output of all runs. */
export interface Keep {
  days: number;
  gb: number;
}

export const KEEP: Keep = { days: 30, gb: 10 };

export interface Retention {
  /** Removes what is not kept any longer; one pass at a time. */
  pass(): Promise<void>;
  /** Begins no further slice; done once the one at work is. */
  close(): Promise<void>;
}

export interface RetentionParts {
  journal: Pick<Journal, 'kept' | 'remove'>;
  /** The delivery log: of what is as old as runs that are not kept. */
  notifications?: Pick<ClusterStore, 'removeNotifications'>;
  keep: Keep;
  now(): number;
  /** The directory with the logs of a run. */
  logsOf(run: string): string;
  removed(runs: readonly KeptRun[]): void;
  failed(error: unknown): void;
}

const DAY_MS = 86_400_000;
const GB = 1e9;
/** Runs that are looked at, and those that are removed, before others have their turn. */
const SEEN_AT_ONCE = 1_000;
const REMOVED_AT_ONCE = 20;

export function retention({ journal, notifications, keep, now, logsOf, removed, failed }: RetentionParts): Retention {
  let closed = false;
  let turn = Promise.resolve();

  /** All runs, oldest first, a slice at a time. */
  async function* slices(): AsyncGenerator<KeptRun[]> {
    for (let after = ''; !closed; ) {
      const slice = journal.kept(after, SEEN_AT_ONCE);
      if (slice.length === 0) return;
      yield slice;
      after = slice.at(-1)?.id ?? '';
      await setImmediate();
    }
  }

  async function removeOld(): Promise<void> {
    await removeOldNotifications();
    let total = 0;
    for await (const slice of slices()) total += sum(slice);
    const limits = { since: now() - keep.days * DAY_MS, bytes: keep.gb * GB };
    for await (const slice of slices()) {
      const old = runsToRemove(slice, total, limits);
      for (let at = 0; at < old.length && !closed; at += REMOVED_AT_ONCE) await remove(old.slice(at, at + REMOVED_AT_ONCE));
      total -= sum(old);
      const newest = slice.at(-1);
      if (total <= limits.bytes && newest && !newest.open && newest.endedAt >= limits.since) return;
    }
  }

  /** Ids begin with the time of their run, as those of runs do. */
  async function removeOldNotifications(): Promise<void> {
    const before = firstIdAt(now() - keep.days * DAY_MS);
    while (!closed && ((await notifications?.removeNotifications(before, REMOVED_AT_ONCE)) ?? 0) > 0) await setImmediate();
  }

  /** The logs first: what is cut short is found again as long as the journal has the run. */
  async function remove(runs: readonly KeptRun[]): Promise<void> {
    for (const { id } of runs) await rm(logsOf(id), { recursive: true, force: true });
    journal.remove(
      runs.map(({ id }) => id),
      new Date(now()).toISOString(),
    );
    removed(runs);
    await setImmediate();
  }

  return {
    pass() {
      turn = turn.then(removeOld).catch(failed);
      return turn;
    },
    close() {
      closed = true;
      return turn;
    },
  };
}

const sum = (runs: readonly KeptRun[]): number => runs.reduce((total, { bytes }) => total + bytes, 0);
