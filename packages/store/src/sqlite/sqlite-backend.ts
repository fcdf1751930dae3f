import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@fallover/events';
import type { Change, CommitResult, Lease, StoreBackend, Transaction } from '../backend.ts';
import { type StoreFault, storeError } from '../faults.ts';
import { bell, follow, REVISIONS_KEPT } from '../follow.ts';
import { assertKeysOnce, holds } from '../transaction.ts';
import { sqliteFault, withFaults } from './errors.ts';
import { prepareSchema } from './schema.ts';
import { statements } from './statements.ts';

export interface SqliteSettings {
  path: string;
  now: () => number;
  /** The most pages that the file may have; without it the disk decides. */
  largest?: number;
}

/** How often changes of another connection to the same file are looked for while somebody watches. */
const LOOK_FOR_CHANGES_MS = 100;
const BUSY_TIMEOUT_MS = 1000;
const REVISIONS_AT_A_TIME = 64;

/** The embedded store: one file, for the cluster managers of one machine. */
export function openSqliteBackend(settings: SqliteSettings): Result<StoreBackend, StoreFault> {
  const { path, largest } = settings;
  let db: DatabaseSync | undefined;
  try {
    makeFile(path);
    db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    const prepared = prepareSchema(db, path);
    if (prepared.ok) {
      if (largest !== undefined) db.exec(`PRAGMA max_page_count = ${largest}`);
      return ok(sqliteBackend(db, settings));
    }
    db.close();
    return prepared;
  } catch (error) {
    if (db?.isOpen) db.close();
    const fault = sqliteFault(error, path);
    if (fault === undefined) throw error;
    return err(fault);
  }
}

