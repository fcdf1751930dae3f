import { DatabaseSync } from 'node:sqlite';
import type { EventOutcomeKind, ScriptStatus } from '@fallover/events';
import type { ComponentOrigin, ScriptResult } from './component-events.ts';

/** An event of a component as it is kept. */
export interface KeptRun {
  id: string;
  component: string;
  event: string;
  args: string[];
  origin: ComponentOrigin;
  acceptedAt: number;
  timeoutMs?: number;
  startedAt?: number;
  endedAt?: number;
  outcome?: EventOutcomeKind;
  /** Files that were to run when it began, in order; what is in `scripts` has been reached. */
  planned: string[];
  /** The last one of a run that has not ended may have no status yet. */
  scripts: KeptScript[];
}

export type KeptScript = Omit<ScriptResult, 'status'> & { status?: ScriptStatus; debugOutput?: string; summary?: number };

/** What the components of this node have done. A small database of its own, so that a monitor every 15 s costs the journal nothing. */
export interface Results {
  /** The id of the request that asked for it, where there was one: asked again by the same id, it is not run again. */
  accepted(run: KeptRun, request?: string): void;
  askedBy(request: string): KeptRun | undefined;
  started(run: string, at: number, planned: readonly string[]): void;
  /** Before the launcher is asked: a daemon that finds this without its end knows which script it was. */
  scriptStarted(run: string, place: number, script: string, at: number): void;
  scriptEnded(run: string, place: number, script: KeptScript): void;
  /** Keeps its scripts as the status of the event unless it was cancelled or interrupted. */
  ended(run: string, outcome: EventOutcomeKind, at: number): void;
  run(id: string): KeptRun | undefined;
  /** Newest first. */
  runs(component: string, asked: { event?: string; before?: string; limit: number }): KeptRun[];
  /** Those that had not ended when the daemon went away. */
  open(): KeptRun[];
  /** The run that says how an event ended the last time. */
  status(component: string, event: string): KeptRun | undefined;
  /** The newest of each event that ended. */
  lastOfEach(component: string): KeptRun[];
  /** In milliseconds of the runs of monitor, oldest first. */
  monitors(component: string, limit: number): KeptRun[];
  close(): void;
}

/** Of each event of a component; those that say its status are kept besides. */
const KEPT_RUNS = 500;

const TABLES = `
  CREATE TABLE IF NOT EXISTS run (
    id TEXT PRIMARY KEY,
    component TEXT NOT NULL,
    event TEXT NOT NULL,
    request TEXT,
    body TEXT NOT NULL,
    planned TEXT NOT NULL DEFAULT '[]',
    started_at INTEGER,
    ended_at INTEGER,
    outcome TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS run_of_component ON run (component, id);
  CREATE INDEX IF NOT EXISTS run_of_event ON run (component, event, id);
  CREATE UNIQUE INDEX IF NOT EXISTS run_of_request ON run (request) WHERE request IS NOT NULL;
  CREATE INDEX IF NOT EXISTS open_run ON run (id) WHERE ended_at IS NULL;
  CREATE TABLE IF NOT EXISTS script (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    result TEXT,
    PRIMARY KEY (run, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS status (
    component TEXT NOT NULL,
    event TEXT NOT NULL,
    run TEXT NOT NULL,
    PRIMARY KEY (component, event)
  ) STRICT, WITHOUT ROWID;
`;

type RunRow = { id: string; component: string; event: string; body: string; planned: string } & Record<
  'started_at' | 'ended_at',
  number | null
> & { outcome: EventOutcomeKind | null };
type ScriptRow = { name: string; started_at: number; result: string | null };

