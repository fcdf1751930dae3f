import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';
import { shellTime } from '../shell-time.ts';

const AT = '2026-11-23T05:00:00.000Z';
const SHOWN = shellTime(AT);
const STEP = '0199aaaa-0000-7000-8000-000000abcdef/1/nodeb/pre_event.1/1';
const nodea = { node: 'nodea', state: 'member', since: AT, coordinator: true, here: true, release: '0.1.0', lostSteps: [] };
const nodeb = {
  node: 'nodeb',
  state: 'lost',
  since: AT,
  coordinator: false,
  here: false,
  clockDifferenceMs: -1500,
  fencing: { node: 'nodeb', state: 'failed', lostAt: AT, sentence: 'Node nodeb was lost and fencing it failed.' },
  lostSteps: [{ run: 'r', step: STEP, event: 'network_up', args: ['-1', 'net1'], key: 'pre_event.1' }],
};

describe('fallover online and offline', () => {
  it('ask for nodes by one word or several, and print a sentence for each', async () => {
    await using daemon = await smallDaemon();
    const nodes = ['nodea', 'nodeb'].map((node) => ({ node, changed: true, sentence: `${node} starts.` }));
    daemon.answers('POST /api/v1/cluster-services/start', [200, { nodes }]);
    expect(await shell(daemon.state, ['online', 'node', 'nodea,nodeb'])).toEqual({
      status: 0,
      out: ['nodea starts.', 'nodeb starts.'],
      err: [],
    });
    expect(daemon.asked.at(-1)?.body).toEqual({ nodes: ['nodea', 'nodeb'], when: 'now' });
    const undone = { node: 'nodea', changed: false, undone: true, sentence: 'It is being stopped.' };
    daemon.answers('POST /api/v1/cluster-services/start', [200, { nodes: [undone, nodes[1]] }]);
    expect((await shell(daemon.state, ['online', 'node', 'nodea,nodeb'])).status).toBe(1);
    daemon.answers('POST /api/v1/cluster-services/start', [200, { nodes }]);
    await shell(daemon.state, ['online', 'node', 'nodea', 'nodeb', 'when=both']);
    expect(daemon.asked.at(-1)?.body).toEqual({ nodes: ['nodea', 'nodeb'], when: 'both' });
    daemon.answers('POST /api/v1/cluster-services/stop', [200, { nodes: [] }]);
    for (const way of ['MANAGE=move', 'HOW=takeover']) {
      await shell(daemon.state, ['offline', 'node', 'nodea', way, 'WHEN=restart']);
      expect(daemon.asked.at(-1)?.body).toEqual({ nodes: ['nodea'], how: 'move', when: 'restart' });
    }
  });

  it.each([
    [['online', 'event', 'nodea'], 'CLASS: cluster services are those of nodes; write node instead of "event".'],
    [['online', 'node', 'WHEN=now'], 'NAME of a node is missing.'],
    [['online', 'node', 'nodea', 'WHEN=soon'], 'WHEN: "soon" is not one of now, restart, both.'],
    [['online', 'node', 'nodea', 'MANAGE=move'], 'There is no MANAGE here; known are WHEN.'],
    [
      ['offline', 'node', 'nodea'],
      'MANAGE is missing: offline brings the resource groups offline, move moves them to other nodes, unmanage leaves them as they are.',
    ],
    [['offline', 'node', 'nodea', 'MANAGE=takeover'], 'MANAGE: "takeover" is not one of offline, move, unmanage.'],
    [['offline', 'node', 'nodea', 'HOW=move'], 'HOW: "move" is not one of graceful, takeover, forced.'],
    [['offline', 'node', 'nodea', 'MANAGE=move', 'HOW=takeover'], 'MANAGE and HOW say the same; give one of them.'],
    [['offline', 'node', 'nodea', 'MANAGE=move', 'manage=move'], 'MANAGE is given twice; give it once.'],
  ])('refuse %j', async (words, sentence) => {
    await using daemon = await smallDaemon();
    const { status, err } = await shell(daemon.state, words);
    expect([status, err[0]]).toEqual([2, sentence]);
    expect(daemon.asked).toEqual([]);
  });

  it('say what the cluster manager refuses', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/cluster-services/stop', [409, problem('sole_node_stays', 'Node nodea stays.', 409)]);
    expect(await shell(daemon.state, ['offline', 'node', 'nodea', 'MANAGE=move'])).toEqual({
      status: 2,
      out: [],
      err: ['Node nodea stays.'],
    });
  });
});

