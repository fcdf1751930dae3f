import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';
import { shellTime } from '../shell-time.ts';

const TOKEN = 'fallover-join-eyJhIjoiYiJ9';
const EXPIRES = '2026-11-26T14:37:10.000Z';

describe('fallover add join_token', () => {
  it('prints what to type on the other node, and until when', async () => {
    await using daemon = await smallDaemon();
    const reply = { token: TOKEN, node: 'nodeb', expiresAt: EXPIRES };
    daemon.answers('POST /api/v1/join-tokens/nodeb', [201, reply]);
    expect(await shell(daemon.state, ['add', 'join_token', 'nodeb'])).toEqual({
      status: 0,
      out: [
        `On node nodeb type, before ${shellTime(EXPIRES)}:`,
        `  fallover join ${TOKEN}`,
        'It holds once. Whoever has it can join in the place of that node.',
      ],
      err: [],
    });
    expect((await shell(daemon.state, ['add', 'join_token', 'nodeb', '--json'])).out).toEqual([JSON.stringify(reply)]);
  });

  it('refuses what is no name of a node, and what the daemon refuses', async () => {
    await using daemon = await smallDaemon();
    expect((await shell(daemon.state, ['add', 'join_token', 'node/b'])).err).toEqual([
      'NODE: "node/b" is not the name of a node: give up to 64 letters, digits, dots, underscores or hyphens.',
    ]);
    expect((await shell(daemon.state, ['add', 'join_token', 'nodeb', 'nodec'])).err[0]).toBe(
      '"nodec" is one word too many here.',
    );
    expect(daemon.asked).toEqual([]);
    daemon.answers('POST /api/v1/join-tokens/nodeb', [409, problem('nothing_to_join', 'It has a store of its own.', 409)]);
    expect(await shell(daemon.state, ['add', 'join_token', 'nodeb'])).toEqual({
      status: 2,
      out: [],
      err: ['It has a store of its own.'],
    });
  });
});

describe('fallover join', () => {
  it('hands the token to the cluster manager of this node', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/join', [200, { node: 'nodeb', cluster: 'payroll' }]);
    expect(await shell(daemon.state, ['join', TOKEN])).toEqual({
      status: 0,
      out: ['Node nodeb has joined cluster payroll: its cluster manager and those of the other nodes can ask each other'],
      err: [],
    });
    expect(daemon.asked[0]?.body).toEqual({ token: TOKEN });
  });

  it('says why it was refused, what is missing, and that no cluster manager runs', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/join', [409, problem('join_refused', 'It was used already.', 409)]);
    expect(await shell(daemon.state, ['join', TOKEN])).toEqual({ status: 2, out: [], err: ['It was used already.'] });
    expect((await shell('/nonexistent', ['join'])).err).toEqual([
      'Something is missing here.',
      '  Usage: fallover join TOKEN|- [--json]',
    ]);
    expect((await shell('/nonexistent', ['join', TOKEN])).status).toBe(3);
  });
});
