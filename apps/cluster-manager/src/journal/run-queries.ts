import type { DatabaseSync } from 'node:sqlite';
import type { Outcome } from '@fallover/events';
import { firstIdAt } from '../runs/clock.ts';
import type { RunRow } from './run-row.ts';

export interface RunFilter {
  /** Only runs older than this one. */
  before?: string | undefined;
  limit: number;
  event?: string | undefined;
  outcome?: Outcome | undefined;
  /** ISO 8601: runs accepted at or after, and before this moment. */
  since?: string | undefined;
  until?: string | undefined;
  /** In the event's name or its arguments, in upper or lower case. */
  text?: string | undefined;
}

/** How long runs of an event took; of none, when none has ended. */
export interface Durations {
  /** All runs of the event, and those of them that have a duration. */
  count: number;
  timed: number;
  medianMs?: number;
  longestMs?: number;
}

export interface RunQueries {
  /** Newest first. */
  list(filter: RunFilter): RunRow[];
  durations(event: string): Durations;
}

export function runQueries(database: DatabaseSync): RunQueries {
  const count = database.prepare('SELECT count(*) AS count FROM run WHERE event = ?');
  const timed = database.prepare(
    'SELECT count(*) AS timed, max(duration_ms) AS longest FROM run WHERE event = ? AND duration_ms IS NOT NULL',
  );
  const atRank = database.prepare(
    'SELECT duration_ms AS ms FROM run WHERE event = ? AND duration_ms IS NOT NULL ORDER BY duration_ms LIMIT ? OFFSET ?',
  );

  return {
    list(filter) {
      const { sql, values } = listQuery(filter);
      return database
        .prepare(sql)
        .all(...values)
        .map((row) => JSON.parse(row['body'] as string) as RunRow);
    },
    durations(event) {
      const all = (count.get(event) as { count: number }).count;
      const { timed: some, longest } = timed.get(event) as { timed: number; longest: number | null };
      if (some === 0 || longest === null) return { count: all, timed: 0 };
      const middle = atRank.all(event, some % 2 === 0 ? 2 : 1, Math.floor((some - 1) / 2)) as { ms: number }[];
      const medianMs = middle.reduce((sum, { ms }) => sum + ms, 0) / middle.length;
      return { count: all, timed: some, medianMs, longestMs: longest };
    },
  };
}

/**
 * The ids are found in an index alone; only the runs that are shown are read. A run's id begins with the time at which it
 * was accepted (UUIDv7), so that a span of time is a span of ids. CROSS JOIN keeps SQLite from reading all runs first.
 */
function listQuery({ before, limit, event, outcome, since, until, text }: RunFilter): {
  sql: string;
  values: (string | number)[];
} {
  const given = [
    ['id < ?', before],
    ['id >= ?', since === undefined ? undefined : firstIdAt(Date.parse(since))],
    ['id < ?', until === undefined ? undefined : firstIdAt(Date.parse(until))],
    ['event = ?', event],
    ['outcome = ?', outcome],
    ['instr(words, ?) > 0', text?.toLowerCase() || undefined],
  ].filter((one): one is [string, string] => one[1] !== undefined);
  const where = given.length === 0 ? '' : `WHERE ${given.map(([condition]) => condition).join(' AND ')}`;
  const searched = text || (event !== undefined && outcome !== undefined);
  const index = searched ? 'run_listing' : event !== undefined ? 'run_of_event' : outcome !== undefined ? 'run_of_outcome' : '';
  const from = index === '' ? 'run' : `run INDEXED BY ${index}`;
  const ids = `SELECT id FROM ${from} ${where} ORDER BY id DESC LIMIT ?`;
  return {
    sql: `SELECT run.body FROM (${ids}) AS found CROSS JOIN run ON run.id = found.id ORDER BY found.id DESC`,
    values: [...given.map(([, value]) => value), limit],
  };
}
