import type { DefinitionDocument, Origin, RunPlan } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { planQueued, programAmongMany } from './event-queue.ts';

const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [{ class: 'site', name: 'west', fields: { siteNodes: { cluster: ['c'] } } }],
};

const plan = (line: string, nodes: string[], { kind = 'cluster_manager', many = true, node }: Settings = {}): RunPlan => {
  const [event = '', ...args] = line.split(' ');
  const queued = {
    run: '0199aaaa-0000-7000-8000-000000abcdef',
    event,
    args,
    origin: { kind, name: 'membership' },
    drill: false,
    acceptedAt: '2026-11-23T05:00:00.000Z',
    ...(node === undefined ? {} : { node }),
  };
  const active = { number: 1, hash: 'none', document };
  return many ? planQueued(queued, nodes, active, programAmongMany) : planQueued(queued, nodes, active);
};
interface Settings {
  kind?: Origin['kind'];
  many?: boolean;
  node?: string;
}

const phases = (run: RunPlan): string[] =>
  run.program.map((phase) => phase.map(({ node, event, expectedStatus }) => `${node}:${event}=${expectedStatus}`).join(' '));

describe('the run of a queued event', () => {
  it('has, among many nodes, the recovery program of what happened', () => {
    expect(phases(plan('node_up c', ['a', 'b', 'c']))).toEqual([
      'a:node_up=0 b:node_up=0',
      'c:node_up=0',
      'a:node_up_complete=X b:node_up_complete=X c:node_up_complete=X',
    ]);
    expect(phases(plan('network_down -1 net1', ['a'], { kind: 'report' }))).toEqual([
      'a:network_down=0',
      'a:network_down_complete=X',
    ]);
    expect(phases(plan('site_up west', ['a', 'c']))).toEqual(['c:site_up=0', 'a:site_up_remote=0']);
  });

  it('is told to all nodes when what happened concerns none of them', () => {
    expect(phases(plan('fail_standby z l1', ['a', 'b'], { kind: 'report' }))).toEqual(['a:fail_standby=0 b:fail_standby=0']);
  });

  it('is on all nodes at once, or on the one chosen, when a person runs it', () => {
    expect(phases(plan('node_up c', ['a', 'c'], { kind: 'person' }))).toEqual(['a:node_up=0 c:node_up=0']);
    expect(phases(plan('node_up c', ['a', 'c'], { kind: 'person', node: 'a' }))).toEqual(['a:node_up=0']);
  });

  it('is the event alone on one node with a store of its own', () => {
    expect(phases(plan('node_down z', ['a'], { kind: 'report', many: false }))).toEqual(['a:node_down=0']);
  });
});
