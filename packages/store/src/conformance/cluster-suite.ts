import type { RunPlan, RunRecord } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import type { QueuedEvent } from '../cluster-store.ts';
import type { ClusterChange, ClusterChanges, MemberDocument, Standing, StoredNode } from '../coordination.ts';
import { clusterStore } from '../state/cluster-store.ts';
import { type BackendUnderTest, openings } from './opener.ts';

const TTL = 60_000;
const AT = '2026-11-26T12:00:00.000Z';
const clock = { bootId: 'b', ms: 1 };

const document = (node: string): MemberDocument => ({ node, since: AT, protocol: 1, version: '0.1.0', bootId: 'b' });
const queued = (run: string): QueuedEvent => ({
  run,
  event: 'node_up',
  args: ['nodea'],
  origin: { kind: 'cluster_manager', name: 'membership' },
  drill: false,
  acceptedAt: AT,
});
const planOf = ({ run, event, args, origin, drill, acceptedAt }: QueuedEvent): RunPlan => ({
  id: run,
  event,
  args,
  eventClass: 'node',
  origin,
  drill,
  revision: { number: 1, hash: 'h' },
  cluster: 'prod',
  acceptedAt,
  membership: { before: [], after: ['nodea'] },
  program: [],
});
const planned = (event: QueuedEvent): RunRecord => ({ kind: 'planned', at: AT, plan: planOf(event), clock });
const started = (step: string): RunRecord => ({ kind: 'started', at: AT, step, clock });

