import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Versioned } from '../backend.ts';
import { endOfPrefix } from '../transaction.ts';

export interface ChangeRow {
  revision: number;
  key: string;
  /** Null: the key was deleted. */
  value: string | null;
  created: number;
}

/** Every statement, prepared once. */
export function statements(db: DatabaseSync) {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const dataVersion = db.prepare('PRAGMA data_version');
  const get = db.prepare('SELECT key, value, revision, created FROM item WHERE key = ?');
  const put = db.prepare(
    `INSERT INTO item (key, value, revision, created, lease) VALUES (?1, ?2, ?3, ?3, ?4)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision, lease = excluded.lease
     RETURNING created`,
  );
  const deleteItem = db.prepare('DELETE FROM item WHERE key = ?');
  const revision = db.prepare('SELECT revision FROM store');
  const setRevision = db.prepare('UPDATE store SET revision = ?');
  const addChange = db.prepare('INSERT INTO change (revision, position, key, value, created) VALUES (?, ?, ?, ?, ?)');
  const forgetChanges = db.prepare('DELETE FROM change WHERE revision <= ?');
  const changes = db.prepare(
    'SELECT revision, key, value, created FROM change WHERE revision > ? AND revision <= ? ORDER BY revision, position',
  );
  const addLease = db.prepare('INSERT INTO lease (id, ttl_ms, ends_at) VALUES (?, ?, ?)');
  const keepLease = db.prepare('UPDATE lease SET ends_at = ? WHERE id = ?');
  const hasLease = db.prepare('SELECT 1 AS found FROM lease WHERE id = ?');
  const ttlOfLease = db.prepare('SELECT ttl_ms FROM lease WHERE id = ?');
  const endedLeases = db.prepare('SELECT id FROM lease WHERE ends_at <= ?');
  const nextEndOfLease = db.prepare('SELECT min(ends_at) AS next FROM lease');
  const keysOfLease = db.prepare('SELECT key FROM item WHERE lease = ? ORDER BY key');
  const deleteLease = db.prepare('DELETE FROM lease WHERE id = ?');

  const range = (direction: 'ASC' | 'DESC'): StatementSync =>
    db.prepare(`SELECT key, value, revision, created FROM item WHERE key >= ? AND key < ? ORDER BY key ${direction} LIMIT ?`);
  const count = db.prepare('SELECT count(*) AS count FROM item WHERE key >= ? AND key < ?');
  const ascending = range('ASC');
  const descending = range('DESC');

  const one = <Row>(statement: StatementSync, ...values: SQLInputValue[]) => statement.get(...values) as Row | undefined;
  const rows = <Row>(statement: StatementSync, ...values: SQLInputValue[]) => statement.all(...values) as unknown as Row[];

  return {
    begin: () => begin.run(),
    commit: () => commit.run(),
    rollback: () => rollback.run(),
    /** Changes when another connection has committed. */
    dataVersion: () => one<{ data_version: number }>(dataVersion)?.data_version ?? 0,
    get: (key: string) => plain(one<Versioned>(get, key)),
    list(prefix: string, options: { limit?: number; reverse?: boolean; before?: string } = {}): Versioned[] {
      const ends = [endOfPrefix(prefix), options.before].filter((end) => end !== undefined);
      const end = ends.reduce<string | null>((least, next) => (least === null || isBefore(next, least) ? next : least), null);
      const statement = options.reverse ? descending : ascending;
      return rows<Versioned>(statement, prefix, end ?? BEHIND_ALL_TEXT, options.limit ?? -1).map((row) => ({ ...row }));
    },
    count: (prefix: string) => one<{ count: number }>(count, prefix, endOfPrefix(prefix) ?? BEHIND_ALL_TEXT)?.count ?? 0,
    /** The revision at which the key was created. */
    put: (key: string, value: string, next: number, lease: string | undefined) =>
      one<{ created: number }>(put, key, value, next, lease ?? null)?.created ?? next,
    /** Whether it was there. */
    delete: (key: string) => deleteItem.run(key).changes !== 0,
    revision: () => one<{ revision: number }>(revision)?.revision ?? 0,
    setRevision: (next: number) => setRevision.run(next),
    addChange: (next: number, position: number, key: string, value: string | null, created: number) =>
      addChange.run(next, position, key, value, created),
    forgetChanges: (upTo: number) => forgetChanges.run(upTo),
    changes: (after: number, upTo: number) => rows<ChangeRow>(changes, after, upTo),
    addLease: (id: string, ttlMs: number, endsAt: number) => addLease.run(id, ttlMs, endsAt),
    keepLease: (id: string, endsAt: number) => keepLease.run(endsAt, id).changes !== 0,
    hasLease: (id: string) => hasLease.get(id) !== undefined,
    ttlOfLease: (id: string) => one<{ ttl_ms: number }>(ttlOfLease, id)?.ttl_ms,
    endedLeases: (at: number) => rows<{ id: string }>(endedLeases, at).map(({ id }) => id),
    nextEndOfLease: () => one<{ next: number | null }>(nextEndOfLease)?.next ?? undefined,
    keysOfLease: (id: string) => rows<{ key: string }>(keysOfLease, id).map(({ key }) => key),
    deleteLease: (id: string) => deleteLease.run(id),
  };
}

/** SQLite sorts every blob behind every text. */
const BEHIND_ALL_TEXT = new Uint8Array();

/** Rows come without a prototype. */
const plain = (row: Versioned | undefined): Versioned | undefined => (row === undefined ? undefined : { ...row });

const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
