import { setTimeout as delay } from 'node:timers/promises';
import type { Notification } from '@fallover/events';
import type { ClusterStore, MethodProof, StoredNotification } from '@fallover/store';

/** What becomes of a notification; undefined: nothing. It may be asked again when another node wrote meanwhile. */
export type Decide = (notification: Notification) => Notification | undefined;

export interface OutboxWriter {
  /** Resolves once it is durable, with the notification as it is then; undefined when nothing was to be changed. */
  change(id: string, decide: Decide): Promise<Notification | undefined>;
  /** Goes to the store with the next changes. */
  prove(proof: MethodProof): void;
  /** Every change that was asked for is durable. */
  flushed(): Promise<void>;
}

export interface OutboxWriterParts {
  store: Pick<ClusterStore, 'saveNotifications' | 'notification'>;
  /** Changes that come within this time are one commit: it costs the disk as much as one alone. Milliseconds. */
  gatherMs(): number;
  /** As this node knows it. */
  known(id: string): StoredNotification | undefined;
  written(stored: StoredNotification): void;
  /** The store is out of reach; undefined: it is back. */
  trouble(reason: string | undefined): void;
  stopped: AbortSignal;
}

interface Asked {
  id: string;
  decide: Decide;
  done(notification: Notification | undefined): void;
}

/** A backend may bound how much one commit holds. */
const AT_ONCE = 40;
const RETRY_MS = 1_000;

/** Writes the outbox: the changes of one notification one after the other, those of many in one commit. */
export function outboxWriter({ store, gatherMs, known, written, trouble, stopped }: OutboxWriterParts): OutboxWriter {
  let asked: Asked[] = [];
  const proofs = new Map<string, MethodProof>();
  let working: Promise<void> | undefined;

  function work(): Promise<void> {
    working ??= (async () => {
      while (asked.length > 0 || proofs.size > 0) {
        await delay(gatherMs());
        try {
          await writeSome();
          trouble(undefined);
        } catch (error) {
          trouble((error as Error).message);
          if (stopped.aborted) return giveUp();
          await delay(RETRY_MS, undefined, { signal: stopped }).catch(() => {});
        }
      }
    })().finally(() => {
      working = undefined;
      if (asked.length > 0) void work();
    });
    return working;
  }

  /** The store is out of reach and the daemon ends: the next one finds what was claimed, and says that it was interrupted. */
  function giveUp(): void {
    for (const { done } of asked.splice(0)) done(undefined);
    proofs.clear();
  }

  async function writeSome(): Promise<void> {
    const ids = [...new Set(asked.map(({ id }) => id))].slice(0, AT_ONCE);
    const mine = asked.filter(({ id }) => ids.includes(id));
    const stored = new Map<string, StoredNotification | undefined>();
    for (const id of ids) stored.set(id, known(id) ?? (await store.notification(id)));
    const next = new Map<string, { notification: Notification; changed: boolean }>();
    const answers = new Map<Asked, boolean>();
    for (const one of mine) {
      const before = next.get(one.id)?.notification ?? stored.get(one.id)?.notification;
      const after = before && one.decide(before);
      answers.set(one, after !== undefined);
      if (before)
        next.set(one.id, { notification: after ?? before, changed: after !== undefined || next.get(one.id)?.changed === true });
    }
    const writes = [...next].flatMap(([id, { notification, changed }]) =>
      changed ? [{ notification, revision: stored.get(id)?.revision ?? 0 }] : [],
    );
    const proved = [...proofs.values()];
    const done = await store.saveNotifications(writes, proved);
    for (const proof of proved) if (proofs.get(proof.method) === proof) proofs.delete(proof.method);
    for (const one of done) written(one);
    const saved = new Set(done.map(({ notification }) => notification.id));
    const missed = new Set(writes.map(({ notification }) => notification.id).filter((id) => !saved.has(id)));
    // Another node wrote it: it is read again, and decided on as it is now.
    for (const id of missed) {
      const now = await store.notification(id);
      if (now) written(now);
    }
    asked = asked.filter((one) => !answers.has(one) || missed.has(one.id));
    for (const [one, changed] of answers) if (!missed.has(one.id)) one.done(changed ? next.get(one.id)?.notification : undefined);
  }

  return {
    change(id, decide) {
      const { promise, resolve } = Promise.withResolvers<Notification | undefined>();
      asked.push({ id, decide, done: resolve });
      void work();
      return promise;
    },
    prove(proof) {
      proofs.set(proof.method, proof);
      void work();
    },
    async flushed() {
      while (working !== undefined) await working;
    },
  };
}
