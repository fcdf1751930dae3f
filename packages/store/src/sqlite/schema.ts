import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '@fallover/events';
import type { StoreFault } from '../faults.ts';

/** Of the tables, the keys in them and the values' encoding. A newer one is refused. */
const FORMAT = 1;

/** `FALO`, in the file's header: tells a store from another program's database. */
const APPLICATION_ID = 0x46414c4f;

const TABLES = `
  CREATE TABLE lease (
    id TEXT PRIMARY KEY,
    ttl_ms INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE item (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    lease TEXT REFERENCES lease (id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX item_lease ON item (lease) WHERE lease IS NOT NULL;
  CREATE TABLE change (
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT,
    created INTEGER NOT NULL,
    PRIMARY KEY (revision, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE store (revision INTEGER NOT NULL) STRICT;
  INSERT INTO store VALUES (0);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

/** Looks before it writes: a file of another program stays as it is. */
export function prepareSchema(db: DatabaseSync, path: string): Result<undefined, StoreFault> {
  const application = number(db, 'PRAGMA application_id');
  const tables = number(db, 'SELECT count(*) FROM sqlite_schema');
  const isNew = application === 0 && tables === 0;
  if (!isNew && application !== APPLICATION_ID)
    return err({ code: 'store_corrupt', path, reason: 'it is a database of another program' });
  const format = number(db, 'PRAGMA user_version');
  if (format > FORMAT) return err({ code: 'store_of_a_newer_version', path, format, understood: FORMAT });
  if (!isNew) {
    const found = Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
    if (found !== 'ok') return err({ code: 'store_corrupt', path, reason: String(found) });
    for (const table of ['lease', 'item', 'change', 'store'])
      if (number(db, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '${table}'`) === 0)
        return err({ code: 'store_corrupt', path, reason: `the table ${table} is missing` });
    if (number(db, 'SELECT count(*) FROM store') !== 1)
      return err({ code: 'store_corrupt', path, reason: 'its revision is missing' });
  }
  // WAL and FULL: every commit is synchronised to the disk before it returns.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  db.exec('BEGIN IMMEDIATE');
  // Looked at again with the write lock held: another process may have made the tables meanwhile.
  db.exec(number(db, 'SELECT count(*) FROM sqlite_schema') === 0 ? `${TABLES} COMMIT` : 'COMMIT');
  return ok(undefined);
}

const number = (db: DatabaseSync, query: string): number => Number(Object.values(db.prepare(query).get() ?? {})[0]);
