import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result, type RunRecord, recordKey } from '@fallover/events';
import { type RunQueries, runQueries } from './run-queries.ts';
import { type RunRemoval, runRemoval } from './run-removal.ts';
import { isOpen, type RunRow, wordsOf } from './run-row.ts';
import { FORMAT, prepareTables } from './schema.ts';

/**
 * The local journal: the truth of what this node did. A step's claim is durable before its command is started, its result
 * before anything that follows from it; what is appended in one call is one commit on disk when the call returns. Each record
 * has a number, which only grows.
 */
export interface Journal extends RunQueries, RunRemoval {
  append(entries: readonly JournalEntry[], rows: readonly RunRow[]): number[];
  /** In the order of the shared store where the run is shared; what is not yet published stands at the end. */
  records(run: string): RunRecord[];
  /** What this node has recorded of shared runs and does not know to be in the shared store, oldest first. */
  unpublished(): { run: string; record: RunRecord }[];
  /** Runs that have not ended, oldest first. */
  openRuns(): string[];
  /** Runs of which one of the newest records tells, in the order of these. */
  lately(records: number): string[];
  row(run: string): RunRow | undefined;
  /** The SHA-256 of the file that was started when this command last ran. */
  lastSha256(command: string): string | undefined;
  database: DatabaseSync;
  close(): void;
}

export interface JournalEntry {
  run: string;
  record: RunRecord;
  /** Of a run that many nodes share: its place in their order, or that it is not yet known to have one. */
  place?: { revision: number; position: number } | 'unpublished';
}

export type JournalFault =
  | { code: 'journal_corrupt'; path: string; reason: string }
  | { code: 'journal_of_another_release'; path: string; format: number };

/** Raised to whoever appends: the journal's disk took nothing. The caller keeps what it has and tries again. */
export class JournalNotWritable extends Error {}

export function openJournal(path: string): Result<Journal, JournalFault> {
  try {
    const database = new DatabaseSync(path);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;');
    const { user_version: format } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (format > FORMAT) return err({ code: 'journal_of_another_release', path, format });
    const { quick_check: check } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (check !== 'ok') return err({ code: 'journal_corrupt', path, reason: check });
    prepareTables(database, format);
    return ok(journalOf(database));
  } catch (error) {
    return err({ code: 'journal_corrupt', path, reason: (error as Error).message });
  }
}

const FULL_OR_FAILING = new Set([10, 13, 778, 1034, 1290]); // IOERR, FULL, and their extended codes for write and fsync

function journalOf(database: DatabaseSync): Journal {
  const insert = database.prepare('INSERT INTO record (run, kind, step, body) VALUES (?, ?, ?, ?)');
  const insertShared = database.prepare(
    `INSERT INTO record (run, kind, step, body, key, revision, position) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (run, key) WHERE key IS NOT NULL DO UPDATE SET revision = excluded.revision, position = excluded.position
      WHERE excluded.revision IS NOT NULL`,
  );
  const putRow = database.prepare(
    `INSERT INTO run (id, event, outcome, open, body, words, duration_ms, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
      SET outcome = excluded.outcome, open = excluded.open, body = excluded.body, duration_ms = excluded.duration_ms, bytes = excluded.bytes`,
  );
  const ofRun = database.prepare(
    'SELECT body FROM record WHERE run = ? ORDER BY revision IS NULL AND key IS NOT NULL, revision, position, number',
  );
  const notPublished = database.prepare(
    'SELECT run, body FROM record WHERE key IS NOT NULL AND revision IS NULL ORDER BY number',
  );
  const open = database.prepare('SELECT id FROM run WHERE open = 1 ORDER BY id');
  const newest = database.prepare('SELECT run FROM record ORDER BY number DESC LIMIT ?');
  const one = database.prepare('SELECT body FROM run WHERE id = ?');
  const putCommand = database.prepare(
    'INSERT INTO last_command (path, sha256) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256',
  );
  const lastCommand = database.prepare('SELECT sha256 FROM last_command WHERE path = ?');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');

  return {
    ...runQueries(database),
    ...runRemoval(database),
    database,
    append(entries, rows) {
      try {
        const numbers: number[] = [];
        begin.run();
        for (const { run, record, place } of entries) {
          const values = [
            run,
            record.kind,
            'step' in record && record.step ? record.step : null,
            JSON.stringify(record),
          ] as const;
          const { lastInsertRowid } =
            place === undefined ? insert.run(...values) : insertShared.run(...values, recordKey(record), ...placeOf(place));
          numbers.push(Number(lastInsertRowid));
          if (record.kind !== 'command' || record.command.sha256 === undefined) continue;
          putCommand.run(record.command.argv[0] ?? '', record.command.sha256);
        }
        for (const row of rows) {
          const { id, event, outcome = null, durationMs = null, outputBytes = 0 } = row;
          putRow.run(id, event, outcome, isOpen(row) ? 1 : 0, JSON.stringify(row), wordsOf(row), durationMs, outputBytes);
        }
        commit.run();
        return numbers;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        const { errcode } = error as { errcode?: number };
        if (errcode !== undefined && FULL_OR_FAILING.has(errcode)) throw new JournalNotWritable((error as Error).message);
        throw error;
      }
    },
    records: (run) => ofRun.all(run).map((row) => JSON.parse(row['body'] as string) as RunRecord),
    unpublished: () =>
      notPublished.all().map((row) => ({ run: row['run'] as string, record: JSON.parse(row['body'] as string) as RunRecord })),
    openRuns: () => open.all().map((row) => row['id'] as string),
    lately: (records) => [...new Set(newest.all(records).map((row) => row['run'] as string))].reverse(),
    row(run) {
      const found = one.get(run);
      return found && (JSON.parse(found['body'] as string) as RunRow);
    },
    lastSha256: (command) => lastCommand.get(command)?.['sha256'] as string | undefined,
    close: () => database.close(),
  };
}

const placeOf = (place: NonNullable<JournalEntry['place']>): [number, number] | [null, null] =>
  place === 'unpublished' ? [null, null] : [place.revision, place.position];