/** For its owner only, and its name durable in the directory: SQLite sees to neither. */
function makeFile(path: string): void {
  if (existsSync(path)) return;
  closeSync(openSync(path, 'a', 0o600));
  const directory = openSync(dirname(path), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function sqliteBackend(db: DatabaseSync, { path, now }: SqliteSettings): StoreBackend {
  const sql = statements(db);
  const watchers = bell();
  let closed = false;
  let leaseTimer: NodeJS.Timeout | undefined;
  let lookForChanges: NodeJS.Timeout | undefined;
  let dataVersion = sql.dataVersion();

  /** All or nothing. `work` says whether there is something to keep. */
  const inTransaction = <Value>(work: () => { keep: boolean; value: Value }): Value => {
    sql.begin();
    let kept = false;
    try {
      const { keep, value } = work();
      if (keep) sql.commit();
      kept = keep;
      return value;
    } finally {
      // SQLite has itself rolled back after some failures, such as a full disk.
      if (!kept && db.isTransaction) sql.rollback();
    }
  };

  const write = ({ put = [], delete: deleted = [] }: Transaction): { revision: number; wrote: boolean } => {
    const revision = sql.revision();
    const next = revision + 1;
    let position = 0;
    for (const { key, value, lease } of put) {
      const created = sql.put(key, value, next, lease);
      sql.addChange(next, position++, key, value, created);
    }
    for (const key of deleted) if (sql.delete(key)) sql.addChange(next, position++, key, null, 0);
    if (position === 0) return { revision, wrote: false };
    sql.setRevision(next);
    sql.forgetChanges(next - REVISIONS_KEPT);
    return { revision: next, wrote: true };
  };

  const endLeases = (ids: string[]) => {
    if (ids.length === 0) return;
    inTransaction(() => {
      write({ delete: ids.flatMap((id) => sql.keysOfLease(id)) });
      for (const id of ids) sql.deleteLease(id);
      return { keep: true, value: undefined };
    });
    watchers.ring();
  };

  /** Before every reading and writing, so that nobody sees a key whose lease has ended. */
  const current = () => {
    if (closed) throw new Error('The store is closed.');
    endLeases(sql.endedLeases(now()));
  };

  const sleepUntilNextEnd = () => {
    clearTimeout(leaseTimer);
    const next = sql.nextEndOfLease();
    if (next === undefined) return;
    leaseTimer = setTimeout(
      () => {
        try {
          current();
          sleepUntilNextEnd();
        } catch {
          // The next reading or writing says what is wrong.
        }
      },
      Math.max(1, next - now()),
    );
    leaseTimer.unref();
  };

  const commit = (transaction: Transaction): CommitResult => {
    const { compare = [], put = [] } = transaction;
    return inTransaction<CommitResult>(() => {
      const changed = compare.filter((comparison) => !holds(comparison, sql.get(comparison.key)));
      const lost = put.filter(({ lease }) => lease !== undefined && !sql.hasLease(lease));
      if (changed.length + lost.length > 0)
        return { keep: false, value: { committed: false, changed: [...changed, ...lost].map(({ key }) => key) } };
      const { revision, wrote } = write(transaction);
      return { keep: wrote, value: { committed: true, revision } };
    });
  };

  const anotherConnectionWrote = (): boolean => {
    const before = dataVersion;
    try {
      dataVersion = sql.dataVersion();
    } catch {
      return true; // those who watch look, and get the fault
    }
    return dataVersion !== before;
  };

  const changeLog = {
    read: (after: number) =>
      withFaults(path, () => {
        current();
        if (after < sql.revision() - REVISIONS_KEPT) throw storeError({ code: 'watch_too_old', after });
        const revisions: { revision: number; changes: Change[] }[] = [];
        for (const row of sql.changes(after, after + REVISIONS_AT_A_TIME)) {
          if (revisions.at(-1)?.revision !== row.revision) revisions.push({ revision: row.revision, changes: [] });
          const { key, value, revision, created } = row;
          revisions
            .at(-1)
            ?.changes.push(
              value === null ? { type: 'delete', key, revision } : { type: 'put', item: { key, value, revision, created } },
            );
        }
        return revisions;
      }),
    subscribe: (listener: () => void) => {
      const unsubscribe = watchers.subscribe(listener);
      lookForChanges ??= setInterval(() => {
        if (anotherConnectionWrote()) watchers.ring();
      }, LOOK_FOR_CHANGES_MS);
      return () => {
        unsubscribe();
        if (watchers.listeners() > 0) return;
        clearInterval(lookForChanges);
        lookForChanges = undefined;
      };
    },
    closed: () => closed,
  };

  const leaseOf = (id: string, ttlMs: number): Lease => ({
    id,
    ttlMs,
    keepAlive: async () =>
      withFaults(path, () => {
        current();
        return sql.keepLease(id, now() + ttlMs);
      }),
    revoke: async () =>
      withFaults(path, () => {
        current();
        endLeases([id]);
      }),
  });

  return {
    get: async (key) =>
      withFaults(path, () => {
        current();
        return sql.get(key);
      }),
    list: async (prefix, options) =>
      withFaults(path, () => {
        current();
        return sql.list(prefix, options);
      }),
    count: async (prefix) =>
      withFaults(path, () => {
        current();
        return sql.count(prefix);
      }),
    commit: async (transaction) => {
      assertKeysOnce(transaction);
      const result = withFaults(path, () => {
        current();
        return commit(transaction);
      });
      if (result.committed) watchers.ring();
      return result;
    },
    revision: async () =>
      withFaults(path, () => {
        current();
        return sql.revision();
      }),
    watch: (prefix, after, signal) => follow(changeLog, prefix, after, signal),
    grant: async (ttlMs) => {
      const id = randomUUID();
      withFaults(path, () => {
        current();
        sql.addLease(id, ttlMs, now() + ttlMs);
        sleepUntilNextEnd();
      });
      return leaseOf(id, ttlMs);
    },
    resume: async (id) =>
      withFaults(path, () => {
        current();
        const ttlMs = sql.ttlOfLease(id);
        if (ttlMs === undefined || !sql.keepLease(id, now() + ttlMs)) return undefined;
        // Another process may have granted it.
        sleepUntilNextEnd();
        return leaseOf(id, ttlMs);
      }),
    close: async () => {
      if (closed) return;
      closed = true;
      clearTimeout(leaseTimer);
      clearInterval(lookForChanges);
      watchers.ring();
      db.close();
    },
  };
}
