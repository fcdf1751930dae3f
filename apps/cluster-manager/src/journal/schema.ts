import type { DatabaseSync } from 'node:sqlite';
import { wordsOf } from './run-row.ts';

export const FORMAT = 5;

/**
 * A step is claimed once and ends once: the second claim of a step's id does not commit (P2). Where many nodes share their
 * runs that is the shared store's to say: such a record has a key, and its place in the store's order once it is known.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY,
    run TEXT NOT NULL,
    kind TEXT NOT NULL,
    step TEXT,
    body TEXT NOT NULL,
    key TEXT,
    revision INTEGER,
    position INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS record_of_run ON record (run, number);
  CREATE UNIQUE INDEX IF NOT EXISTS one_claim_one_result ON record (step, kind) WHERE kind IN ('started', 'finished') AND key IS NULL;
  CREATE UNIQUE INDEX IF NOT EXISTS one_record_of_a_key ON record (run, key) WHERE key IS NOT NULL;
  CREATE INDEX IF NOT EXISTS unpublished_record ON record (number) WHERE key IS NOT NULL AND revision IS NULL;
  CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    outcome TEXT,
    open INTEGER NOT NULL,
    body TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    duration_ms INTEGER,
    bytes INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS last_command (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS removed (only INTEGER PRIMARY KEY CHECK (only = 1), run TEXT NOT NULL, at TEXT NOT NULL) STRICT;
`;

/**
 * `run_listing` has all that a list is searched by, so that a search over 100,000 runs reads an index of a few megabytes
 * and not the runs themselves.
 */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS open_run ON run (id) WHERE open = 1;
  CREATE INDEX IF NOT EXISTS run_of_event ON run (event, id);
  CREATE INDEX IF NOT EXISTS run_of_outcome ON run (outcome, id) WHERE outcome IS NOT NULL;
  CREATE INDEX IF NOT EXISTS run_listing ON run (id, event, outcome, words);
  CREATE INDEX IF NOT EXISTS run_duration ON run (event, duration_ms) WHERE duration_ms IS NOT NULL;
`;

/** Makes the journal's tables, or brings those of an earlier release up to this one, all at once. */
export function prepareTables(database: DatabaseSync, format: number): void {
  if (format === FORMAT) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    if (format > 0) addPlaces(database);
    database.exec(TABLES);
    if (format === 1) addWordsAndDurations(database);
    if (format === 1 || format === 2) addBytes(database);
    if (format > 0) addLastCommands(database);
    database.exec(`${INDEXES} PRAGMA user_version = ${FORMAT};`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Format 2 has the words that a run is searched by, and how long its event was processed. */
function addWordsAndDurations(database: DatabaseSync): void {
  database.exec(`
    ALTER TABLE run ADD COLUMN words TEXT NOT NULL DEFAULT '';
    ALTER TABLE run ADD COLUMN duration_ms INTEGER;
  `);
  database.function('words_of', { deterministic: true }, (body) =>
    wordsOf(JSON.parse(String(body)) as { event: string; args: string[] }),
  );
  const moment = (which: 'min' | 'max', kind: string) =>
    `julianday((SELECT ${which}(body ->> '$.at') FROM record WHERE record.run = run.id AND record.kind = '${kind}'))`;
  database.exec(`
    UPDATE run SET words = words_of(body);
    UPDATE run SET duration_ms = CAST(round((${moment('max', 'finished')} - ${moment('min', 'started')}) * 86400000) AS INTEGER)
      WHERE open = 0;
    UPDATE run SET body = json_set(body, '$.durationMs', duration_ms) WHERE duration_ms IS NOT NULL;
  `);
}

/** Format 3 knows how much output a run has, and up to which run the oldest were removed. */
function addBytes(database: DatabaseSync): void {
  database.exec(`
    ALTER TABLE run ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
    UPDATE run SET bytes = coalesce(
      (SELECT sum(body ->> '$.result.outputBytes') FROM record WHERE record.run = run.id AND record.kind = 'finished'), 0);
  `);
}

/** Format 4 knows the bytes that each command had when it last ran, also once that run is not kept any longer. */
function addLastCommands(database: DatabaseSync): void {
  database.exec(`
    INSERT OR REPLACE INTO last_command (path, sha256)
      SELECT body ->> '$.command.argv[0]', body ->> '$.command.sha256' FROM record
      WHERE kind = 'command' AND body ->> '$.command.sha256' IS NOT NULL ORDER BY number;
  `);
}

/** Format 5 has records that many nodes share. */
function addPlaces(database: DatabaseSync): void {
  database.exec(`
    ALTER TABLE record ADD COLUMN key TEXT;
    ALTER TABLE record ADD COLUMN revision INTEGER;
    ALTER TABLE record ADD COLUMN position INTEGER;
    DROP INDEX one_claim_one_result;
  `);
}
