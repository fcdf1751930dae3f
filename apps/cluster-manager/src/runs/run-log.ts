import type { RunRecord } from '@fallover/events';
import type { ClusterStore, RunWrite, Standing } from '@fallover/store';
import { type Journal, JournalNotWritable } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';
import type { TakingPart } from '../membership/taking-part.ts';
import type { RunEntry } from './follow.ts';

/** A record as this node learns of it, with its place in the order of all nodes where the run is shared. */
export interface ToldEntry extends RunEntry {
  place?: { revision: number; position: number };
}

export interface RunBatch {
  entries: readonly RunEntry[];
  /** Runs that begin with it. */
  begins: readonly string[];
  /** The run whose state all this follows from, and its control key as it was then. */
  run: string;
  control: number;
  /** Steps of this node are claimed in it. */
  claims: boolean;
  /** Something is in it that only the coordinator says. */
  coordinates: boolean;
}

/** Where records of runs are written so that they hold; this node then learns of them by `told`, as any other does. */
export interface RunLog {
  /** What this node alone knows, such as how a step has ended, is safe from now on. */
  keep(entries: readonly RunEntry[]): Promise<void>;
  /** `overtaken`: the state that the batch follows from has changed; nothing was written. */
  write(batch: RunBatch): Promise<'written' | 'overtaken'>;
  /** What has been told, made durable; the numbers of the records. */
  journal(entries: readonly ToldEntry[], rows: readonly RunRow[]): Promise<number[]>;
}

export interface JournalParts {
  journal: Pick<Journal, 'append'>;
  trouble(code: 'journal_not_writable', reason: string | undefined): void;
  stopped: AbortSignal;
}

const JOURNAL_RETRY_MS = 1_000;

/** Appends as soon as the disk takes it: nothing goes on before. */
function durably({ journal, trouble, stopped }: JournalParts) {
  return async (...commit: Parameters<Journal['append']>): Promise<number[]> => {
    for (;;) {
      try {
        const numbers = journal.append(...commit);
        trouble('journal_not_writable', undefined);
        return numbers;
      } catch (error) {
        if (!(error instanceof JournalNotWritable)) throw error;
        trouble('journal_not_writable', error.message);
        await new Promise((resolve) => setTimeout(resolve, JOURNAL_RETRY_MS));
        stopped.throwIfAborted();
      }
    }
  };
}

/** One node on a store of its own: its journal is all there is, and what is written holds at once. */
export function journalLog(parts: JournalParts & { told(entries: readonly ToldEntry[]): Promise<void> }): RunLog {
  return {
    keep: async () => {}, // it comes with what follows from it, in one commit
    async write({ entries }) {
      await parts.told(entries);
      return 'written';
    },
    journal: durably(parts),
  };
}

export interface SharedLogParts extends JournalParts {
  store: Pick<ClusterStore, 'appendRuns'>;
  membership: TakingPart;
  /** Resolves when this node has been told all up to this revision. */
  toldUpTo(revision: number): Promise<void>;
  /** Resolves when it has been told anything more, or after a moment. */
  toldMore(): Promise<void>;
}

/**
 * What stands in the shared store may come to the journal a little later, with what follows: all but a claim of this node, which
 * has to be safe before its command starts.
 */
const JOURNALED_WITHIN_MS = 50;

/** Many nodes: records hold once they are in the shared store, and every node learns of them by its watch. */
export function sharedLog(parts: SharedLogParts): RunLog {
  const { store, membership } = parts;
  const append = durably(parts);
  let waiting: ToldEntry[] = [];
  const rowsWaiting = new Map<string, RunRow>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<number[]> {
    clearTimeout(timer);
    timer = undefined;
    const entries = waiting.map((entry) => ({ ...entry, place: entry.place ?? ('unpublished' as const) }));
    const rows = [...rowsWaiting.values()];
    waiting = [];
    rowsWaiting.clear();
    return entries.length + rows.length === 0 ? [] : append(entries, rows);
  }

  /** A daemon that ends leaves it: the next one reads it in the shared store, and may have done so already. */
  function flushLater(): void {
    if (!parts.stopped.aborted) void flush().catch(() => {});
  }

  return {
    async keep(entries) {
      waiting.push(...entries);
      await flush();
    },

    async write({ entries, begins, run, control, claims, coordinates }) {
      const member = membership.own() === undefined ? undefined : membership.joined()?.member;
      const coordinator = membership.coordinator();
      const as: Standing = {
        ...(claims && member ? { member } : {}),
        ...((claims || coordinates) && coordinator ? { coordinator } : {}),
      };
      if ((claims && !(as.member && as.coordinator)) || (coordinates && !membership.isCoordinator())) return 'overtaken';
      const more = parts.toldMore();
      const writes = [...new Set(entries.map((entry) => entry.run))].map((id): RunWrite => {
        const records = entries.flatMap((entry) => (entry.run === id ? [entry.record] : []));
        if (begins.includes(id)) return { run: id, records, opens: true };
        const moves = records.some(({ kind }) => MOVES.has(kind));
        return { run: id, records, ...(id === run && (claims || moves) ? { control } : {}), ...(moves ? { moves } : {}) };
      });
      const result = await store.appendRuns(writes, as);
      if (!result.appended) {
        await more;
        return 'overtaken';
      }
      await parts.toldUpTo(result.revision);
      return 'written';
    },

    async journal(entries, rows) {
      waiting.push(...entries);
      for (const row of rows) rowsWaiting.set(row.id, row);
      const mayWait =
        entries.every((entry) => !isClaimOf(membership.node, entry)) && rows.every((row) => row.state === 'running');
      if (!mayWait) await flush();
      else timer ??= setTimeout(flushLater, JOURNALED_WITHIN_MS);
      return [];
    },
  };
}

/**
 * What the coordinator or a person says overtakes the claims that nodes are about to make, and what a coordinator had on its way
 * when its answer was waited for no longer: `event_error` is raised once.
 */
const MOVES: ReadonlySet<RunRecord['kind']> = new Set(['lost', 'decided', 'abort', 'child']);

const isClaimOf = (node: string, { record }: RunEntry): boolean =>
  record.kind === 'started' && record.step.split('/')[2] === node;
