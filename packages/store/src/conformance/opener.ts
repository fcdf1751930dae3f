import { afterEach } from 'vitest';
import type { Change, StoreBackend } from '../backend.ts';

/** A backend under test, by a clock that the test moves. */
export interface BackendUnderTest {
  name: string;
  /** An empty store. */
  open(settings: { now: () => number }): Promise<Opened>;
}

export interface Opened {
  backend: StoreBackend;
  /** Another connection to the same store. Missing where a store lives in one connection only. */
  openAgain?: () => Promise<StoreBackend>;
}

/** Opens stores for the tests of one file, and closes each after its test. */
export function openings(underTest: BackendUnderTest) {
  const opened: StoreBackend[] = [];
  afterEach(async () => {
    for (const backend of opened.splice(0)) await backend.close();
  });
  return async (settings: { now: () => number } = { now: () => Date.now() }) => {
    const { backend, openAgain } = await underTest.open(settings);
    opened.push(backend);
    const again =
      openAgain &&
      (async () => {
        const other = await openAgain();
        opened.push(other);
        return other;
      });
    return { backend, ...(again ? { openAgain: again } : {}) };
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
