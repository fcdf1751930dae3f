import { randomUUID } from 'node:crypto';
import type { Change, Lease, StoreBackend, Transaction, Versioned } from '../backend.ts';
import { storeError } from '../faults.ts';
import { bell, follow, REVISIONS_KEPT } from '../follow.ts';
import { assertKeysOnce, holds } from '../transaction.ts';

interface Kept {
  item: Versioned;
  lease: string | undefined;
}

/** For tests and for trying things out. It has no durability at all: everything is gone when the process ends. */
export function memoryBackend({ now }: { now: () => number }): StoreBackend {
  const items = new Map<string, Kept>();
  const leases = new Map<string, { ttlMs: number; endsAt: number }>();
  const log: { revision: number; changes: Change[] }[] = [];
  const watchers = bell();
  let revision = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  /** Everything that is written at one revision. */
  const write = ({ put = [], delete: deleted = [] }: Transaction): number => {
    const gone = deleted.filter((key) => items.has(key));
    if (put.length + gone.length === 0) return revision;
    revision += 1;
    const changes: Change[] = put.map(({ key, value, lease }) => {
      const item = { key, value, revision, created: items.get(key)?.item.created ?? revision };
      items.set(key, { item, lease });
      return { type: 'put', item };
    });
    for (const key of gone) {
      items.delete(key);
      changes.push({ type: 'delete', key, revision });
    }
    log.push({ revision, changes });
    if (log.length > REVISIONS_KEPT) log.shift();
    watchers.ring();
    return revision;
  };

  const endLeases = (ended: (id: string, endsAt: number) => boolean) => {
    const ids = new Set([...leases].filter(([id, lease]) => ended(id, lease.endsAt)).map(([id]) => id));
    if (ids.size === 0) return;
    for (const id of ids) leases.delete(id);
    const held = [...items.values()].filter(({ lease }) => lease !== undefined && ids.has(lease));
    write({ delete: held.map(({ item }) => item.key).sort(bytewise) });
  };

  /** Before every reading and writing, so that nobody sees a key whose lease has ended. */
  const current = () => {
    if (closed) throw new Error('The store is closed.');
    const at = now();
    endLeases((_, endsAt) => endsAt <= at);
  };

  const sleepUntilNextEnd = () => {
    clearTimeout(timer);
    if (closed || leases.size === 0) return;
    const next = Math.min(...[...leases.values()].map(({ endsAt }) => endsAt));
    timer = setTimeout(
      () => {
        current();
        sleepUntilNextEnd();
      },
      Math.max(1, next - now()),
    );
    timer.unref();
  };

  const changeLog = {
    read: (after: number) => {
      current();
      if (after < revision - REVISIONS_KEPT) throw storeError({ code: 'watch_too_old', after });
      return log.slice(Math.max(0, log.length - (revision - after)));
    },
    subscribe: watchers.subscribe,
    closed: () => closed,
  };

  const leaseOf = (id: string, ttlMs: number): Lease => ({
    id,
    ttlMs,
    async keepAlive() {
      current();
      const lease = leases.get(id);
      if (lease) lease.endsAt = now() + ttlMs;
      return lease !== undefined;
    },
    async revoke() {
      current();
      endLeases((other) => other === id);
    },
  });

  return {
    async get(key) {
      current();
      return items.get(key)?.item;
    },
    async list(prefix, { limit, reverse, before } = {}) {
      current();
      const found = [...items.values()]
        .map(({ item }) => item)
        .filter(({ key }) => key.startsWith(prefix) && (before === undefined || bytewise(key, before) < 0))
        .sort((a, b) => bytewise(a.key, b.key));
      return (reverse ? found.reverse() : found).slice(0, limit);
    },
    async count(prefix) {
      current();
      return [...items.keys()].filter((key) => key.startsWith(prefix)).length;
    },
    async commit(transaction) {
      assertKeysOnce(transaction);
      current();
      const { compare = [], put = [] } = transaction;
      const changed = compare.filter((comparison) => !holds(comparison, items.get(comparison.key)?.item));
      const lost = put.filter(({ lease }) => lease !== undefined && !leases.has(lease));
      if (changed.length + lost.length > 0) return { committed: false, changed: [...changed, ...lost].map(({ key }) => key) };
      return { committed: true, revision: write(transaction) };
    },
    async revision() {
      current();
      return revision;
    },
    watch: (prefix, after, signal) => follow(changeLog, prefix, after, signal),
    async grant(ttlMs) {
      current();
      const id = randomUUID();
      leases.set(id, { ttlMs, endsAt: now() + ttlMs });
      sleepUntilNextEnd();
      return leaseOf(id, ttlMs);
    },
    async resume(id) {
      current();
      const kept = leases.get(id);
      if (kept === undefined) return undefined;
      const lease = leaseOf(id, kept.ttlMs);
      return (await lease.keepAlive()) ? lease : undefined;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      watchers.ring();
    },
  };
}

const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
