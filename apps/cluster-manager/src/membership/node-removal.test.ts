import type { DefinitionDocument, Entry } from '@fallover/events';
import { type ClusterStore, openStore, type QueuedEvent } from '@fallover/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { soleClusterServices } from './cluster-services.ts';
import { effects } from './duties.ts';
import { nodeRemoval, type NodeRemovalParts } from './node-removal.ts';
import { nodeUseCases } from './use-cases.ts';

const AT = '2026-11-23T14:22:10.000Z';
const clock = { now: () => AT };

let store: ClusterStore;
beforeEach(async () => {
  const opened = await openStore('memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
});
afterEach(() => store.close());

const documentOf = (...entries: Entry[]) => ({ document: { format: 1, cluster: 'payroll', entries } as DefinitionDocument });

/** As it is asked for by API, at nodea. */
async function remove(node: string, { typed = node, ...more }: { typed?: string } & Partial<NodeRemovalParts> = {}) {
  const removal = nodeRemoval({
    node: 'nodea',
    names: () => ['nodea', 'nodeb', 'nodec'],
    namedAtStart: [],
    store,
    draft: async () => documentOf(),
    active: async () => documentOf(),
    answers: async () => false,
    ...more,
  });
  const services = { ...soleClusterServices({ node: 'nodea', release: '0.1.0', since: AT }), remove: removal };
  const { removeNode } = nodeUseCases({ services, clock, changed: () => {} });
  const answer = await removeNode({ parameters: { node }, query: undefined, body: { typed } }, {} as never);
  if (!('ok' in answer)) throw new Error('nothing was asked before');
  return answer.ok ? answer.value.sentence : `${answer.error.status} ${answer.error.code}`;
}

/** A member whose node_up is queued. */
async function joins(node: string) {
  const lease = await store.grantLease(60_000);
  const member = await store.joinCluster({ node, since: AT, protocol: 1, version: '0.1.0', bootId: 'boot' }, lease.id);
  if (!member) throw new Error('it could not join');
  return { lease, membership: member.membership };
}

const nodeDown: QueuedEvent = {
  run: '1',
  event: 'node_down',
  args: ['nodec'],
  origin: { kind: 'cluster_manager', name: 'membership' },
  drill: false,
  acceptedAt: AT,
};

it('forgets what the shared store knows of a node that is down', async () => {
  await store.changeNode(effects.stayOut('nodec', AT));
  await store.savePeer({ node: 'nodec', address: '10.0.0.3:9770', fingerprint: 'f' });
  expect(await remove('nodec', { typed: 'nodeb' })).toBe('400 typed_name_differs');
  expect(await store.nodes()).toHaveLength(1);
  expect(await remove('nodec')).toBe(
    'Node nodec is removed from the cluster. A cluster manager of that name that starts later joins as a new node.',
  );
  expect([await store.nodes(), await store.peers()]).toEqual([[], []]);
  expect(await remove('nodec')).toBe('404 node_not_known');
  await joins('nodec');
  expect(await remove('nodec')).toBe('409 not_down');
});

it('forgets one that has joined by a token and never was a member, and says when that had the key of the authority', async () => {
  await store.savePeerAuthority({ certificate: 'c', node: 'nodec' });
  await store.savePeer({ node: 'nodec', address: '10.0.0.3:9770', fingerprint: 'f' });
  expect(await remove('nodec')).toContain('Node nodec has the key of the authority');
  expect(await store.peerAuthority()).toEqual({ certificate: 'c', node: 'nodec' });
});

it('waits until all that a node leaves behind has been processed', async () => {
  const { lease, membership } = await joins('nodec');
  expect(await remove('nodec')).toBe('409 not_down');
  await store.changeNode(effects.nodeUp('nodec', membership));
  expect(await remove('nodec')).toBe('409 not_down');
  await lease.revoke();
  expect(await remove('nodec')).toBe('409 not_down');
  await store.changeNode(effects.noteLost('nodec', membership, AT));
  await store.changeNode(effects.fenced('nodec', membership, { fencing: 'failed' }));
  expect(await remove('nodec')).toBe('409 not_down');
  await store.changeNode(effects.fenced('nodec', membership, { fencing: 'confirmed', by: 'anna' }));
  await store.changeNode(effects.nodeDown('nodec', undefined), { event: nodeDown });
  expect(await remove('nodec')).toBe('409 event_of_node_waits');
  expect(await store.nodes()).toHaveLength(1);
  await store.rollUpEvent(nodeDown, '{}', {});
  expect(await remove('nodec')).toMatch(/^Node nodec is removed/);
});

it('refuses this node, one that is configured or named at start, and one whose cluster manager answers', async () => {
  const nodec: Entry = { class: 'node', name: 'nodec', fields: {} };
  await store.changeNode(effects.stayOut('nodec', AT));
  expect(await remove('nodea')).toBe('409 removed_elsewhere');
  expect(await remove('nodec', { draft: async () => documentOf(nodec) })).toBe('409 node_configured');
  expect(await remove('nodec', { active: async () => documentOf(nodec) })).toBe('409 node_still_active');
  expect(await remove('nodec', { namedAtStart: ['nodea', 'nodec'] })).toBe('409 named_at_start');
  expect(await remove('nodec', { answers: async (asked) => asked === 'nodec' })).toBe('409 cluster_manager_runs');
  expect(await store.nodes()).toHaveLength(1);
});
