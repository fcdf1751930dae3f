import type { DatabaseSync } from 'node:sqlite';
import type { KeptRun } from '@fallover/events';

export interface RunRemoval {
  /** Runs with ids above this one, oldest first. */
  kept(after: string, limit: number): KeptRun[];
  /** Forgets runs with all their records, in one commit; never one that is open. */
  remove(runs: readonly string[], at: string): void;
  /** The newest run that was removed, and when the last one was. */
  removedUpTo(): { run: string; at: string } | undefined;
}

export function runRemoval(database: DatabaseSync): RunRemoval {
  const slice = database.prepare(
    `SELECT id, open, bytes, coalesce(body ->> '$.endedAt', body ->> '$.acceptedAt') AS ended FROM run WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const forgetRun = database.prepare('DELETE FROM run WHERE id = ? AND open = 0');
  const forgetRecords = database.prepare('DELETE FROM record WHERE run = ?');
  const remember = database.prepare(
    'INSERT INTO removed (only, run, at) VALUES (1, ?, ?) ON CONFLICT (only) DO UPDATE SET run = max(run, excluded.run), at = excluded.at',
  );
  const newest = database.prepare('SELECT run, at FROM removed');

  return {
    kept: (after, limit) =>
      slice.all(after, limit).map(({ id, open, bytes, ended }) => ({
        id: id as string,
        open: open === 1,
        bytes: bytes as number,
        endedAt: Date.parse(ended as string),
      })),
    remove(runs, at) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const run of runs) {
          if (forgetRun.run(run).changes === 0) continue;
          forgetRecords.run(run);
          remember.run(run, at);
        }
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    removedUpTo: () => newest.get() as { run: string; at: string } | undefined,
  };
}
