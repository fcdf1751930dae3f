import type { ClusterStore, Lease } from '@fallover/store';

/** A store as one node reaches it, over a network that can be cut. */
export interface Cuttable {
  store: ClusterStore;
  cut(): void;
  mend(): void;
  /** Whoever asks by it is dead: what is on its way arrives, and nobody hears the answer. */
  kill(): void;
}

const forever = new Promise<never>(() => {});
const lost = (code: 'no_quorum' | 'outcome_unknown'): Error => Object.assign(new Error(code), { fault: { code } });

/**
 * What is asked while it is cut fails; what was asked before and is answered while it is cut has an unknown outcome. Each
 * question is on its way for as long as `delayMs` says.
 */
export function cuttable(inner: ClusterStore, delayMs: () => number): Cuttable {
  let isCut = false;
  let isDead = false;
  let watching = new AbortController();

  const reached =
    <Args extends unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      if (isDead) return forever;
      if (isCut) throw lost('no_quorum');
      await new Promise((resolve) => setTimeout(resolve, delayMs()));
      const value = await call(...args);
      if (isDead) return forever;
      // As an answer that takes its time.
      await new Promise((resolve) => setImmediate(resolve));
      if (isCut) throw lost('outcome_unknown');
      return value;
    };
  const lease = (granted: Lease): Lease => ({
    ...granted,
    keepAlive: reached(() => granted.keepAlive()),
    revoke: reached(() => granted.revoke()),
  });

  async function* followCluster(signal: AbortSignal): AsyncGenerator<unknown> {
    if (isCut) throw lost('no_quorum');
    const { signal: cut } = watching;
    for await (const changes of inner.followCluster(AbortSignal.any([signal, cut]))) {
      if (cut.aborted) break;
      yield changes;
    }
    if (cut.aborted) throw lost('no_quorum');
  }

  const store = new Proxy(inner, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === 'followCluster') return followCluster;
      if (name === 'grantLease') return reached(async (ttlMs: number) => lease(await target.grantLease(ttlMs)));
      if (name === 'resumeLease')
        return reached(async (id: string) => {
          const found = await target.resumeLease(id);
          return found && lease(found);
        });
      return typeof value === 'function' ? reached(value.bind(target) as (...args: unknown[]) => Promise<unknown>) : value;
    },
  });
  return {
    store,
    cut() {
      isCut = true;
      watching.abort();
    },
    kill() {
      isDead = true;
      watching.abort();
    },
    mend() {
      isCut = false;
      watching = new AbortController();
    },
  };
}
