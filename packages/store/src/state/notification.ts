import { type Acknowledgement, isPending, type Notification, type Silence } from '@fallover/events';
import type { StoreBackend, Transaction, Versioned } from '../backend.ts';
import type { ClusterStore, MethodProof, StoredNotification } from '../cluster-store.ts';
import type { Answers } from './answers.ts';
import { keys, NOTIFICATION, OUTBOX, PROOF, SILENCE } from './keys.ts';

type NotificationPart = Pick<
  ClusterStore,
  | 'addNotifications'
  | 'saveNotifications'
  | 'notification'
  | 'notifications'
  | 'outbox'
  | 'watchOutbox'
  | 'changeNotification'
  | 'removeNotifications'
  | 'proofs'
  | 'acknowledgement'
  | 'acknowledge'
  | 'silences'
  | 'saveSilence'
>;

const SILENCE_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** The outbox of remote notification and its delivery log, which are the same documents: those that are not over have a mark. */
export function notificationIn(
  backend: StoreBackend,
  { commitAnswered }: Answers,
  { now }: { now: () => number },
): NotificationPart {
  const notification = async (id: string): Promise<StoredNotification | undefined> => {
    const item = await backend.get(keys.notification(id));
    return item && storedOf(item);
  };

  /** Writes all, or where one of them was changed meanwhile those of each half that were not. */
  async function save(writes: readonly StoredNotification[], further: Transaction['put'] = []): Promise<StoredNotification[]> {
    if (writes.length === 0) {
      if (further.length > 0) await backend.commit({ put: further });
      return [];
    }
    const parts = writes.map(transactionOf);
    const result = await backend.commit({
      compare: parts.flatMap(({ compare = [] }) => compare),
      put: [...parts.flatMap(({ put = [] }) => put), ...further],
      delete: parts.flatMap((part) => part.delete ?? []),
    });
    if (result.committed) return writes.map((write) => ({ notification: write.notification, revision: result.revision }));
    if (writes.length === 1) return save([], further);
    const middle = Math.ceil(writes.length / 2);
    return [...(await save(writes.slice(0, middle), further)), ...(await save(writes.slice(middle)))];
  }

  return {
    notification,
    addNotifications: (notifications) => save(notifications.map((one) => ({ notification: one, revision: 0 }))),
    saveNotifications: (writes, proofs = []) =>
      save(
        writes,
        proofs.map((proof) => ({ key: keys.proof(proof.method), value: JSON.stringify(proof) })),
      ),
    async notifications({ before, limit }) {
      const items = await backend.list(NOTIFICATION, {
        limit,
        reverse: true,
        ...(before === undefined ? {} : { before: keys.notification(before) }),
      });
      return items.map((item) => storedOf(item).notification);
    },
    async outbox() {
      const marks = await backend.list(OUTBOX);
      const found = await Promise.all(marks.map(({ key }) => notification(decodeURIComponent(key.slice(OUTBOX.length)))));
      return found.filter((one) => one !== undefined);
    },
    watchOutbox(signal) {
      const from = backend.revision();
      from.catch(() => {}); // whoever iterates gets it
      return outboxChanges(backend, from, signal);
    },
    changeNotification: (request, write, answer) =>
      commitAnswered(request, async () => {
        const found = await notification(write.notification.id);
        if (found?.revision !== write.revision) return { changed: [write.notification.id] };
        return { transaction: transactionOf(write), answer };
      }),
    async removeNotifications(before, limit) {
      const items = await backend.list(NOTIFICATION, { limit });
      const over = items.filter((item) => {
        const { notification: found } = storedOf(item);
        return found.id < before && !isPending(found);
      });
      if (over.length === 0) return 0;
      const result = await backend.commit({
        compare: over.map(({ key, revision }) => ({ key, revision })),
        delete: over.map(({ key }) => key),
      });
      return result.committed ? over.length : 0;
    },
    proofs: async () => (await backend.list(PROOF)).map(({ value }) => JSON.parse(value) as MethodProof),
    async acknowledgement(run) {
      const item = await backend.get(keys.acknowledgement(run));
      return item && (JSON.parse(item.value) as Acknowledgement);
    },
    acknowledge: (request, acknowledgement, answer) =>
      commitAnswered(request, async () => {
        const key = keys.acknowledgement(acknowledgement.run);
        if (await backend.get(key)) return { changed: [acknowledgement.run] };
        return {
          transaction: { compare: [{ key, revision: 0 }], put: [{ key, value: JSON.stringify(acknowledgement) }] },
          answer,
        };
      }),
    silences: async () => (await backend.list(SILENCE)).map(({ value }) => JSON.parse(value) as Silence),
    saveSilence: (request, silence, answer) =>
      commitAnswered(request, async () => {
        const key = keys.silence(silence.id);
        const old = (await backend.list(SILENCE)).filter(
          (item) => item.key !== key && now() - Date.parse((JSON.parse(item.value) as Silence).until) > SILENCE_KEPT_MS,
        );
        return { transaction: { put: [{ key, value: JSON.stringify(silence) }], delete: old.map((item) => item.key) }, answer };
      }),
  };
}

const storedOf = ({ value, revision }: Versioned): StoredNotification => ({
  notification: JSON.parse(value) as Notification,
  revision,
});

/** The mark goes with the document, so that both say the same. */
function transactionOf({ notification, revision }: StoredNotification): Transaction {
  const key = keys.notification(notification.id);
  const mark = keys.outbox(notification.id);
  const put = [{ key, value: JSON.stringify(notification) }];
  const compare = [{ key, revision }];
  return isPending(notification) ? { compare, put: [...put, { key: mark, value: '' }] } : { compare, put, delete: [mark] };
}

async function* outboxChanges(
  backend: StoreBackend,
  from: Promise<number>,
  signal: AbortSignal,
): AsyncGenerator<StoredNotification[]> {
  for await (const changes of backend.watch(NOTIFICATION, await from, signal)) {
    const put = changes.flatMap((change) => (change.type === 'put' ? [storedOf(change.item)] : []));
    if (put.length > 0) yield put;
  }
}
