import { ok } from '@fallover/events';
import { type ClusterStore, openStore } from '@fallover/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { soleClusterServices } from './cluster-services.ts';
import { effects } from './duties.ts';
import { sharedClusterServices } from './shared-services.ts';
import { nodeUseCases } from './use-cases.ts';

const AT = '2026-11-23T14:22:10.000Z';
const clock = { now: () => AT };

describe('a node on a store of its own', () => {
  const services = soleClusterServices({ node: 'nodea', release: '0.1.0', since: AT });

  it('is a member, and its own coordinator', () => {
    expect(services.nodes()).toEqual([
      { node: 'nodea', state: 'member', since: AT, coordinator: true, here: true, release: '0.1.0', lostSteps: [] },
    ]);
    expect(services.coordinator()).toBe('nodea');
    expect(services.connection()).toEqual({ state: 'connected' });
  });

  it('stays one: there is nothing to start, to stop or to confirm', async () => {
    expect(await services.start(['nodea'], 'now', 'anna')).toMatchObject({
      ok: true,
      value: [{ node: 'nodea', changed: false }],
    });
    expect(await services.stop(['nodea'], 'move', 'now', 'anna')).toEqual({
      ok: false,
      error: { code: 'sole_node_stays', node: 'nodea' },
    });
    expect(await services.confirmOff('nodea', 'anna')).toMatchObject({ ok: false, error: { code: 'nothing_to_confirm' } });
    expect(await services.remove('nodea')).toEqual({ ok: false, error: { code: 'sole_node_stays', node: 'nodea' } });
    expect(await services.start(['nodea', 'nodex'], 'now', 'anna')).toEqual({
      ok: false,
      error: { code: 'node_not_known', node: 'nodex', known: ['nodea'] },
    });
  });
});

describe('nodes that share a store', () => {
  let store: ClusterStore;
  beforeEach(async () => {
    const opened = await openStore('memory:');
    if (!opened.ok) throw new Error(opened.error.code);
    store = opened.value;
  });
  afterEach(() => store.close());

  /** What the watch has told by now. */
  async function services() {
    const members = new Map((await store.members()).map((member) => [member.node, member]));
    const nodes = new Map((await store.nodes()).map((document) => [document.node, document]));
    return sharedClusterServices({
      node: 'nodea',
      names: () => ['nodea', 'nodeb', 'nodec'],
      store,
      view: {
        members: () => members,
        nodes: () => nodes,
        coordinator: () => ({ node: 'nodea', created: 1 }),
        trouble: () => undefined,
      },
      silentSince: () => undefined,
      journal: { list: () => [], records: () => [] },
      engine: { all: () => [] },
      clock,
      removal: async () => ok('not in this test'),
      clockDifferenceMs: (node) => (node === 'nodeb' ? 1500 : undefined),
    });
  }

  /** A member whose node_up has been processed; its lease. */
  async function isUp(node: string) {
    const lease = await store.grantLease(60_000);
    const document = { node, since: AT, protocol: 1, version: '0.1.0', bootId: 'boot', address: '10.0.0.2:8771' };
    const member = await store.joinCluster(document, lease.id);
    if (!member) throw new Error('it could not join');
    await store.changeNode(effects.nodeUp(node, member.membership));
    await store.changeNode({ node, change: (document) => ({ ...document, upSince: AT }) });
    return { lease, membership: member.membership };
  }
  const states = async () => (await services()).nodes().map(({ node, state }) => `${node} ${state}`);

  it('are listed with their membership, whether they ever were members or not', async () => {
    const { membership } = await isUp('nodeb');
    expect((await services()).nodes().slice(0, 2)).toEqual([
      { node: 'nodea', state: 'down', coordinator: true, here: true, lostSteps: [] },
      {
        node: 'nodeb',
        state: 'member',
        since: AT,
        coordinator: false,
        here: false,
        membership,
        release: '0.1.0',
        protocol: 1,
        address: '10.0.0.2:8771',
        clockDifferenceMs: 1500,
        lostSteps: [],
      },
    ]);
  });

  it('stop in the way that a person wants, once, and not again when they are stopped already', async () => {
    await isUp('nodeb');
    expect(await (await services()).stop(['nodeb'], 'move', 'now', 'anna')).toMatchObject({
      value: [{ node: 'nodeb', changed: true }],
    });
    expect((await store.nodes())[0]?.stopping).toEqual({ how: 'takeover', by: 'anna', at: AT });
    expect(await states()).toEqual(['nodea down', 'nodeb stopping', 'nodec down']);
    const again = await (await services()).stop(['nodeb', 'nodec'], 'offline', 'now', 'bert');
    expect(again.ok && again.value.map(({ changed, sentence }) => [changed, sentence])).toEqual([
      [false, 'The cluster services of nodeb are being stopped already; how they are stopped is not changed.'],
      [false, 'The cluster services of nodec do not run: there is nothing to stop.'],
    ]);
    expect((await store.nodes())[0]?.stopping?.by).toBe('anna');
    // As it was asked to be; it is not when it is to start while it stops.
    expect(again).not.toHaveProperty('value.0.undone');
    expect(await (await services()).start(['nodeb'], 'now', 'bert')).toMatchObject({ value: [{ changed: false, undone: true }] });
  });

  it('start again, and at system start where that was asked for too', async () => {
    await store.changeNode(effects.stayOut('nodeb', AT));
    expect(await (await services()).start(['nodeb'], 'restart', 'anna')).toMatchObject({ value: [{ changed: true }] });
    expect((await store.nodes())[0]).toMatchObject({ atStart: true, stopped: { how: 'graceful' } });
    const started = await (await services()).start(['nodeb'], 'both', 'anna');
    expect(started.ok && started.value[0]?.sentence).toBe(
      'The cluster services of nodeb may start: it joins by node_up nodeb as soon as its cluster manager runs and reaches the store. From now on the cluster services of nodeb start whenever its cluster manager does.',
    );
    expect((await store.nodes())[0]).toEqual({ node: 'nodeb', atStart: true });
    expect(await (await services()).start(['nodeb'], 'now', 'anna')).toMatchObject({ value: [{ changed: false }] });
  });

  it('are taken over after a failed fencing only once a person has typed the name of the node', async () => {
    const { lease, membership } = await isUp('nodeb');
    const useCases = async () => nodeUseCases({ services: await services(), clock, changed: () => {} });
    const confirm = async (typed: string) =>
      (await useCases()).confirmNodeOff({ parameters: { node: 'nodeb' }, query: undefined, body: { typed } }, {
        principal: { name: 'anna' },
      } as never);
    expect(await confirm('nodeb')).toMatchObject({ ok: false, error: { code: 'nothing_to_confirm', status: 409 } });
    await lease.revoke();
    await store.changeNode(effects.noteLost('nodeb', membership, AT));
    await store.changeNode(effects.fenced('nodeb', membership, { fencing: 'failed', sentence: 'It failed.' }));
    expect((await services()).nodes()[1]).toMatchObject({ state: 'lost', fencing: { state: 'failed', sentence: 'It failed.' } });
    expect(await confirm('nodea')).toMatchObject({ ok: false, error: { code: 'typed_name_differs', status: 400 } });
    expect(await confirm('nodeb')).toMatchObject({ ok: true, value: { node: 'nodeb' } });
    expect((await services()).nodes()[1]?.fencing).toMatchObject({ state: 'confirmed', by: 'anna' });
  });
});
