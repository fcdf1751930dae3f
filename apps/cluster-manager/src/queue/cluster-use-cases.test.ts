import type { NodeView } from '@fallover/contract';
import { openStore, type QueuedEvent } from '@fallover/store';
import { describe, expect, it } from 'vitest';
import type { ClusterServices } from '../membership/cluster-services.ts';
import { clusterUseCases } from './cluster-use-cases.ts';

const AT = '2026-11-23T14:22:10.000Z';
const LOST = { node: 'nodeb', lostAt: AT, sentence: 'Node nodeb was lost.' };
const nodeView = (node: string, state: NodeView['state'], more: Partial<NodeView> = {}): NodeView => ({
  node,
  state,
  coordinator: false,
  here: node === 'nodea',
  lostSteps: [],
  ...more,
});
const EVENT: QueuedEvent = {
  run: '0199aaaa-0000-7000-8000-000000abcdef',
  event: 'network_up',
  args: ['-1', 'net1'],
  origin: { kind: 'person', name: 'ada' },
  drill: false,
  acceptedAt: AT,
};

const never = () => new Promise<never>(() => {});

/** What the screens are told by node nodea while nothing runs. */
async function clusterWith(
  nodes: NodeView[],
  {
    ready = true,
    waits = false,
    connection,
    silent = false,
    configured = false,
  }: {
    ready?: boolean;
    waits?: boolean;
    connection?: ClusterServices['connection'];
    silent?: boolean | 'later';
    configured?: boolean;
  } = {},
) {
  const store = await openStore('memory:');
  if (!store.ok) throw new Error(store.error.code);
  if (waits) await store.value.enqueueOwn(EVENT);
  let isSilent = silent === true;
  const active = async () => (configured ? ({ number: 1 } as never) : undefined);
  const { getCluster } = clusterUseCases({
    cluster: 'payroll',
    node: 'nodea',
    nodes: () => nodes.map(({ node }) => node),
    version: '0.1.0',
    store: {
      ...store.value,
      queue: () => (isSilent ? never() : store.value.queue()),
      active: () => (isSilent ? never() : active()),
    },
    journal: { list: () => [] } as never,
    engine: { all: () => [] } as never,
    clock: { now: () => AT } as never,
    troubles: { all: () => [], set: () => false },
    services: {
      nodes: () => nodes,
      coordinator: () => 'nodea',
      connection: connection ?? (() => ({ state: 'connected' })),
    } as never,
    health: () => [],
    isReady: () => ready,
  });
  await new Promise(setImmediate);
  isSilent = silent !== false;
  const answer = await getCluster({} as never, {} as never);
  await store.value.close();
  if (!('ok' in answer && answer.ok)) throw new Error('It was refused.');
  return answer.value;
}

describe('the state of the cluster manager', () => {
  it.each<[string, Parameters<typeof clusterWith>, string]>([
    ['it starts', [[nodeView('nodea', 'member')], { ready: false }], 'ST_INIT'],
    ['cluster services are stopped here', [[nodeView('nodea', 'down'), nodeView('nodeb', 'member')]], 'ST_INIT'],
    ['they were left UNMANAGED', [[nodeView('nodea', 'unmanaged')]], 'ST_INIT'],
    ['its node_up waits', [[nodeView('nodea', 'joining')], { waits: true }], 'ST_JOINING'],
    ['it is back before its node_down', [[nodeView('nodea', 'lost')]], 'ST_JOINING'],
    [
      'an event waits for many nodes',
      [[nodeView('nodea', 'member'), nodeView('nodeb', 'member')], { waits: true }],
      'ST_UNSTABLE',
    ],
    [
      'another one was lost and its node_down is to come',
      [[nodeView('nodea', 'member'), nodeView('nodeb', 'lost')]],
      'ST_UNSTABLE',
    ],
    ['nothing is configured', [[nodeView('nodea', 'member')]], 'NOT_CONFIGURED'],
  ])('when %s', async (_, asked, state) => {
    expect((await clusterWith(...asked)).state).toBe(state);
  });
});

describe('a store that does not answer', () => {
  it('keeps no screen waiting: what it said last is shown', async () => {
    const began = performance.now();
    const { queue, members } = await clusterWith([nodeView('nodea', 'member')], { silent: true });
    expect(performance.now() - began).toBeLessThan(4_000);
    expect([queue, members.map(({ node }) => node)]).toEqual([[], ['nodea']]);
  });

  it('is not taken for one without a configuration by a node that nobody has looked at before', async () => {
    expect((await clusterWith([nodeView('nodea', 'member')], { silent: 'later', configured: true })).state).toBe('ST_STABLE');
  });
});

describe('the cluster', () => {
  it('is up as long as one node is a member, and in error while fencing has failed', async () => {
    const failed = nodeView('nodeb', 'lost', { fencing: { ...LOST, state: 'failed' } });
    expect(await clusterWith([nodeView('nodea', 'member', { since: AT }), failed])).toMatchObject({
      clusterState: 'up',
      substate: 'error',
      coordinator: 'nodea',
      members: [
        { node: 'nodea', state: 'member', since: AT },
        { node: 'nodeb', state: 'lost' },
      ],
      fencing: [{ node: 'nodeb', state: 'failed' }],
    });
    expect(await clusterWith([nodeView('nodea', 'down'), nodeView('nodeb', 'down')])).toMatchObject({ clusterState: 'down' });
  });

  it('says that a node is not fenced until it is back', async () => {
    const fencing = { ...LOST, state: 'not_configured' as const };
    const concerns = async (state: NodeView['state']) =>
      (await clusterWith([nodeView('nodea', 'member'), nodeView('nodeb', state, { fencing })])).fencing.length;
    expect([await concerns('lost'), await concerns('down'), await concerns('member')]).toEqual([1, 1, 0]);
  });

  it('is not known without the store', async () => {
    const store = { state: 'no_quorum' as const, since: AT, sentence: 'No quorum.' };
    expect(await clusterWith([nodeView('nodea', 'member')], { connection: () => store })).toMatchObject({
      clusterState: 'unknown',
      substate: 'unknown',
      store,
    });
  });
});
