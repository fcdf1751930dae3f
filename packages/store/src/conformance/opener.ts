import { afterEach } from 'vitest';
import type { Change, StoreBackend } from '../backend.ts';
import { storeError, storeFaultOf } from '../faults.ts';

/** A backend under test, by a clock that the test moves. */
export interface BackendUnderTest {
  name: string;
  /** An empty store. */
  open(settings: { now: () => number }): Promise<Opened>;
  /** Of a store that has a clock of its own, so that a test of it waits. */
  ownClock?: {
    /** The shortest life that a lease can have. */
    leaseMs: number;
    /** How much later its keys may be gone. */
    lateMs: number;
  };
}

export interface Opened {
  backend: StoreBackend;
  /** Another connection to the same store. Missing where a store lives in one connection only. */
  openAgain?: () => Promise<StoreBackend>;
  /** Forgets the changes up to a revision, where a store does not do so by itself after REVISIONS_KEPT. */
  forget?: (upTo: number) => Promise<void>;
}

/** Opens stores for the tests of one file, and closes each after its test. */
export function openings(underTest: BackendUnderTest) {
  const opened: StoreBackend[] = [];
  afterEach(async () => {
    for (const backend of opened.splice(0)) await backend.close();
  });
  return async (settings: { now: () => number } = { now: () => Date.now() }) => {
    const { backend, openAgain, forget } = await underTest.open(settings);
    opened.push(backend);
    const again =
      openAgain &&
      (async () => {
        const other = await openAgain();
        opened.push(other);
        return other;
      });
    return { backend, ...(again ? { openAgain: again } : {}), ...(forget ? { forget } : {}) };
  };
}

/** A clock that stands until it is moved. */
export function standingClock(start = '2026-11-23T14:22:10.000Z') {
  let at = new Date(start).getTime();
  return {
    now: () => at,
    move: (ms: number) => {
      at += ms;
    },
  };
}

/** Leases of a backend in time: that of the clock that it was given, or its own. */
export function leaseTime({ ownClock }: BackendUnderTest) {
  const clock = standingClock();
  const pass = async (ms: number): Promise<void> => {
    if (ownClock) await new Promise((resolve) => setTimeout(resolve, ms));
    else clock.move(ms);
  };
  const ttlMs = ownClock?.leaseMs ?? 5000;
  // The last moment at which a lease that is not kept alive is still there for sure.
  const almostMs = ttlMs - (ownClock ? 0.4 * ttlMs : 1);
  return {
    now: clock.now,
    ttlMs,
    passAlmost: () => pass(almostMs),
    passRest: () => pass(ttlMs - almostMs + (ownClock?.lateMs ?? 0)),
  };
}

/**
 * The store with the revisions since it was opened, as if it were the only one where it is: so that a suite can say which.
 * Only where nobody else writes meanwhile.
 */
export function countedFrom(base: number, backend: StoreBackend): StoreBackend {
  const counted = <Item extends { revision: number; created?: number }>(item: Item): Item => ({
    ...item,
    revision: item.revision - base,
    ...(item.created === undefined ? {} : { created: item.created - base }),
  });
  const absolute = (revision: number) => (revision === 0 ? 0 : revision + base);
  return {
    ...backend,
    async get(key) {
      const found = await backend.get(key);
      return found && counted(found);
    },
    list: async (prefix, options) => (await backend.list(prefix, options)).map(counted),
    async commit(transaction) {
      const compare = transaction.compare?.map((one) =>
        'revision' in one ? { ...one, revision: absolute(one.revision) } : { ...one, created: absolute(one.created) },
      );
      const result = await backend.commit({ ...transaction, ...(compare ? { compare } : {}) });
      return result.committed ? counted(result) : result;
    },
    revision: async () => (await backend.revision()) - base,
    async *watch(prefix, after, signal) {
      for await (const changes of watched(backend.watch(prefix, after + base, signal), after))
        yield changes.map((change) => (change.type === 'put' ? { ...change, item: counted(change.item) } : counted(change)));
    },
  };
}

/** With the fault's revision counted as it was asked for. */
async function* watched(changes: AsyncIterable<Change[]>, after: number): AsyncGenerator<Change[]> {
  try {
    yield* changes;
  } catch (error) {
    throw storeFaultOf(error)?.code === 'watch_too_old' ? storeError({ code: 'watch_too_old', after }) : error;
  }
}

/** The first so many groups of changes; each change in a word. */
export async function take(changes: AsyncIterable<Change[]>, count: number): Promise<string[]> {
  const taken: string[] = [];
  if (count === 0) return taken;
  for await (const group of changes) {
    taken.push(
      group
        .map((change) => (change.type === 'put' ? `${change.item.key}=${change.item.value}` : `${change.key} deleted`))
        .join(', '),
    );
    if (taken.length === count) break;
  }
  return taken;
}
