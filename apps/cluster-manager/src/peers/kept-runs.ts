import type { DatabaseSync } from 'node:sqlite';
import { type RunRecord, replay } from '@fallover/events';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';
import type { GivenReply, ReplyOf } from './calls.ts';
import { MOST_RUNS } from './calls.ts';
import type { Peers } from './peers.ts';

/** The runs of the cluster that ended, as this node's journal keeps them for one that was away. */
export interface KeptRuns {
  /** Newest first. */
  list(before: string | undefined, limit: number): string[];
  get(run: string, from: number): GivenReply<'getKeptRun'>;
}

/** Text of records in one answer, at least one record. */
const MOST_TEXT = 2 * 1024 * 1024;
const MOST_RECORDS = 2_000;

export function keptRuns(database: DatabaseSync): KeptRuns {
  // What this node ran by itself, before it shared a store, is no run of the cluster: its records have no key.
  const ids = database.prepare(
    `SELECT id FROM run WHERE open = 0 AND id < ? AND NOT EXISTS
      (SELECT 1 FROM record WHERE record.run = run.id AND record.key IS NULL) ORDER BY id DESC LIMIT ?`,
  );
  const row = database.prepare('SELECT body FROM run WHERE id = ? AND open = 0');
  const records = database.prepare(
    `SELECT revision, position, body FROM record WHERE run = ? AND revision IS NOT NULL
      ORDER BY revision, position LIMIT ? OFFSET ?`,
  );
  return {
    list: (before = '~', limit) => ids.all(before, limit).map(({ id }) => id as string),
    get(run, from) {
      const found = row.get(run);
      if (!found) return { records: [] };
      const given: GivenReply<'getKeptRun'>['records'] = [];
      let text = 0;
      for (const { revision, position, body } of records.iterate(run, MOST_RECORDS + 1, from)) {
        text += (body as string).length;
        if (given.length > 0 && (given.length >= MOST_RECORDS || text > MOST_TEXT))
          return { row: found['body'] as string, records: given, next: from + given.length };
        given.push({ revision: revision as number, position: position as number, record: body as string });
      }
      return { row: found['body'] as string, records: given };
    },
  };
}

export interface CopyParts {
  journal: Pick<Journal, 'row' | 'append' | 'removedUpTo'>;
  peers: Peers;
  nodes: readonly string[];
  signal: AbortSignal;
  log(sentence: string): void;
}

/** Of one peer at once; the rest comes with the next pass. */
const MOST_COPIED = 2_000;

/**
 * Copies the runs that this node's journal lacks and that a peer's keeps: those that the shared store does not keep any longer.
 * What this node has removed as too old stays away. Returns how many came.
 */
export async function copyMissedRuns({ journal, peers, nodes, signal, log }: CopyParts): Promise<number> {
  let copied = 0;
  const removed = journal.removedUpTo()?.run ?? '';
  for (const node of nodes) {
    const missing: string[] = [];
    for (let before: string | undefined, more = true; more && missing.length < MOST_COPIED; ) {
      const input = { limit: MOST_RUNS, ...(before === undefined ? {} : { before }) };
      const listed = await peers.ask(node, { name: 'listKeptRuns', input }, signal);
      if (!listed.ok) break;
      const runs = listed.value.runs.filter((run) => run > removed && (before === undefined || run < before));
      missing.push(...runs.filter((run) => !journal.row(run)));
      before = runs.at(-1);
      more = runs.length === MOST_RUNS;
    }
    for (const run of missing.reverse()) {
      if (signal.aborted) return copied;
      const kept = await wholeRun(peers, node, run, signal);
      if (!kept) continue;
      const read = readRun(run, kept);
      if (!read) log(`Node ${node} keeps run ${run} in a form that is not understood here, so it was not copied.`);
      else if (!journal.row(run)) {
        journal.append(read.entries, [read.row]);
        copied += 1;
      }
    }
  }
  return copied;
}

interface Kept {
  row: string;
  records: ReplyOf<'getKeptRun'>['records'];
}

const MOST_RECORDS_OF_A_RUN = 200_000;

async function wholeRun(peers: Peers, node: string, run: string, signal: AbortSignal): Promise<Kept | undefined> {
  const records: Kept['records'] = [];
  for (let from = 0; ; ) {
    const part = await peers.ask(node, { name: 'getKeptRun', input: { run, from } }, signal);
    if (!part.ok) return undefined;
    records.push(...part.value.records);
    const { next, row } = part.value;
    if (row === undefined) return undefined;
    if (next === undefined) return { row, records };
    if (next <= from || records.length > MOST_RECORDS_OF_A_RUN) return undefined;
    from = next;
  }
}

/** Undefined where it could not be shown afterwards: a run is the fold over its records. */
function readRun(run: string, { row, records }: Kept): { row: RunRow; entries: JournalEntry[] } | undefined {
  try {
    const read = JSON.parse(row) as RunRow;
    const isRow =
      read.id === run && typeof read.event === 'string' && Array.isArray(read.args) && typeof read.acceptedAt === 'string';
    if (!isRow || read.state === 'running' || read.state === 'awaiting_decision') return undefined;
    const entries = records.map(({ record, revision, position }) => ({
      run,
      record: JSON.parse(record) as RunRecord,
      place: { revision, position },
    }));
    if (entries.length > 0 && replay(entries.map(({ record }) => record))?.plan.id !== run) return undefined;
    return { row: read, entries };
  } catch {
    return undefined;
  }
}
