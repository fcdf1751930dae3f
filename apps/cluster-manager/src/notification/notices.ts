import type { DatabaseSync } from 'node:sqlite';
import {
  type DefinitionDocument,
  dueNotifications,
  type EffectiveMethod,
  failureSentence,
  groupedInto,
  methodsOf,
  type Notification,
  notificationId,
  type RunRecord,
  type RunState,
  replay,
  toldWith,
} from '@fallover/events';
import { type ComposeContext, compose } from './compose.ts';
import { isVerbatim } from './method-settings.ts';
import type { Outbox } from './outbox.ts';

export interface NoticeParts {
  node: string;
  cluster: string;
  /** The journal's; it keeps up to which record everything was handed to the outbox. */
  database: DatabaseSync;
  recordsOf(run: string): readonly RunRecord[];
  documentOf(hash: string): Promise<DefinitionDocument>;
  outbox: Pick<Outbox, 'add' | 'close' | 'pending'>;
  recipients: ComposeContext['recipients'];
  /** Whether an event has failed and nothing fails over until somebody recovers. */
  isFailed(): boolean;
  linkOf(run: string): Promise<string | undefined>;
  failed(error: unknown): void;
}

/** What of a run the engine tells. */
export interface Noticed {
  id: string;
  state: RunState;
  records: readonly RunRecord[];
}

export interface Notices {
  /** Something about a run is durable. It returns at once: no event waits for a notification. */
  recorded(run: Noticed): void;
  /** At start: what an earlier daemon recorded and did not hand over. */
  takeUp(): Promise<void>;
  /** Everything recorded so far is in the outbox, and will not be looked at again. */
  close(): Promise<void>;
}

const DOES_NOT_FAIL_OVER = 'The cluster does not fail over until somebody recovers from script failure.';
const RETRY_MS = 1_000;
const MARK_MS = 10_000;

/** Hands what there is to tell of each run to the outbox, every thing once: its id says which it is. */
export function notices(parts: NoticeParts): Notices {
  const mark = handedOver(parts.database);
  const waiting = new Map<string, Noticed>();
  /** Of runs that go on: what was handed over already. */
  const told = new Map<string, Set<string>>();
  let working: Promise<void> | undefined;
  let closed = false;

  function work(): Promise<void> {
    working ??= (async () => {
      while (waiting.size > 0 && !closed) {
        const upTo = mark.newest();
        const batch = [...waiting.values()];
        waiting.clear();
        for (const run of batch) {
          try {
            await hand(run);
          } catch (error) {
            parts.failed(error);
            if (!waiting.has(run.id)) waiting.set(run.id, run);
            await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
          }
        }
        // Only when nothing came meanwhile is it known that every record up to there was looked at.
        if (waiting.size === 0) mark.reached(upTo);
      }
    })().finally(() => {
      working = undefined;
      if (waiting.size > 0 && !closed) void work();
    });
    return working;
  }

  async function hand(run: Noticed): Promise<void> {
    const { plan } = run.state;
    const document = await parts.documentOf(plan.revision.hash);
    const methods = methodsOf(document);
    const known = told.get(run.id) ?? new Set<string>();
    const due = dueNotifications(run.state, methods).filter((one) => !known.has(notificationId(one)));
    if (due.length > 0) {
      const link = await parts.linkOf(plan.parent ?? plan.id);
      const at = run.records.findLast(({ kind }) => kind !== 'command')?.at ?? plan.acceptedAt;
      const failure = failureSentence(run.state);
      for (const one of due) {
        const failing = parts.isFailed() || (one.moment === 'failure' && run.state.state === 'awaiting_decision');
        const sentences = one.moment === 'failure' && failure !== undefined ? [failure] : [];
        const always = failing ? [DOES_NOT_FAIL_OVER] : [];
        const { node, cluster, recipients } = parts;
        const made = compose(one, {
          node,
          cluster,
          document,
          drill: plan.drill,
          at,
          sentences,
          always,
          link,
          recipients,
          methods,
        });
        for (const each of made)
          await add(
            each,
            methods.find(({ name }) => name === each.method),
          );
      }
      told.set(run.id, new Set([...known, ...due.map(notificationId)]));
    }
    if (run.state.state === 'ended') told.delete(run.id);
  }

  /** The new one first: were the daemon to end in between, both are told, and none is lost. */
  async function add(fresh: Notification, method: EffectiveMethod | undefined): Promise<void> {
    const holdMs = fresh.escalatedFrom === undefined ? (method?.holdMs ?? 0) : 0;
    const earlier = toldWith(fresh, parts.outbox.pending(), holdMs);
    const added = await parts.outbox.add([
      earlier.length === 0 ? fresh : groupedInto(fresh, earlier, { isVerbatim: isVerbatim(method?.transport) }),
    ]);
    // One that was there before, from an earlier daemon, tells of nothing that came since.
    if (added.length === 0) return;
    const undone = new Set(earlier.flatMap(({ run }) => (run === undefined || run === fresh.run ? [] : [run])));
    const needless = parts.outbox
      .pending()
      .filter(({ run, escalatedFrom }) => escalatedFrom === fresh.method && undone.has(run ?? ''));
    for (const { id } of [...earlier, ...needless]) await parts.outbox.close(id, { state: 'grouped', toldBy: fresh.id });
  }

  return {
    recorded(run) {
      waiting.set(run.id, run);
      void work();
    },
    async takeUp() {
      for (const id of mark.later()) {
        const records = parts.recordsOf(id);
        const state = replay(records);
        if (state) waiting.set(id, { id, state, records });
      }
      await work();
    },
    async close() {
      closed = true;
      if (working !== undefined) await working;
      mark.write();
    },
  };
}

/** Up to which record of the journal everything was handed over. A journal that had no such mark begins where it is. */
function handedOver(database: DatabaseSync) {
  database.exec(
    'CREATE TABLE IF NOT EXISTS handed_over (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL) STRICT;',
  );
  const newest = database.prepare('SELECT coalesce(max(number), 0) AS number FROM record');
  const put = database.prepare('INSERT INTO handed_over VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET number = excluded.number');
  const get = database.prepare('SELECT number FROM handed_over');
  const later = database.prepare('SELECT run, min(number) AS first FROM record WHERE number > ? GROUP BY run ORDER BY first');
  const numberOf = (row: unknown): number => (row as { number: number }).number;
  if (!get.get()) put.run(numberOf(newest.get()));
  let written = numberOf(get.get());
  let reached = written;
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (reached <= written) return;
    put.run(reached);
    written = reached;
  };
  return {
    newest: (): number => numberOf(newest.get()),
    /** Written once in a while: to look at some records twice costs less than to write a mark for each. */
    reached(number: number): void {
      reached = Math.max(reached, number);
      timer ??= setTimeout(write, MARK_MS).unref();
    },
    write,
    later: (): string[] => later.all(written).map((row) => row.run as string),
  };
}
