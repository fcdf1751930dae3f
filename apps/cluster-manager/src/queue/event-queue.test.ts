import type { DefinitionDocument, Origin, RunPlan } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { planQueued, programAmongMany } from './event-queue.ts';

const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    { class: 'site', name: 'west', fields: { siteNodes: { cluster: ['c'] } } },
    {
      class: 'event',
      name: 'join_standby',
      fields: { recoveryProgram: { cluster: 'other "/opt/ha/tell" X NULL\nbarrier\nevent "join_standby" 0 NULL' } },
    },
  ],
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
    expect(phases(plan('node_down b', ['a', 'c'])).slice(1)).toEqual([
      'a:node_down=0 c:node_down=0',
      'a:node_down_complete=X c:node_down_complete=X',
    ]);
    expect(phases(plan('network_down -1 net1', ['a'], { kind: 'report' }))).toEqual([
      'a:network_down=0',
      'a:network_down_complete=X',
    ]);
    expect(phases(plan('site_up west', ['a', 'c']))).toEqual([
      'c:site_up=0',
      'a:site_up_remote=0',
      'c:site_up_complete=X',
      'a:site_up_remote_complete=X',
    ]);
  });

  it('is told to all nodes when what happened concerns none of them', () => {
    expect(phases(plan('fail_standby z l1', ['a', 'b'], { kind: 'report' }))).toEqual(['a:fail_standby=0 b:fail_standby=0']);
  });

  it('has the node that joins or leaves in only one of its two memberships, unless a person runs the event', () => {
    expect(plan('node_up c', ['a', 'c']).membership).toEqual({ before: ['a'], after: ['a', 'c'] });
    expect(plan('node_down b', ['a', 'c']).membership).toEqual({ before: ['a', 'b', 'c'], after: ['a', 'c'] });
    expect(plan('node_up c', ['a', 'c'], { kind: 'person' }).membership).toEqual({ before: ['a', 'c'], after: ['a', 'c'] });
  });

  it('goes by the program that replaces the predefined one, also on one node, and has its pathnames by their places', () => {
    const steps = (run: RunPlan): string[] =>
      run.program.map((phase) =>
        phase.map(({ scope, steps: [step] }) => `${scope.slice(37)}/${step?.key} ${step?.command ?? ''}`.trim()).join(' '),
      );
    expect(steps(plan('join_standby b l1', ['a', 'b'], { kind: 'report' }))).toEqual(['1/a/command.1 /opt/ha/tell', '2/b/event']);
    expect(steps(plan('join_standby z l1', ['a'], { kind: 'report', many: false }))).toEqual(['1/a/command.1 /opt/ha/tell']);
    expect(steps(plan('join_standby b l1', ['a', 'b'], { kind: 'person' }))).toEqual(['1/a/event 1/b/event']);
  });

  it('warns of each event that its program names after that one’s own time', () => {
    const times = plan('site_up west', ['a', 'c'])
      .program.flat()
      .map(({ timeUntilWarning }) => timeUntilWarning);
    expect(times).toEqual([360, 180, 180, 180]);
  });

  it('is on all nodes at once, or on the one chosen, when a person runs it', () => {
    expect(phases(plan('node_up c', ['a', 'c'], { kind: 'person' }))).toEqual(['a:node_up=0 c:node_up=0']);
    expect(phases(plan('node_up c', ['a', 'c'], { kind: 'person', node: 'a' }))).toEqual(['a:node_up=0']);
  });

  it('is the event alone on one node with a store of its own', () => {
    expect(phases(plan('node_down z', ['a'], { kind: 'report', many: false }))).toEqual(['a:node_down=0']);
  });
});
