import { applyRecord, type DefinitionDocument, type Entry, type RunState, startRun } from '@fallover/events';
import type { NodeDocument, QueuedEvent } from '@fallover/store';
import { describe, expect, it } from 'vitest';
import { MEMBERSHIP } from '../membership/duties.ts';
import { manyPlan } from '../processing/many-plan.ts';
import type { ClusterNow } from './cluster-now.ts';
import { type EmulatorParts, emulator } from './emulate.ts';

const AT = '2026-11-26T12:00:00.000Z';
const up = (node: string, membership: number): NodeDocument => ({ node, up: membership, upSince: AT });
/** nodea coordinates; nodeb and nodec are up beside it. */
const three = (more: Partial<ClusterNow> = {}): ClusterNow => ({
  members: new Map([
    ['nodea', 7],
    ['nodeb', 8],
    ['nodec', 9],
  ]),
  nodes: new Map([
    ['nodea', up('nodea', 7)],
    ['nodeb', up('nodeb', 8)],
    ['nodec', up('nodec', 9)],
  ]),
  coordinator: 'nodea',
  queue: [],
  current: undefined,
  leaseSeconds: 5,
  ...more,
});
const withNode = (document: NodeDocument, more: Partial<ClusterNow> = {}): ClusterNow => {
  const now = three(more);
  return { ...now, nodes: new Map(now.nodes).set(document.node, document) };
};
const waiting = (line: string, kind: 'report' | 'person' | 'cluster_manager' = 'report'): QueuedEvent => {
  const [event = '', ...args] = line.split(' ');
  const origin = { kind, name: kind === 'cluster_manager' ? MEMBERSHIP : 'x' };
  return { run: line, event, args, origin, drill: false, acceptedAt: AT };
};
const documentOf = (...entries: Entry[]) => ({
  number: 3,
  hash: 'h',
  document: { format: 1 as const, cluster: 'payroll', entries },
});
const EMPTY = documentOf();

function emulating(
  now: ClusterNow,
  definition: { document: DefinitionDocument; number: number; hash: string } = EMPTY,
  etcdMembers?: EmulatorParts['etcdMembers'],
) {
  const parts: EmulatorParts = {
    node: 'nodea',
    stateDirectory: '/var/lib/fallover',
    clock: { now: () => AT },
    nodes: () => ['nodea', 'nodeb', 'nodec', 'noded'],
    now: async () => now,
    plan: manyPlan,
    active: async () => definition,
    draft: async () => definition,
    recipients: ({ contact }) => [contact],
    ...(etcdMembers ? { etcdMembers } : {}),
  };
  const { useCases } = emulator(parts);
  const answered = <Answer extends object>(answer: Answer) => {
    if (!('ok' in answer) || !answer.ok) throw new Error(JSON.stringify(answer));
    return (answer as unknown as { value: Extract<Awaited<ReturnType<typeof useCases.emulate>>, { ok: true }>['value'] }).value;
  };
  const input = (line: string, more: object) => {
    const [event = '', ...args] = line.split(' ');
    return { body: { event, args, draft: false, origin: 'cluster_manager', ...more } } as never;
  };
  return {
    happens: async (line: string, more: object = {}) => answered(await useCases.emulate(input(line, more), {} as never)),
    refused: (line: string, more: object) => useCases.emulate(input(line, more), {} as never),
    dies: async (node: string, more: object = {}) =>
      answered(await useCases.emulateNodeDeath({ parameters: { node }, body: { draft: false, ...more } } as never, {} as never)),
  };
}

type Answer = Awaited<ReturnType<ReturnType<typeof emulating>['dies']>>;
const codes = ({ before }: Answer): string[] => before.map(({ code }) => code);
const sentences = ({ before, after }: Answer): string[] => [...before, ...after].map(({ sentence }) => sentence);
/** `PHASE NODE EVENT ARGS` of each event command. */
const lines = ({ steps }: Answer): string[] =>
  steps.flatMap(({ phase, node, key, argv, event }) =>
    key === 'event' && !event.startsWith('process_resources') ? [`${phase} ${node} ${argv.join(' ')}`] : [],
  );

