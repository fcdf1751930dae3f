import type { ClusterStore, Lease } from '@fallover/store';

/** A store as one node reaches it, over a network that can be cut. */
export interface Cuttable {
  store: ClusterStore;
  cut(): void;
  mend(): void;
  /** Whoever asks by it is dead: what is on its way arrives, and nobody hears the answer. */
  kill(): void;
  /**
   * Whoever asks by it is dead from the next question of this kind on. That one arrives after so long, or never. Resolves
   * then, or when `signal` says that it was waited for long enough.
   */
  killAsItAsks(isOfKind: (question: Question) => boolean, arrivesAfterMs: number | undefined, signal: AbortSignal): Promise<void>;
}

export interface Question {
  name: string;
  args: readonly unknown[];
}

/** How long an answer is waited for. */
const PATIENCE_MS = 600;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const forever = new Promise<never>(() => {});
const FOLLOWING = ['followCluster', 'watch', 'watchOutbox'] as const satisfies (keyof ClusterStore)[];
const isFollowing = (name: string | symbol): name is (typeof FOLLOWING)[number] => FOLLOWING.some((one) => one === name);

const lost = (code: 'no_quorum' | 'outcome_unknown'): Error => Object.assign(new Error(code), { fault: { code } });

/**
 * What is asked while it is cut fails; what was asked before and is answered while it is cut has an unknown outcome. Each
 * question is on its way for as long as `delayMs` says, and so is its answer; of one that is longer on its way than anybody is
 * patient the outcome is unknown, and it arrives all the same. `kept`: the store answers a keepalive.
 */
export function cuttable(inner: ClusterStore, delayMs: () => number, kept: (lease: string) => void = () => {}): Cuttable {
  let isCut = false;
  let isDead = false;
  let watching = new AbortController();
  let lastQuestion: { isOfKind: (question: Question) => boolean; arrivesAfterMs: number | undefined; asked(): void } | undefined;

  const kill = (): void => {
    isDead = true;
    watching.abort();
  };

  const reached =
    <Args extends unknown[], Value>(name: string, call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      if (isDead) return forever;
      if (lastQuestion?.isOfKind({ name, args })) {
        kill();
        lastQuestion.asked();
        if (lastQuestion.arrivesAfterMs !== undefined)
          void pause(lastQuestion.arrivesAfterMs)
            .then(() => call(...args))
            .catch(() => {}); // nobody waits for it any more
        return forever;
      }
      if (isCut) throw lost('no_quorum');
      const delay = delayMs();
      const answer = pause(delay).then(() => call(...args));
      if (delay > PATIENCE_MS) {
        answer.catch(() => {}); // nobody waits for it any more
        await pause(PATIENCE_MS);
        if (isDead) return forever;
        throw lost('outcome_unknown');
      }
      const value = await answer;
      await pause(Math.min(delayMs(), PATIENCE_MS));
      if (isDead) return forever;
      if (isCut) throw lost('outcome_unknown');
      return value;
    };
  const lease = (granted: Lease): Lease => ({
    ...granted,
    keepAlive: reached('keepAlive', () => {
      kept(granted.id);
      return granted.keepAlive();
    }),
    revoke: reached('revoke', () => granted.revoke()),
  });

  const followed = (follow: (signal: AbortSignal) => AsyncIterable<unknown>) =>
    async function* (signal: AbortSignal): AsyncGenerator<unknown> {
      if (isCut) throw lost('no_quorum');
      const { signal: cut } = watching;
      for await (const changes of follow(AbortSignal.any([signal, cut]))) {
        if (cut.aborted) break;
        yield changes;
      }
      if (cut.aborted) throw lost('no_quorum');
    };

  const store = new Proxy(inner, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (isFollowing(name)) return followed((signal) => target[name](signal));
      if (name === 'grantLease') return reached(name, async (ttlMs: number) => lease(await target.grantLease(ttlMs)));
      if (name === 'resumeLease')
        return reached(name, async (id: string) => {
          const found = await target.resumeLease(id);
          return found && lease(found);
        });
      return typeof value === 'function'
        ? reached(String(name), value.bind(target) as (...args: unknown[]) => Promise<unknown>)
        : value;
    },
  });
  return {
    store,
    cut() {
      isCut = true;
      watching.abort();
    },
    kill,
    killAsItAsks(isOfKind, arrivesAfterMs, signal) {
      const { promise, resolve } = Promise.withResolvers<void>();
      lastQuestion = { isOfKind, arrivesAfterMs, asked: resolve };
      signal.addEventListener('abort', () => {
        lastQuestion = undefined;
        resolve();
      });
      return promise;
    },
    mend() {
      isCut = false;
      watching = new AbortController();
    },
  };
}
