import type { DefinitionDocument } from '@fallover/events';
import { type ClusterStore, type Lease, openStore } from '@fallover/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../runs/clock.ts';
import { nodeRemoval } from './node-removal.ts';
import { type TestCluster, type TestClusterSettings, testCluster } from './cluster.test-support.ts';
import type { ClusterServices } from './cluster-services.ts';
import { sharedClusterServices } from './shared-services.ts';

let store: ClusterStore;
let cluster: TestCluster;
beforeEach(async () => {
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
});
afterEach(() => cluster.close());

const NOTHING: DefinitionDocument = { format: 1, cluster: 'payroll', entries: [] };

/** As the console of this node shows and changes them. */
function servicesAt(name: string): ClusterServices {
  const node = cluster.nodes.get(name);
  if (!node) throw new Error(`${name} does not run`);
  return sharedClusterServices({
    node: name,
    names: () => ['nodea', 'nodeb', 'nodec'],
    store,
    view: node.view,
    silentSince: node.membership.silentSince,
    journal: { list: () => [], records: () => [] },
    engine: node.engine,
    clock: systemClock(),
    removal: nodeRemoval({
      node: name,
      names: () => ['nodea', 'nodeb', 'nodec'],
      namedAtStart: [],
      store,
      draft: async () => ({ document: NOTHING }),
      active: async () => ({ document: NOTHING }),
      answers: async (other) => cluster.nodes.has(other),
    }),
    clockDifferenceMs: () => undefined,
  });
}

const stateOf = (name: string, seenAt = 'nodea') =>
  servicesAt(seenAt)
    .nodes()
    .find(({ node }) => node === name);
const becomes = (name: string, state: string) => cluster.until(`${name} is ${state}`, () => stateOf(name)?.state === state);

async function threeMembers(settings: Partial<TestClusterSettings> = {}): Promise<void> {
  cluster = testCluster({ store, nodes: ['nodea', 'nodeb', 'nodec'], ttlMs: 2_000, ...settings });
  for (const name of ['nodea', 'nodeb', 'nodec']) await becomes(name, 'member');
}

describe('cluster services of nodes that run', () => {
  it('stop by one node_down on the others, and start again by node_up', async () => {
    await threeMembers();
    // Whoever coordinates, the node itself or not: asked for at another node.
    await servicesAt('nodea').stop(['nodeb'], 'move', 'now', 'anna');
    await becomes('nodeb', 'down');
    expect(stateOf('nodeb')?.stopped).toMatchObject({ how: 'move', by: 'anna' });
    const downs = () =>
      store.endedRuns({ limit: 50 }).then((runs) => runs.filter(({ summary }) => summary.includes('"node_down"')));
    await cluster.until('its node_down has ended', async () => (await downs()).length > 0);
    await servicesAt('nodec').start(['nodeb'], 'now', 'bert');
    await becomes('nodeb', 'member');
    expect((await downs()).map(({ summary }) => JSON.parse(summary))).toMatchObject([
      { args: ['nodeb', 'takeover'], origin: { kind: 'cluster_manager', name: 'membership', by: 'anna' } },
    ]);
  });

  it('that were left UNMANAGED are told apart from those that are down', async () => {
    await threeMembers();
    await servicesAt('nodea').stop(['nodec'], 'unmanage', 'now', 'anna');
    await becomes('nodec', 'unmanaged');
  });

  it('are not taken over after a failed fencing before a person confirms that the node is off', async () => {
    await threeMembers({ fence: async () => ({ fencing: 'failed', sentence: 'It failed.' }) });
    cluster.nodes.get('nodec')?.kill();
    await cluster.until('fencing has failed', () => stateOf('nodec')?.fencing?.state === 'failed');
    expect(stateOf('nodec')).toMatchObject({ state: 'lost', fencing: { sentence: 'It failed.' } });
    expect(await servicesAt('nodeb').confirmOff('nodec', 'anna')).toMatchObject({ ok: true });
    await becomes('nodec', 'down');
    expect(stateOf('nodec', 'nodeb')?.fencing).toMatchObject({ state: 'confirmed', by: 'anna' });
  });

  it('are removed once they are down, and come back as new ones', async () => {
    await threeMembers();
    const remove = () => servicesAt('nodea').remove('nodec');
    const why = async () => {
      const answer = await remove();
      return answer.ok ? answer.value : answer.error.code;
    };
    expect(await why()).toBe('not_down');
    await servicesAt('nodea').stop(['nodec'], 'offline', 'now', 'anna');
    await becomes('nodec', 'down');
    // Its cluster services alone are stopped: forgotten, that would start them again.
    await cluster.until('its node_down has ended', async () => (await why()) === 'cluster_manager_runs');
    cluster.nodes.get('nodec')?.kill();
    expect(await why()).toMatch(/^Node nodec is removed from the cluster\./);
    expect((await store.nodes()).map(({ node }) => node)).toEqual(['nodea', 'nodeb']);
    await cluster.until('all know', () => [...cluster.nodes.values()].every(({ view }) => !view.nodes().has('nodec')));
    expect(await why()).toBe('node_not_known');
    cluster.start('nodec');
    await becomes('nodec', 'member');
  });

  it('are told to be without their store before the watch notices: as soon as the lease is not renewed in time', async () => {
    let isSilent = false;
    const quiet = new Proxy(store, {
      get(target, name) {
        if (name !== 'grantLease') return Reflect.get(target, name) as unknown;
        return async (ttlMs: number): Promise<Lease> => {
          const lease = await target.grantLease(ttlMs);
          return { ...lease, keepAlive: () => (isSilent ? new Promise(() => {}) : lease.keepAlive()) };
        };
      },
    });
    await threeMembers({ storeOf: (name) => (name === 'nodea' ? quiet : store) });
    const connection = () => servicesAt('nodea').connection();
    expect(connection()).toEqual({ state: 'connected' });
    isSilent = true;
    let changes = 0;
    cluster.nodes.get('nodea')?.membership.subscribe(() => {
      changes += 1;
    });
    await cluster.until('it is noticed', () => changes > 0);
    expect(connection()).toMatchObject({ state: 'out_of_reach', since: expect.stringMatching(/^20/) });
    expect(cluster.nodes.get('nodea')?.view.trouble()).toBeUndefined();
    expect(servicesAt('nodeb').connection()).toEqual({ state: 'connected' });
    isSilent = false;
    await cluster.until('it is back', () => connection().state === 'connected');
  });
});
