import type { StoreBackend, Transaction } from '../backend.ts';
import type { Answer, RecordedAnswer, WriteOutcome, WriteRequest } from '../cluster-store.ts';
import { KEPT, keptSince, keys } from './keys.ts';

export const KEPT_FOR_MS = 24 * 60 * 60 * 1000;
/**
 * Of more than these the oldest are forgotten sooner, so that the store stays small however busy a day is: events are processed
 * one after the other, and these are some minutes of the fastest cluster.
 */
export const MOST_KEPT = 5_000;

/** Of what is older, at most so much is forgotten with each write: more than a write adds, and never a long one. */
const FORGOTTEN_A_WRITE = 4;

/** What a request does, as the store is now; or what has changed since the caller read. */
export type Effect = { transaction: Transaction; answer: Answer } | { changed: string[] };

export interface Answers {
  answerTo(id: string): Promise<RecordedAnswer | undefined>;
  recordAnswer(request: WriteRequest, answer: Answer): Promise<RecordedAnswer>;
  /**
   * Commits the effect and its answer together. `effect` is asked again when somebody wrote in between, until it holds or
   * says what has changed.
   */
  commitAnswered(request: WriteRequest, effect: () => Promise<Effect>): Promise<WriteOutcome>;
  /** The transaction that also keeps this key for a day or until MOST_KEPT later ones, and forgets what is older. */
  keepingForADay(key: string, value: string, transaction?: Transaction): Promise<Transaction>;
}

export function answersIn(backend: StoreBackend, { now }: { now: () => number }): Answers {
  const keepingForADay = async (key: string, value: string, transaction: Transaction = {}): Promise<Transaction> => {
    const at = now();
    const [oldest, count] = await Promise.all([backend.list(KEPT, { limit: FORGOTTEN_A_WRITE }), backend.count(KEPT)]);
    // A transaction that keeps two keys forgets the same ones only once.
    const already = new Set(transaction.delete);
    const forgotten = oldest.filter(
      (item, index) => (index < count - MOST_KEPT || at - keptSince(item.key) > KEPT_FOR_MS) && !already.has(item.key),
    );
    return {
      compare: [...(transaction.compare ?? []), { key, revision: 0 }],
      put: [...(transaction.put ?? []), { key, value }, { key: keys.kept(at, key), value: key }],
      delete: [...(transaction.delete ?? []), ...forgotten.flatMap((item) => [item.key, item.value])],
    };
  };

  const answerTo = async (id: string): Promise<RecordedAnswer | undefined> => {
    const found = await backend.get(keys.answer(id));
    return found && (JSON.parse(found.value) as RecordedAnswer);
  };

  const record = async (request: WriteRequest, { status, body }: Answer, transaction?: Transaction) => {
    const { digest, principal, id } = request;
    const recorded: RecordedAnswer = { status, body, digest, principal, at: new Date(now()).toISOString() };
    const result = await backend.commit(await keepingForADay(keys.answer(id), JSON.stringify(recorded), transaction));
    return { result, recorded };
  };

  return {
    answerTo,
    keepingForADay,
    async recordAnswer(request, answer) {
      for (;;) {
        const { result, recorded } = await record(request, answer);
        if (result.committed) return recorded;
        const first = await answerTo(request.id);
        if (first) return first;
      }
    },
    async commitAnswered(request, effect) {
      for (;;) {
        const first = await answerTo(request.id);
        if (first) return { outcome: 'repeated', answer: first };
        const wanted = await effect();
        if ('changed' in wanted) return { outcome: 'changed_meanwhile', changed: wanted.changed };
        const { result } = await record(request, wanted.answer, wanted.transaction);
        if (result.committed) return { outcome: 'written', answer: wanted.answer };
      }
    },
  };
}