describe('fallover confirm-off', () => {
  it('confirms by the name that is typed', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/nodes/nodeb/confirm-off', [200, { node: 'nodeb', sentence: 'It is confirmed.' }]);
    expect((await shell(daemon.state, ['confirm-off', 'nodeb'])).out).toEqual(['It is confirmed.']);
    expect(daemon.asked.at(-1)?.body).toEqual({ typed: 'nodeb' });
  });
});

describe('fallover remove-node', () => {
  it('removes the node whose name is typed, and says why not', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/nodes/nodeb/remove', [200, { node: 'nodeb', sentence: 'Node nodeb is removed.' }]);
    expect((await shell(daemon.state, ['remove-node', 'nodeb'])).out).toEqual(['Node nodeb is removed.']);
    expect(daemon.asked.at(-1)?.body).toEqual({ typed: 'nodeb' });
    daemon.answers('POST /api/v1/nodes/nodeb/remove', [409, problem('not_down', 'Node nodeb is a member.', 409)]);
    expect(await shell(daemon.state, ['remove-node', 'nodeb'])).toEqual({ status: 2, out: [], err: ['Node nodeb is a member.'] });
  });

  it('is named by "fallover delete node" for a node that is known from membership alone', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/entries/node', [200, { entries: [] }]);
    daemon.answers('GET /api/v1/nodes', [200, { nodes: [nodea, nodeb], at: AT }]);
    expect((await shell(daemon.state, ['delete', 'node', 'nodeb'])).err).toEqual([
      'NAME: there is no node "nodeb" in the draft, but it is a node of this cluster.',
      '  "fallover remove-node nodeb" removes it from the cluster once it is down.',
    ]);
    expect((await shell(daemon.state, ['delete', 'node', 'nodex'])).err).toEqual([
      'NAME: there is no node "nodex" in the configuration. "fallover query node" lists them all.',
    ]);
  });
});

describe('fallover while the store does not answer', () => {
  const away =
    (body: unknown) =>
    (_: unknown, response: ServerResponse): void => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Fallover-Store': 'no_quorum' });
      response.end(JSON.stringify(body));
    };

  it('says behind what it shows that this is as the node knew it last', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/nodes', away({ nodes: [nodea], at: AT }));
    const said = await shell(daemon.state, ['query', 'services']);
    expect(said).toMatchObject({ status: 0, err: [expect.stringContaining('is as this node knew it last')] });
    expect((await shell(daemon.state, ['query', 'services', 'nodex'])).err).toEqual([
      'NAME: "nodex" is not a node of this cluster. Its nodes: nodea.',
    ]);
  });
});

describe('fallover query services', () => {
  it('has a line for each node, and below what needs an eye', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/nodes', [200, { nodes: [nodea, nodeb], at: AT }]);
    expect((await shell(daemon.state, ['query', 'services'])).out).toEqual([
      'NODE   STATE   SINCE                ROLE                    RELEASE  ADDRESS  CLOCK',
      `nodea  member  ${SHOWN}  coordinator, this node  0.1.0`,
      `nodeb  lost    ${SHOWN}                                            -1.50 s`,
      'Node nodeb was lost and fencing it failed.',
      '  "fallover confirm-off nodeb" confirms it.',
      'Lost with node nodeb: network_up 1/nodeb/pre_event.1/1',
    ]);
    expect((await shell(daemon.state, ['query', 'services', 'nodeb'])).out).toEqual([
      'NAME="nodeb"',
      'STATE="lost"',
      `SINCE="${AT}"`,
      'COORDINATOR="false"',
      'CLOCK="-1.50 s"',
      'FENCING="failed: Node nodeb was lost and fencing it failed."',
      `LOST_STEP="network_up -1 net1 ${STEP}"`,
    ]);
    expect(await shell(daemon.state, ['query', 'services', 'nodex'])).toEqual({
      status: 2,
      out: [],
      err: ['NAME: "nodex" is not a node of this cluster. Its nodes: nodea, nodeb.'],
    });
    expect((await shell(daemon.state, ['query', 'services', '--json'])).out).toEqual([
      JSON.stringify({ nodes: [nodea, nodeb], at: AT }),
    ]);
  });
});