/** Membership and runs, as the nodes share them, on every backend. */
export function clusterSuite(underTest: BackendUnderTest): void {
  const openBackend = openings(underTest);
  const open = async () => {
    const { backend } = await openBackend();
    const store = clusterStore(backend, { now: Date.now });
    const join = async (node: string) => {
      const lease = await store.grantLease(TTL);
      const member = await store.joinCluster(document(node), lease.id);
      if (!member) throw new Error(`${node} could not join`);
      return { lease, member };
    };
    const begin = async (run: string, as: Standing = {}) => {
      const event = queued(run);
      expect(await store.enqueueOwn(event)).toBe(true);
      expect(await store.startRun(event, planOf(event), [planned(event)], as)).toBe(true);
    };
    return { backend, store, join, begin };
  };

  describe(`${underTest.name}: membership`, () => {
    it('has a number of its own each time a node joins, and one node of a name', async () => {
      const { store, join } = await open();
      const { member, lease } = await join('nodea');
      const second = await store.grantLease(TTL);
      expect(await store.joinCluster(document('nodea'), second.id)).toBeUndefined();
      expect(await store.members()).toEqual([member]);
      await lease.revoke();
      expect(await store.members()).toEqual([]);
      const again = await store.joinCluster(document('nodea'), second.id);
      expect(again?.membership).toBeGreaterThan(member.membership);
    });

    it('changes what a member says of itself without a new number, and not after it has left', async () => {
      const { store, join } = await open();
      const { member, lease } = await join('nodea');
      const saved = await store.saveMember({ ...member, revision: 4 }, lease.id);
      expect(saved).toEqual({ ...member, revision: 4, written: expect.any(Number) });
      expect(await store.members()).toEqual([saved]);
      await lease.revoke();
      const other = await join('nodea');
      expect(await store.saveMember(member, other.lease.id)).toBeUndefined();
    });

    it('refuses what an earlier daemon of the same membership sends late', async () => {
      const { store, join, begin } = await open();
      const { member, lease } = await join('nodea');
      await begin('1');
      const resumed = await store.saveMember(member, lease.id);
      if (!resumed) throw new Error('not saved');
      const writes = [{ run: '1', records: [started('1/1/nodea/x/1')] }];
      expect(await store.appendRuns(writes, { member })).toEqual({ appended: false, changed: ['member'] });
      expect(await store.appendRuns(writes, { member: resumed })).toMatchObject({ appended: true });
    });

    it('has one coordinator, who is a member, and another one once its lease has ended', async () => {
      const { store, join } = await open();
      const [a, b] = [await join('nodea'), await join('nodeb')];
      const elected = await store.electCoordinator(a.member, a.lease.id);
      expect(elected?.node).toBe('nodea');
      expect(await store.electCoordinator(b.member, b.lease.id)).toBeUndefined();
      await a.lease.revoke();
      expect(await store.electCoordinator(a.member, b.lease.id)).toBeUndefined();
      const next = await store.electCoordinator(b.member, b.lease.id);
      expect(next?.created).toBeGreaterThan(elected?.created ?? Number.POSITIVE_INFINITY);
    });

    it('notes what is known of a node together with its event, by the newest state, as long as the coordinator is one', async () => {
      const { store, join } = await open();
      const { member, lease } = await join('nodea');
      const coordinator = await store.electCoordinator(member, lease.id);
      if (!coordinator) throw new Error('not elected');
      const up = { node: 'nodea', change: (old: { node: string; up?: number }) => (old.up ? undefined : { ...old, up: 7 }) };
      expect(await store.changeNode(up, { as: { coordinator }, event: queued('1') })).toBe(true);
      expect(await store.changeNode(up, { as: { coordinator }, event: queued('2') })).toBe(false);
      expect(await store.nodes()).toEqual([{ node: 'nodea', up: 7 }]);
      expect((await store.queue()).map(({ run }) => run)).toEqual(['1']);
      await lease.revoke();
      const change = (old: { node: string }) => ({ ...old, upSince: AT });
      expect(await store.changeNode({ node: 'nodea', change }, { as: { coordinator } })).toBe(false);
      expect(await store.changeNode({ node: 'nodea', change })).toBe(true);
    });

    it('forgets a node that is no member, with its place among the peers, and nothing of another one', async () => {
      const { store } = await open();
      for (const node of ['nodea', 'nodeb']) {
        await store.changeNode({ node, change: (old) => ({ ...old, atStart: true }) });
        await store.savePeer({ node, address: '10.0.0.1:9770', fingerprint: 'f' });
      }
      const known: unknown[] = [];
      const allowed = async (stored: unknown): Promise<undefined> => void known.push(stored);
      expect(await store.removeNode('nodeb', allowed)).toBeUndefined();
      expect(await store.removeNode('nodeb', allowed)).toBeUndefined();
      expect(known).toEqual([{ document: { node: 'nodeb', atStart: true }, isPeer: true }, { isPeer: false }]);
      expect((await store.nodes()).map(({ node }) => node)).toEqual(['nodea']);
      expect((await store.peers()).map(({ node }) => node)).toEqual(['nodea']);
    });

    it('does not forget a node that joins, or of which more becomes known, between the question and the commit', async () => {
      const { store, join } = await open();
      await store.changeNode({ node: 'nodeb', change: (old) => ({ ...old, atStart: true }) });
      let asked = 0;
      const refused = async ({ member, document: known }: StoredNode): Promise<string | undefined> => {
        asked += 1;
        if (asked === 1) await store.changeNode({ node: 'nodeb', change: (old) => ({ ...old, atStart: false }) });
        if (asked === 2) await join('nodeb');
        return member && `a member, ${known?.atStart}`;
      };
      expect(await store.removeNode('nodeb', refused)).toBe('a member, false');
      expect(asked).toBe(3);
      expect(await store.nodes()).toEqual([{ node: 'nodeb', atStart: false }]);
    });
  });

  describe(`${underTest.name}: runs of many nodes`, () => {
    it('has each record once, in one order, and says by what a write was overtaken', async () => {
      const { store, join, begin } = await open();
      const [a, b] = [await join('nodea'), await join('nodeb')];
      const coordinator = await store.electCoordinator(a.member, a.lease.id);
      if (!coordinator) throw new Error('not elected');
      await begin('1', { coordinator });
      expect(await store.startRun(queued('1'), planOf(queued('1')), [], { coordinator })).toBe(false);
      const before = await store.runRecords('1');
      const control = before?.control ?? 0;
      const as = { member: b.member, coordinator };
      expect(
        await store.appendRuns([{ run: '1', records: [started('1/1/b/x/1'), started('1/1/b/y/1')], control }], as),
      ).toMatchObject({ appended: true });
      const again = [{ run: '1', records: [started('1/1/b/x/1')], control }];
      expect(await store.appendRuns(again, as)).toEqual({ appended: false, changed: ['record'] });
      const lost: RunRecord = { kind: 'lost', at: AT, node: 'nodeb' };
      expect(await store.appendRuns([{ run: '1', records: [lost], control, moves: true }], { coordinator })).toMatchObject({
        appended: true,
      });
      const late = [{ run: '1', records: [started('1/1/b/z/1')], control }];
      await b.lease.revoke();
      expect(await store.appendRuns(late, as)).toEqual({ appended: false, changed: ['member', 'control'] });
      await a.lease.revoke();
      expect(await store.appendRuns([{ run: '1', records: [started('1/1/a/z/1')] }], { coordinator })).toEqual({
        appended: false,
        changed: ['coordinator'],
      });
      const after = await store.runRecords('1');
      expect(after?.records.map(({ record }) => record)).toEqual([
        planned(queued('1')),
        started('1/1/b/x/1'),
        started('1/1/b/y/1'),
        lost,
      ]);
      expect(after?.control).toBeGreaterThan(control);
    });

    it('ends a run once, with what it did to nodes, and keeps the last 200 readable', async () => {
      const { store, begin } = await open();
      const up = { node: 'nodea', change: (old: { node: string }) => ({ ...old, upSince: AT }) };
      for (let number = 1; number <= 215; number += 1) {
        const run = String(number).padStart(4, '0');
        await begin(run);
        expect(await store.endRun(run, `summary ${run}`, [up], {})).toBe(true);
      }
      expect(await store.endRun('0215', 'another', [], {})).toBe(true);
      expect(await store.current()).toBeUndefined();
      expect(await store.openRuns()).toEqual([]);
      expect(await store.nodes()).toEqual([{ node: 'nodea', upSince: AT }]);
      const ended = await store.endedRuns({ limit: 500 });
      expect(ended[0]).toEqual({ run: '0215', summary: 'summary 0215' });
      expect(ended.length).toBeGreaterThanOrEqual(200);
      expect(ended.length).toBeLessThan(216);
      expect(await store.runRecords('0215')).toBeDefined();
      expect(await store.runRecords('0001')).toBeUndefined();
      expect((await store.endedRuns({ before: '0215', limit: 1 })).map(({ run }) => run)).toEqual(['0214']);
    });

    it('takes an event that was rolled up out of the queue into the history', async () => {
      const { store } = await open();
      await store.enqueueOwn(queued('1'));
      expect(await store.rollUpEvent(queued('1'), 'rolled up', {})).toBe(true);
      expect(await store.rollUpEvent(queued('1'), 'rolled up', {})).toBe(false);
      expect(await store.queue()).toEqual([]);
      expect(await store.endedRuns({ limit: 9 })).toEqual([{ run: '1', summary: 'rolled up' }]);
    });

    it('tells who follows all there is, then each change in its order', async () => {
      const { store, join, begin } = await open();
      const { member, lease } = await join('nodea');
      await begin('1');
      const following = store.followCluster(new AbortController().signal)[Symbol.asyncIterator]();
      const next = async (): Promise<ClusterChanges> => {
        const { value } = await following.next();
        return value as ClusterChanges;
      };
      const first = await next();
      expect(first.whole).toBe(true);
      expect(first.changes.map(wordOf)).toEqual(['member nodea', 'open 1', 'control 1', 'record planned']);
      expect(first.changes[0]).toEqual({ kind: 'member', node: 'nodea', member });
      const step = '1/1/nodea/event/1';
      await store.appendRuns([{ run: '1', records: [started(step)] }], { member });
      await store.endRun('1', 'summary', [], {});
      await lease.revoke();
      const told = [await next(), await next(), await next()];
      expect(told.map(({ changes }) => changes.map(wordOf))).toEqual([
        ['record started'],
        ['ended 1', 'open 1 no more', 'current'],
        ['member nodea no more'],
      ]);
      const [record] = told[0]?.changes ?? [];
      expect(record).toEqual({
        kind: 'record',
        run: '1',
        record: { record: started(step), revision: told[0]?.revision, position: 0 },
      });
    });
  });
}

function wordOf(change: ClusterChange): string {
  switch (change.kind) {
    case 'member':
      return `member ${change.node}${change.member ? '' : ' no more'}`;
    case 'open':
      return `open ${change.run}${change.open ? '' : ' no more'}`;
    case 'record':
      return `record ${change.record.record.kind}`;
    case 'control':
    case 'ended':
      return `${change.kind} ${change.run}`;
    default:
      return change.kind;
  }
}
