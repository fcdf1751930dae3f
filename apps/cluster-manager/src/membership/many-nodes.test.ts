import type { DefinitionDocument } from '@fallover/events';
import { openStore } from '@fallover/store';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cuttable } from '../../faults/cuttable.ts';
import { type TestCluster, type TestClusterSettings, testCluster } from './cluster.test-support.ts';

let cluster: TestCluster;
afterEach(() => cluster.close());

async function open(settings: Partial<TestClusterSettings> = {}): Promise<TestCluster> {
  const store = await openStore('memory:');
  if (!store.ok) throw new Error(store.error.code);
  cluster = testCluster({ store: store.value, nodes: ['nodea', 'nodeb', 'nodec'], ...settings });
  return cluster;
}

const isUp = (node: string): boolean =>
  [...cluster.nodes.values()].every(({ view }) => view.nodes().get(node)?.upSince !== undefined);
const allUp = (...nodes: string[]) => cluster.until('all are up', () => nodes.every(isUp));
const storeOf = () => [...cluster.nodes.values()][0]?.view;

/** network_up is to be warned about after a second. */
const WARNED_SOON: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [{ class: 'event', name: 'network_up', fields: { timeUntilWarning: { cluster: 1 } } }],
};

describe('many nodes', () => {
  it('join one after the other, each by its node_up, and agree on one order of events', async () => {
    await open();
    await allUp('nodea', 'nodeb', 'nodec');
    const coordinators = new Set([...cluster.nodes.values()].map(({ view }) => view.coordinator()?.node));
    expect(coordinators.size).toBe(1);
    expect([...cluster.nodes.values()].map(({ troubles }) => troubles)).toEqual([[], [], []]);
    expect(storeOf()?.openRuns().size).toBe(0);
  });

  it('run an event on all of them, each its own steps', async () => {
    await open();
    await allUp('nodea', 'nodeb', 'nodec');
    const run = await cluster.run('network_up', '-1', 'net1');
    await cluster.until('it has ended', async () => cluster.witness.filter(({ step }) => step.startsWith(run)).length === 3);
    const steps = cluster.witness.filter(({ step }) => step.startsWith(run));
    expect(steps.map(({ node }) => node).sort()).toEqual(['nodea', 'nodeb', 'nodec']);
    await cluster.until('nothing is open', () => [...cluster.nodes.values()].every(({ view }) => view.openRuns().size === 0));
    const [first, ...others] = [...cluster.nodes.values()].map(({ records }) => records(run));
    for (const other of others) expect(other).toEqual(first);
  });

  it('goes on without a node that dies, whoever it is, and processes its node_down on the others', async () => {
    await open({ step: (step) => ({ ms: step.includes('nodec') ? 60_000 : 5, status: 0 }), ttlMs: 2_000 });
    await cluster.until('nodea and nodeb are up', () => isUp('nodea') && isUp('nodeb'), 4_000).catch(() => {});
    cluster.nodes.get('nodec')?.kill();
    await allUp('nodea', 'nodeb');
    await cluster.until('nodec is down', () => {
      const document = storeOf()?.nodes().get('nodec');
      return document?.up === undefined && storeOf()?.openRuns().size === 0;
    });
    expect(storeOf()?.nodes().get('nodec')?.lost?.fencing).toBe('not_configured');
    // The run in which it died says in every list that it went on without.
    const rows = cluster.nodes.get('nodea')?.journal.list({ limit: 50 }) ?? [];
    expect(rows.filter(({ without }) => without !== undefined)).toMatchObject([{ event: 'node_up', without: ['nodec'] }]);
  });

  it('are warned by the one that is slow, and the lists of all say which that is', async () => {
    await open({
      document: WARNED_SOON,
      step: (step) => ({ ms: step.includes('/nodeb/') ? 1_500 : 5, status: 0 }),
    });
    await allUp('nodea', 'nodeb', 'nodec');
    const run = await cluster.run('network_up', '-1', 'net1');
    const rowsOn = (node: string) => cluster.nodes.get(node)?.journal.list({ limit: 50 }) ?? [];
    await cluster.until('it is over', () => rowsOn('nodea').some((row) => row.id === run && row.state === 'ended'));
    expect(rowsOn('nodea').filter(({ parent }) => parent === run)).toMatchObject([{ event: 'config_too_long', node: 'nodeb' }]);
    expect(rowsOn('nodea').find(({ id }) => id === run)?.node).toBeUndefined();
  });

  it('learn how a step of a lost node ended, also when it outlived the rejoining of its node; nobody warns of what went on without it', async () => {
    const opened = await openStore('memory:');
    if (!opened.ok) throw new Error(opened.error.code);
    const line = cuttable(opened.value, () => 0);
    let isLong = false;
    await open({
      store: opened.value,
      storeOf: (node) => (node === 'nodec' ? line.store : opened.value),
      ttlMs: 1_500,
      step: (step) => ({ ms: isLong && step.includes('nodec') ? 6_000 : 5, status: 0 }),
      document: WARNED_SOON,
    });
    await allUp('nodea', 'nodeb', 'nodec');
    isLong = true;
    const run = await cluster.run('network_up', '-1', 'net1');
    const step = await vi.waitUntil(() => cluster.witness.find((one) => one.step.startsWith(run) && one.node === 'nodec')?.step);
    isLong = false;
    line.cut();
    await cluster.until('it is over without nodec', () => cluster.nodes.get('nodea')?.engine.live(run) === undefined);
    line.mend();
    await cluster.until('nodec is a member again', () => cluster.nodes.get('nodec')?.membership.own() !== undefined);
    const ends = (node: string): boolean =>
      cluster.nodes
        .get(node)
        ?.records(run)
        .some((record) => record.kind === 'finished' && record.step === step) ?? false;
    expect(ends('nodec')).toBe(false);
    await cluster.until('all know', () => ['nodea', 'nodeb', 'nodec'].every(ends));
    expect(
      cluster.nodes
        .get('nodec')
        ?.records(run)
        .map(({ kind }) => kind),
    ).not.toContain('warned');
  }, 30_000);
});
