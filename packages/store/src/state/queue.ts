import type { StoreBackend, Versioned } from '../backend.ts';
import type { ClusterStore, CurrentRun, QueuedEvent } from '../cluster-store.ts';
import type { Answers } from './answers.ts';
import { keys, QUEUE } from './keys.ts';

type QueuePart = Pick<ClusterStore, 'enqueue' | 'enqueueOwn' | 'queue' | 'start' | 'current' | 'decide' | 'end'>;

/** With what is deleted and compared in it, fewer than the operations that etcd takes in one transaction. */
const AT_ONCE = 40;

export function queueIn(backend: StoreBackend, { commitAnswered, keepingForADay }: Answers): QueuePart {
  /** The store's revision at which an event was accepted is its place in the queue. */
  const queued = async () => (await backend.list(QUEUE)).sort((a, b) => a.created - b.created);
  const current = async (): Promise<{ item: Versioned; value: CurrentRun } | undefined> => {
    const item = await backend.get(keys.current);
    return item && { item, value: JSON.parse(item.value) as CurrentRun };
  };

  return {
    enqueue: (request, event, answer) =>
      commitAnswered(request, async () => {
        const key = keys.queued(event.run);
        if (await backend.get(key)) return { changed: [event.run] };
        return { transaction: { compare: [{ key, revision: 0 }], put: [{ key, value: JSON.stringify(event) }] }, answer };
      }),

    async enqueueOwn(event) {
      if ((await current())?.value.plan.id === event.run) return false;
      const key = keys.queued(event.run);
      const result = await backend.commit(
        await keepingForADay(keys.queuedOnce(event.run), '', {
          compare: [{ key, revision: 0 }],
          put: [{ key, value: JSON.stringify(event) }],
        }),
      );
      return result.committed;
    },

    queue: async () => (await queued()).map(eventOf),

    async start(event, plan) {
      const key = keys.queued(event.run);
      const item = await backend.get(key);
      if (!item) return false;
      const run: CurrentRun = { plan, decisions: [] };
      const result = await backend.commit({
        compare: [
          { key, revision: item.revision },
          { key: keys.current, revision: 0 },
        ],
        put: [{ key: keys.current, value: JSON.stringify(run) }],
        delete: [key],
      });
      return result.committed;
    },

    current: async () => (await current())?.value,

    async decide(request, run, decision, answer, summaryOf) {
      let later: { key: string; value: string }[] = [];
      const outcome = await commitAnswered(request, async () => {
        const found = await current();
        if (found?.value.plan.id !== run || found.value.decisions.some(({ number }) => number === decision.number))
          return { changed: ['current'] };
        const cancelled = decision.cancelQueue ? await queued() : [];
        const stored = cancelled.length === 0 ? decision : { ...decision, cancelled: cancelled.map(eventOf) };
        const decided: CurrentRun = { ...found.value, decisions: [...found.value.decisions, stored] };
        const history = summaryOf
          ? cancelled.map(eventOf).map((event) => ({ key: keys.history(event.run), value: summaryOf(event) }))
          : [];
        later = history.slice(AT_ONCE);
        return {
          transaction: {
            compare: [found.item, ...cancelled].map(({ key, revision }) => ({ key, revision })),
            put: [{ key: keys.current, value: JSON.stringify(decided) }, ...history.slice(0, AT_ONCE)],
            delete: cancelled.map(({ key }) => key),
          },
          answer: answer(cancelled.map(eventOf)),
        };
      });
      if (outcome.outcome !== 'written') return outcome;
      for (let at = 0; at < later.length; at += AT_ONCE) await backend.commit({ put: later.slice(at, at + AT_ONCE) });
      return outcome;
    },

    async end(run) {
      for (;;) {
        const found = await current();
        if (found?.value.plan.id !== run) return;
        const { key, revision } = found.item;
        if ((await backend.commit({ compare: [{ key, revision }], delete: [key] })).committed) return;
      }
    },
  };
}

const eventOf = (item: Versioned): QueuedEvent => JSON.parse(item.value) as QueuedEvent;
