import { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result, type RunRecord } from '@fallover/events';
import { type RunQueries, runQueries } from './run-queries.ts';
import { type RunRemoval, runRemoval } from './run-removal.ts';
import { isOpen, type RunRow, wordsOf } from './run-row.ts';
import { FORMAT, prepareTables } from './schema.ts';

/**
 * The local journal: the truth of what this node did. A step's claim is durable before its command is started, its result
 * before anything that follows from it; what is appended in one call is one commit on disk when the call returns.
 */
export interface Journal extends RunQueries, RunRemoval {
  append(entries: readonly JournalEntry[], rows: readonly RunRow[]): void;
  records(run: string): RunRecord[];
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
  const putRow = database.prepare(
    `INSERT INTO run (id, event, outcome, open, body, words, duration_ms, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
      SET outcome = excluded.outcome, open = excluded.open, body = excluded.body, duration_ms = excluded.duration_ms, bytes = excluded.bytes`,
  );
  const ofRun = database.prepare('SELECT body FROM record WHERE run = ? ORDER BY number');
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
        begin.run();
        for (const { run, record } of entries) {
          insert.run(run, record.kind, 'step' in record && record.step ? record.step : null, JSON.stringify(record));
          if (record.kind !== 'command' || record.command.sha256 === undefined) continue;
          putCommand.run(record.command.argv[0] ?? '', record.command.sha256);
        }
        for (const row of rows) {
          const { id, event, outcome = null, durationMs = null, outputBytes = 0 } = row;
          putRow.run(id, event, outcome, isOpen(row) ? 1 : 0, JSON.stringify(row), wordsOf(row), durationMs, outputBytes);
        }
        commit.run();
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        const { errcode } = error as { errcode?: number };
        if (errcode !== undefined && FULL_OR_FAILING.has(errcode)) throw new JournalNotWritable((error as Error).message);
        throw error;
      }
    },
    records: (run) => ofRun.all(run).map((row) => JSON.parse(row['body'] as string) as RunRecord),
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
