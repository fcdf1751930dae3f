import { describe, expect, it } from 'vitest';
import { shell, smallDaemon } from '../fixtures/small-daemon.ts';

const planned = { phase: 1, node: 'nodea', event: 'node_up', builtIn: false };
const environment = { CLUSTER_NAME: 'payroll', PATH: '/bin', LOCALNODENAME: 'nodea' };
const pipeline = { event: 'node_up', timeUntilWarning: 360, failOnPrePost: true, recoveryCounter: 2 };
const EMULATION = {
  event: 'node_up',
  args: ['node a'],
  participants: ['nodea', 'nodeb'],
  before: [
    { code: 'rp_failed', severity: 'warning', sentence: `${'Nothing is started. '.repeat(6)}Recover.` },
    { code: 'starts_at_once', severity: 'info', sentence: 'It starts at once.' },
  ],
  after: [{ code: 'events_after', severity: 'info', sentence: 'Behind it comes what waits: site_up here.' }],
  phases: [
    {
      index: 1,
      commands: [{ event: 'node_up', args: ['node a'], nodes: ['nodea'], expectedStatus: 0 }],
      lanes: [
        { node: 'nodea', pipelines: [pipeline] },
        { node: 'nodeb', pipelines: [] },
      ],
      waitsFor: ['nodea'],
    },
    {
      index: 2,
      commands: [{ event: 'node_up_complete', args: ['node a'], nodes: ['nodea', 'nodeb'], expectedStatus: 'X' }],
      lanes: ['nodea', 'nodeb'].map((node) => ({
        node,
        pipelines: [{ event: 'node_up_complete', failOnPrePost: false, recoveryCounter: 0 }],
      })),
      waitsFor: ['nodea', 'nodeb'],
    },
  ],
  steps: [
    {
      ...planned,
      kind: 'pre_event',
      key: 'pre_event.1',
      argv: ['/opt/check', 'node_up', 'node a'],
      customEvent: 'check',
      own: true,
      environment,
    },
    { ...planned, kind: 'event', key: 'event', argv: ['node_up', 'node a'], builtIn: true },
    { ...planned, event: 'process_resources', kind: 'event', key: 'event', argv: ['process_resources'], builtIn: true },
    {
      ...planned,
      kind: 'recovery',
      key: 'recovery',
      argv: ['/opt/again', 'node_up'],
      atMost: 2,
      environment: { ...environment, EVENT_STATUS: 'STATUS' },
    },
    ...['nodea', 'nodeb'].map((node) => ({
      phase: 2,
      node,
      event: 'node_up_complete',
      kind: 'event',
      key: 'event',
      argv: ['node_up_complete'],
      builtIn: true,
    })),
  ],
  notifications: [
    {
      method: 'oncall',
      events: ['node_up'],
      moments: ['failure'],
      recipients: ['ada@example.org'],
      senders: ['nodea', 'nodeb'],
      escalatesTo: ['boss'],
    },
  ],
  hash: '',
  destructive: false,
  warnings: [],
};

describe('fallover emulate', () => {
  it('shows who would run what, phase by phase, in 80 columns', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/emulate', [200, EMULATION]);
    const { out } = await shell(daemon.state, ['emulate', 'node_up', 'node a', '--draft', '--nodes', 'nodea,nodeb']);
    expect(out).toEqual([
      '- Warning: Nothing is started. Nothing is started. Nothing is started. Nothing',
      '  is started. Nothing is started. Nothing is started. Recover.',
      '- It starts at once.',
      '',
      'node_up node a, by nodea, nodeb:',
      '',
      'Phase 1 of 2: node_up node a on nodea (status 0 is success)',
      '  nodea:',
      '    pre_event.1      /opt/check node_up "node a" (custom event check, a value of',
      '                     this node)',
      '    event            node_up "node a" (built-in)',
      '    event            process_resources (built-in, sub-event process_resources)',
      '    recovery         /opt/again node_up, only if the event command fails, at',
      '                     most 2 times; the event command then runs again',
      '    (config_too_long after 360 s of node_up)',
      '    (node_up fails if a pre- or post-event fails)',
      '  nodeb: nothing to do; at the barrier at once',
      '',
      '-- barrier: nobody goes on before nodea is through',
      '',
      'Phase 2 of 2: node_up_complete node a on nodea, nodeb (any status is success)',
      '  nodea, nodeb:',
      '    event            node_up_complete (built-in)',
      '',
      '- Behind it comes what waits: site_up here.',
      'notify oncall to ada@example.org: failure of node_up; sent by nodea, else nodeb;',
      '  then boss, unless somebody acknowledges',
      'Environment of every command:',
      '  CLUSTER_NAME=payroll',
      '  PATH=/bin',
      '  LOCALNODENAME=nodea',
      '  and of its own each EVENT_STATUS',
    ]);
    for (const line of out) expect(line.length).toBeLessThanOrEqual(80);
    expect(daemon.asked[0]?.body).toEqual({
      event: 'node_up',
      args: ['node a'],
      draft: true,
      nodes: ['nodea', 'nodeb'],
      origin: 'cluster_manager',
    });
  });

  it('shows an event as a person would run it', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/emulate', [200, { ...EMULATION, before: [], phases: [], steps: [], notifications: [] }]);
    expect((await shell(daemon.state, ['emulate', 'network_up', '--node', 'nodeb', '-1', 'net1'])).out).toEqual([
      'Nothing would be run.',
      '- Behind it comes what waits: site_up here.',
    ]);
    expect(daemon.asked[0]?.body).toEqual({
      event: 'network_up',
      args: ['-1', 'net1'],
      draft: false,
      origin: 'person',
      node: 'nodeb',
    });
  });

  it('shows what follows if a node dies', async () => {
    await using daemon = await smallDaemon();
    const sentence = 'Node nodec is down: no event follows from its end.';
    daemon.answers('POST /api/v1/nodes/nodec/emulate-death', [
      200,
      {
        ...EMULATION,
        event: undefined,
        before: [{ code: 'nothing_follows', severity: 'info', sentence }],
        after: [],
        phases: [],
        steps: [],
        notifications: [],
      },
    ]);
    expect((await shell(daemon.state, ['emulate', '--node-dies', 'nodec'])).out).toEqual([`- ${sentence}`]);
    expect(daemon.asked[0]?.body).toEqual({ draft: false });
  });

  it('wants an event or a node, and not both', async () => {
    await using daemon = await smallDaemon();
    expect((await shell(daemon.state, ['emulate'])).err[0]).toBe('Something is missing here.');
    expect(await shell(daemon.state, ['emulate', '--node-dies', 'nodec', 'node_up'])).toMatchObject({
      status: 2,
      err: ['--node-dies stands without EVENT, --node and --by-hand.', expect.stringContaining('Usage:')],
    });
  });
});