export function openResults(file: string): Results {
  const database = new DatabaseSync(file);
  // Survives the end of the daemon at any moment; after a power failure the newest lines may be missing, and nothing runs by them.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;');
  database.exec(TABLES);
  const insertRun = database.prepare('INSERT INTO run (id, component, event, request, body) VALUES (?, ?, ?, ?, ?)');
  const startRun = database.prepare('UPDATE run SET started_at = ?, planned = ? WHERE id = ?');
  const endRun = database.prepare('UPDATE run SET ended_at = ?, outcome = ? WHERE id = ? RETURNING component, event');
  const startScript = database.prepare('INSERT INTO script (run, place, name, started_at) VALUES (?, ?, ?, ?)');
  const endScript = database.prepare('UPDATE script SET result = ?, name = ?, started_at = ? WHERE run = ? AND place = ?');
  const setStatus = database.prepare('INSERT OR REPLACE INTO status (component, event, run) VALUES (?, ?, ?)');
  const oneRun = database.prepare('SELECT * FROM run WHERE id = ?');
  const runOfRequest = database.prepare('SELECT * FROM run WHERE request = ?');
  const scriptsOf = database.prepare('SELECT name, started_at, result FROM script WHERE run = ? ORDER BY place');
  const ofComponent = database.prepare('SELECT * FROM run WHERE component = ? AND id < ? ORDER BY id DESC LIMIT ?');
  const ofEvent = database.prepare('SELECT * FROM run WHERE component = ? AND event = ? AND id < ? ORDER BY id DESC LIMIT ?');
  const openRuns = database.prepare('SELECT * FROM run WHERE ended_at IS NULL ORDER BY id');
  const statusRun = database.prepare(
    'SELECT run.* FROM status JOIN run ON run.id = status.run WHERE status.component = ? AND status.event = ?',
  );
  const lastRuns = database.prepare(
    'SELECT * FROM run WHERE id IN (SELECT max(id) FROM run WHERE component = ? AND ended_at IS NOT NULL GROUP BY event) ORDER BY event',
  );
  const endedMonitors = database.prepare(
    "SELECT * FROM run WHERE component = ? AND event = 'monitor' AND ended_at IS NOT NULL ORDER BY id DESC LIMIT ?",
  );
  const removeOld = database.prepare(
    `DELETE FROM run WHERE component = ? AND event = ? AND ended_at IS NOT NULL
       AND id NOT IN (SELECT run FROM status)
       AND id < (SELECT id FROM run WHERE component = ? AND event = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_RUNS})`,
  );
  /** Of each event, how often it ended since old ones were removed. */
  const sinceRemoval = new Map<string, number>();

  const asRun = (row: unknown): KeptRun => {
    const { id, component, event, body, planned, started_at, ended_at, outcome } = row as RunRow;
    return {
      ...{ id, component, event },
      ...(JSON.parse(body) as Pick<KeptRun, 'args' | 'origin' | 'acceptedAt' | 'timeoutMs'>),
      planned: JSON.parse(planned) as string[],
      ...(started_at === null ? {} : { startedAt: started_at }),
      ...(ended_at === null ? {} : { endedAt: ended_at }),
      ...(outcome === null ? {} : { outcome }),
      scripts: (scriptsOf.all(id) as unknown as ScriptRow[]).map(
        ({ name, started_at: startedAt, result }) =>
          (result === null ? { script: name, startedAt, output: '' } : JSON.parse(result)) as KeptScript,
      ),
    };
  };
  const maybe = (row: unknown): KeptRun | undefined => (row === undefined ? undefined : asRun(row));
  const LAST = '\uffff';

  return {
    accepted({ id, component, event, args, origin, acceptedAt, timeoutMs }, request) {
      const body = { args, origin, acceptedAt, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
      insertRun.run(id, component, event, request ?? null, JSON.stringify(body));
    },
    started(run, at, planned) {
      startRun.run(at, JSON.stringify(planned), run);
    },
    scriptStarted(run, place, script, at) {
      startScript.run(run, place, script, at);
    },
    scriptEnded(run, place, script) {
      endScript.run(JSON.stringify(script), script.script, script.startedAt ?? 0, run, place);
    },
    ended(run, outcome, at) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const { component, event } = endRun.get(at, outcome, run) as { component: string; event: string };
        if (KEEPS_STATUS.has(outcome)) setStatus.run(component, event, run);
        const key = `${component} ${event}`;
        const ends = (sinceRemoval.get(key) ?? REMOVE_EVERY - 1) + 1;
        sinceRemoval.set(key, ends % REMOVE_EVERY);
        if (ends >= REMOVE_EVERY) removeOld.run(component, event, component, event);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    askedBy: (request) => maybe(runOfRequest.get(request)),
    run: (id) => maybe(oneRun.get(id)),
    runs: (component, { event, before = LAST, limit }) =>
      (event === undefined ? ofComponent.all(component, before, limit) : ofEvent.all(component, event, before, limit)).map(asRun),
    open: () => openRuns.all().map(asRun),
    status: (component, event) => maybe(statusRun.get(component, event)),
    lastOfEach: (component) => lastRuns.all(component).map(asRun),
    monitors: (component, limit) => endedMonitors.all(component, limit).map(asRun).reverse(),
    close: () => database.close(),
  };
}

/** As CTDB has it: of a cancelled event no status is kept. */
const KEEPS_STATUS: ReadonlySet<EventOutcomeKind> = new Set(['ok', 'failed', 'timed_out']);
const REMOVE_EVERY = 10;