describe('what if a node dies now', () => {
  it('is noticed, not fenced, and its node_down is processed by the others, phase by phase', async () => {
    const answer = await emulating(three()).dies('nodec');
    expect(sentences(answer)).toEqual([
      'The others notice within 5 seconds: then the lease of node nodec has ended, and it counts as lost.',
      'nodea coordinates now, and stays the coordinator.',
      'No fence command is named: 2 seconds later the others act as if node nodec were off, though nothing proves it: not fenced: resources may be active twice. Name one with: fallover modify cluster FENCE_COMMAND=…',
      'node_down nodec is queued, to be processed by those who are left.',
    ]);
    expect(answer.participants).toEqual(['nodea', 'nodeb']);
    expect(lines(answer)).toEqual([
      '1 nodea node_down nodec',
      '1 nodeb node_down nodec',
      '2 nodea node_down_complete nodec',
      '2 nodeb node_down_complete nodec',
    ]);
    expect(answer.phases.map(({ waitsFor, commands }) => [waitsFor, commands[0]?.expectedStatus])).toEqual([
      [['nodea', 'nodeb'], 0],
      [['nodea', 'nodeb'], 'X'],
    ]);
  });

  it('says before anything else that nothing of it happens, where etcd has no majority without that machine', async () => {
    const etcd = async () => [
      { name: 'etcd1', addresses: ['nodea'], answers: true },
      { name: 'etcd2', addresses: ['nodeb'], answers: true },
      { name: 'etcd3', addresses: ['10.0.0.9'], answers: false },
    ];
    const answer = await emulating(three(), EMPTY, etcd).dies('nodea');
    expect(answer.before[0]).toEqual({
      code: 'majority_lost',
      severity: 'warning',
      sentence:
        'Event processing stops: without node nodea etcd has no majority. Of its 3 members etcd1 runs there, etcd3 does not answer now; one is left, and it takes 2. Nothing that follows here happens, nothing is started and nothing is taken over, before etcd has its majority again.',
    });
    expect(answer.phases).not.toEqual([]);
    // Also of a node whose cluster services are stopped: its machine is as much lost.
    const stopped = withNode({ node: 'nodea' }, { members: new Map([['nodeb', 8]]) });
    expect(codes(await emulating(stopped, EMPTY, etcd).dies('nodea'))).toEqual(['majority_lost', 'nothing_follows']);
    expect(codes(await emulating(three(), EMPTY, etcd).dies('nodec'))[0]).toBe('majority_kept');
  });

  it('says that it does not know, where etcd does not tell where its members run', async () => {
    const untold = () => Promise.reject(new Error('permission denied'));
    expect(codes(await emulating(three(), EMPTY, untold).dies('nodea'))[0]).toBe('etcd_not_told');
  });

  it('names who may coordinate next, and where the fence command is run then', async () => {
    const fenced = documentOf({
      class: 'cluster',
      name: 'payroll',
      fields: { fenceCommand: { cluster: ['/usr/sbin/fence', '-f'] } },
    });
    const answer = await emulating(three(), fenced).dies('nodea');
    expect(sentences(answer).slice(1, 3)).toEqual([
      'nodea coordinates; the next one is nodeb or nodec, whichever asks the store first.',
      'Fencing: /usr/sbin/fence -f nodea is run on nodeb or nodec, for 60 seconds at most. With status 0 node nodea is proven off and node_down follows; with any other, nothing of nodea is taken over until somebody makes sure that it is off, and confirms it with: fallover confirm-off nodea',
    ]);
  });

  it.each<[string, ClusterNow, string, string[]]>([
    [
      'nothing of a node that is down',
      withNode({ node: 'nodec' }, { members: new Map([['nodea', 7]]) }),
      'nodec',
      ['nothing_follows'],
    ],
    ['nothing of a node that was never there', three(), 'noded', ['nothing_follows']],
    [
      'nothing of a node whose node_up is not queued yet',
      withNode({ node: 'nodec' }),
      'nodec',
      ['lease_ends', 'coordinator_stays', 'nothing_follows'],
    ],
    [
      'of the last node, that nobody is left',
      withNode(up('nodec', 9), {
        members: new Map([['nodec', 9]]),
        nodes: new Map([['nodec', up('nodec', 9)]]),
        coordinator: 'nodec',
      }),
      'nodec',
      ['lease_ends', 'coordinator_follows', 'nobody_left'],
    ],
    [
      'of a lost node whose fencing failed, that somebody has to confirm',
      withNode(
        { ...up('nodec', 9), lost: { membership: 9, at: AT, fencing: 'failed' } },
        {
          members: new Map([
            ['nodea', 7],
            ['nodeb', 8],
          ]),
        },
      ),
      'nodec',
      ['lost_already', 'fenced_before'],
    ],
    [
      'of a node alone on a store of its own, that nothing is processed',
      {
        members: new Map([['nodea', 1]]),
        nodes: new Map([['nodea', up('nodea', 1)]]),
        coordinator: 'nodea',
        queue: [],
        current: undefined,
      },
      'nodea',
      ['sole_node'],
    ],
  ])('says %s', async (_, now, node, expected) => {
    expect(codes(await emulating(now).dies(node))).toEqual(expected);
  });

  it('rolls up what waits of that node, takes what comes first, and leaves the rest behind it', async () => {
    const queue = [waiting('network_down nodec net1'), waiting('site_down here'), waiting('network_down nodeb net1')];
    const answer = await emulating(three({ queue })).dies('nodec');
    expect(sentences(answer).slice(4)).toEqual([
      'network_down nodec net1, which waits, is rolled up by node_down nodec and is not processed.',
      'Before it comes what waits already: site_down here.',
      'Behind it comes what waits: network_down nodeb net1.',
    ]);
  });

  it('is processed by a node too whose node_up comes before it', async () => {
    const joining = withNode({ node: 'nodeb', up: 8 }, { queue: [waiting('node_up nodeb', 'cluster_manager')] });
    const answer = await emulating(joining).dies('nodec');
    expect(answer.participants).toEqual(['nodea', 'nodeb']);
  });

  it('says that nothing is started while the cluster is in RP_FAILED', async () => {
    const answer = await emulating(three({ current: { ...running(), state: 'awaiting_decision' } })).dies('nodec');
    expect(answer.before.at(-1)).toEqual({
      code: 'rp_failed',
      severity: 'warning',
      sentence:
        'network_up -1 net1 has not succeeded and waits for a decision (RP_FAILED): nothing is started, and the cluster does not fail over, before somebody recovers from script failure with: fallover recover',
    });
  });

  it('goes on with the run that is processed now, without the steps that are lost with the node', async () => {
    const run = running();
    const started = ['nodea', 'nodec'].reduce(
      (state, node) =>
        applyRecord(state, { kind: 'started', at: AT, step: `${RUN}/1/${node}/event/1`, clock: { bootId: '', ms: 0 } }),
      run,
    );
    const answer = await emulating(three({ current: started })).dies('nodec');
    expect(answer.before[2]?.sentence).toBe(
      'network_up -1 net1, which is processed now, goes on without nodec. network_up event on nodec is lost with it, neither success nor failure. Its barrier waits for nodea and nodeb, and no longer for nodec.',
    );
    expect(answer.before.at(-1)?.sentence).toBe('network_up -1 net1 is processed now and comes to its end first.');
  });

  it('says by which method nobody is told, since its only node is the one that died', async () => {
    const oncall = (nodes: string[]): Entry => ({
      class: 'notification_method',
      name: nodes.join('-'),
      fields: {
        contact: { cluster: 'ada@example.org' },
        methodNodes: { cluster: nodes },
        methodEvents: { cluster: ['node_down'] },
      },
    });
    const answer = await emulating(three(), documentOf(oncall(['nodec']), oncall(['nodec', 'nodea']))).dies('nodec');
    expect(answer.notifications.map(({ senders }) => senders)).toEqual([[], ['nodea']]);
    expect(answer.after[0]?.sentence).toBe(
      'Remote notification method nodec may be sent by nodec only, and that is away: nobody is told by it. Let it be sent by another node too.',
    );
  });
});

