import { type RunRecord, recordKey } from '@fallover/events';
import type { Comparison, StoreBackend, Transaction, Versioned } from '../backend.ts';
import type { CurrentRun } from '../cluster-store.ts';
import type { AppendResult, Coordination, EndedRun, OvertakenBy, PlacedRecord, RunWrite, Standing } from '../coordination.ts';
import { HISTORY, keys, nameIn, OPEN, partOfRun } from './keys.ts';
import { type NodesTools, standingOf } from './nodes.ts';

type RunsPart = Pick<
  Coordination,
  'appendRuns' | 'runRecords' | 'openRuns' | 'startRun' | 'endRun' | 'endedRuns' | 'rollUpEvent'
>;

/** How many ended runs all nodes can read; what is older is in each node's journal. */
const HISTORY_KEPT = 200;
/** The history is looked through once in so many runs. */
const TRIMMED_EVERY = 16;
/** Fewer than the operations that etcd takes in one transaction. */
const DELETED_AT_ONCE = 100;

export function runsIn(backend: StoreBackend, { nodeWrites }: NodesTools): RunsPart {
  let endedSinceTrim = TRIMMED_EVERY;

  async function trimHistory(): Promise<void> {
    endedSinceTrim += 1;
    if (endedSinceTrim < TRIMMED_EVERY) return;
    endedSinceTrim = 0;
    const ended = await backend.list(HISTORY);
    for (const { key } of ended.slice(0, Math.max(0, ended.length - HISTORY_KEPT))) {
      const kept = await backend.list(keys.ofRun(nameIn(key, HISTORY)));
      const gone = [...kept.map((item) => item.key), key];
      for (let at = 0; at < gone.length; at += DELETED_AT_ONCE)
        await backend.commit({ delete: gone.slice(at, at + DELETED_AT_ONCE) });
    }
  }

  return {
    async appendRuns(writes, as) {
      const parts = writes.map(transactionOf(counter()));
      const standing = standingOf(as);
      const result = await backend.commit({
        compare: [...standing, ...parts.flatMap(({ compare = [] }) => compare)],
        put: parts.flatMap(({ put = [] }) => put),
      });
      return result.committed ? { appended: true, revision: result.revision } : overtaken(result.changed);
    },

    async runRecords(run) {
      const items = await backend.list(keys.ofRun(run));
      const records = items.flatMap((item) => placedRecord(item) ?? []).sort(inOrder);
      if (records.length === 0) return undefined;
      return { records, control: items.find(({ key }) => key === keys.control(run))?.revision ?? 0 };
    },

    openRuns: async () => (await backend.list(OPEN)).map(({ key }) => nameIn(key, OPEN)),

    async startRun(event, plan, records, as) {
      const queued = await backend.get(keys.queued(event.run));
      if (!queued) return false;
      const current: CurrentRun = { plan, decisions: [] };
      const opening = transactionOf(counter())({ run: plan.id, records, opens: true });
      const result = await backend.commit({
        compare: [
          ...standingOf(as),
          { key: queued.key, revision: queued.revision },
          { key: keys.current, revision: 0 },
          ...(opening.compare ?? []),
        ],
        put: [{ key: keys.current, value: JSON.stringify(current) }, ...(opening.put ?? [])],
        delete: [queued.key],
      });
      return result.committed;
    },

    async endRun(run, summary, effects, as) {
      for (;;) {
        const [open, current] = [await backend.get(keys.open(run)), await backend.get(keys.current)];
        const isCurrent = current !== undefined && (JSON.parse(current.value) as CurrentRun).plan.id === run;
        if (!open && !isCurrent) return true;
        const nodes = (await nodeWrites(effects)) ?? { compare: [], put: [] };
        const result = await backend.commit({
          compare: [
            ...standingOf(as),
            { key: keys.open(run), revision: open?.revision ?? 0 },
            ...(isCurrent ? [{ key: keys.current, revision: current.revision }] : []),
            ...nodes.compare,
          ],
          put: [{ key: keys.history(run), value: summary }, ...nodes.put],
          delete: [keys.open(run), ...(isCurrent ? [keys.current] : [])],
        });
        if (result.committed) {
          await trimHistory();
          return true;
        }
        if (hasLostStanding(result.changed, as)) return false;
      }
    },

    async endedRuns({ before, limit }) {
      const from = before === undefined ? {} : { before: keys.history(before) };
      const items = await backend.list(HISTORY, { limit, reverse: true, ...from });
      return items.map(endedRun);
    },

    async rollUpEvent(event, summary, as) {
      const queued = await backend.get(keys.queued(event.run));
      if (!queued) return false;
      const result = await backend.commit({
        compare: [...standingOf(as), { key: queued.key, revision: queued.revision }],
        put: [{ key: keys.history(event.run), value: summary }],
        delete: [queued.key],
      });
      return result.committed;
    },
  };
}

export const endedRun = ({ key, value }: Versioned): EndedRun => ({ run: nameIn(key, HISTORY), summary: value });

const hasLostStanding = (changed: readonly string[], as: Standing): boolean =>
  standingOf(as).some(({ key }) => changed.includes(key));

const counter = (): (() => number) => {
  let position = 0;
  return () => position++;
};

/** `position` counts over all writes of one transaction. */
const transactionOf =
  (position: () => number) =>
  ({ run, records, control, moves, opens }: RunWrite): Transaction => {
    const placed = records.map((record) => ({ key: keys.record(run, recordKey(record)), value: encoded(record, position()) }));
    const compare: Comparison[] = placed.map(({ key }) => ({ key, revision: 0 }));
    if (opens) compare.push({ key: keys.control(run), revision: 0 });
    else if (control !== undefined) compare.push({ key: keys.control(run), revision: control });
    const marks = [...(opens ? [keys.open(run)] : []), ...(opens || moves ? [keys.control(run)] : [])];
    return { compare, put: [...placed, ...marks.map((key) => ({ key, value: '' }))] };
  };

const encoded = (record: RunRecord, position: number): string => JSON.stringify({ position, record });

export function placedRecord({ key, value, revision }: Versioned): PlacedRecord | undefined {
  if (partOfRun(key)?.part !== 'record') return undefined;
  return { ...(JSON.parse(value) as Pick<PlacedRecord, 'record' | 'position'>), revision };
}

const inOrder = (a: PlacedRecord, b: PlacedRecord): number => a.revision - b.revision || a.position - b.position;

function overtaken(changed: readonly string[]): AppendResult {
  const by = changed.map((key): OvertakenBy => {
    if (key === keys.coordinator) return 'coordinator';
    const part = partOfRun(key)?.part;
    return part ?? 'member';
  });
  return { appended: false, changed: [...new Set(by)] };
}
