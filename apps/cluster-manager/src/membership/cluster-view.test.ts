import type { StoreFault } from '@fallover/store';
import { expect, it } from 'vitest';
import { clusterView } from './cluster-view.ts';

const NO_QUORUM: StoreFault = { code: 'no_quorum', store: 'etcd' };
const UNREACHABLE: StoreFault = { code: 'store_unreachable', store: 'etcd', reason: 'does not take the connection' };

it('is troubled since the store fell silent, by whichever fault that shows itself meanwhile', async () => {
  const faults = [NO_QUORUM, UNREACHABLE, NO_QUORUM];
  const stopping = new AbortController();
  const seen: (readonly [string, string] | undefined)[] = [];
  let minute = 20;
  const over = Promise.withResolvers<void>();
  const view = clusterView({
    store: {
      // biome-ignore lint/correctness/useYield: a watch that fails before it tells anything.
      async *followCluster() {
        const fault = faults.shift();
        if (fault) throw Object.assign(new Error(fault.code), { fault });
        over.resolve();
      },
      runRecords: async () => undefined,
    } as never,
    told: async () => {},
    liveRuns: () => [],
    ended: () => {},
    catchUp: async () => {},
    activeChanged: () => {},
    troubled: () => {
      const trouble = view.trouble();
      seen.push(trouble && [trouble.fault.code, trouble.since]);
    },
    defect: over.reject,
    now: () => `14:${minute++}`,
    stopped: stopping.signal,
  });
  view.begin();
  await over.promise;
  stopping.abort();
  expect(seen).toEqual([
    ['no_quorum', '14:20'],
    ['store_unreachable', '14:20'],
    ['no_quorum', '14:20'],
  ]);
});