const RUN = '019aaf00-0000-7000-8000-000000000001';
const running = (): RunState =>
  startRun(
    manyPlan(
      { ...waiting('network_up -1 net1', 'person'), run: RUN },
      [
        { node: 'nodea', membership: 7 },
        { node: 'nodeb', membership: 8 },
        { node: 'nodec', membership: 9 },
      ],
      EMPTY,
    ),
  );

describe('an event that is emulated', () => {
  it('is processed by its recovery program when it happens, and at once everywhere when a person runs it', async () => {
    const emulate = emulating(three());
    expect(lines(await emulate.happens('node_down nodec takeover'))).toEqual([
      '1 nodec node_down nodec takeover',
      '2 nodea node_down nodec takeover',
      '2 nodeb node_down nodec takeover',
      '3 nodea node_down_complete nodec takeover',
      '3 nodeb node_down_complete nodec takeover',
      '3 nodec node_down_complete nodec takeover',
    ]);
    const byHand = await emulate.happens('network_down nodec net1', { origin: 'person' });
    expect(byHand.phases).toHaveLength(1);
    expect(byHand.before[0]?.sentence).toBe('No other event is processed now or waits before it: it starts at once.');
  });

  it('does not start at once where the cluster services run on no node', async () => {
    const answer = await emulating(three({ members: new Map() })).happens('network_down nodec net1', { origin: 'person' });
    expect(codes(answer)).toEqual(['nobody_takes_part']);
  });

  it('has the node that would join among those who take part', async () => {
    const answer = await emulating(three()).happens('node_up noded');
    expect(lines(answer).slice(3, 5)).toEqual(['2 noded node_up noded', '3 nodea node_up_complete noded']);
  });

  it('is emulated on any nodes that are known', async () => {
    const emulate = emulating(three());
    expect((await emulate.happens('network_up -1 net1', { nodes: ['noded', 'nodea', 'noded'] })).participants).toEqual([
      'nodea',
      'noded',
    ]);
    expect(await emulate.refused('network_up -1 net1', { nodes: ['nodez'] })).toMatchObject({
      ok: false,
      error: {
        status: 404,
        faults: [
          { field: 'nodes', sentence: 'There is no node nodez in this cluster. Its nodes are nodea, nodeb, nodec, noded.' },
        ],
      },
    });
  });

  it('says what a person who runs it is refused for', async () => {
    const answer = await emulating(three()).happens('node_down nodec', { origin: 'person' });
    expect(answer.before[0]).toMatchObject({ code: 'refused_by_hand', severity: 'warning' });
  });

  it('shows the value of each node, its environment, and what it is not known by yet', async () => {
    const document = documentOf({
      class: 'event',
      name: 'network_up',
      fields: {
        notifyCommand: { cluster: '/opt/tell', nodes: { nodeb: '/opt/own' } },
        timeUntilWarning: { cluster: 60, nodes: { nodeb: 90 } },
      },
    });
    const answer = await emulating(three(), document).happens('network_up -1 net1', { nodes: ['nodea', 'nodeb'] });
    const complete = answer.steps.filter(({ key, phase }) => key === 'notify_complete' && phase === 1);
    expect(complete.map(({ node, argv, own }) => [node, argv.join(' '), own])).toEqual([
      ['nodea', '/opt/tell network_up complete STATUS -1 net1', undefined],
      ['nodeb', '/opt/own network_up complete STATUS -1 net1', true],
    ]);
    expect(complete[1]?.environment).toEqual({
      PATH: 'STATE/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LOCALNODENAME: 'nodeb',
      CLUSTER_NAME: 'payroll',
      EVENT_NAME: 'network_up',
      EVENT_STATUS: 'STATUS',
      PRE_EVENT_MEMBERSHIP: 'nodea nodeb',
      POST_EVENT_MEMBERSHIP: 'nodea nodeb',
      FALLOVER_STATE: 'STATE',
      FALLOVER_STEP: 'RUN/1/nodeb/notify_complete/1',
      FALLOVER_TOKEN: 'TOKEN',
    });
    expect(answer.phases[0]?.lanes.map(({ pipelines }) => pipelines[0]?.timeUntilWarning)).toEqual([60, 90]);
  });
});
