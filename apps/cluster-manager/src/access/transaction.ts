import type { DatabaseSync } from 'node:sqlite';

/** One commit, durable on return (the database is opened with synchronous=FULL); nothing is written when `write` throws. */
export function inTransaction<Value>(db: DatabaseSync, write: () => Value): Value {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = write();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
