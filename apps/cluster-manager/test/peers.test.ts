import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { etcdForTests, etcdIsMissing } from '@fallover/store/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';
import { askSocket, type Reply } from './cluster.ts';

const NODES = ['nodea', 'nodeb'] as const;
type NodeName = (typeof NODES)[number];

const etcd = etcdForTests({ members: 1 });

/** Two cluster managers as processes of their own, of which the second one joins; the story of one cluster, in order. */
describe.skipIf(etcdIsMissing)('a node that joins by a token', { timeout: 60_000 }, () => {
  let directory: string;
  const daemons = new Map<NodeName, DaemonProcess>();
  const state = (node: NodeName): string => join(directory, node);
  const start = async (node: NodeName): Promise<void> => {
    const daemon = startDaemon({ state: state(node), node, options: ['--store', etcd().url, '--lease-seconds', '4'] });
    daemons.set(node, daemon);
    if (!(await daemon.ready)) throw new Error(await daemon.ended);
  };
  const ask = (node: NodeName, method: string, path: string, body?: unknown): Promise<Reply> =>
    askSocket(join(state(node), 'control.sock'), { method, path: `/api/v1/${path}`, body, requestId: randomUUID() });
  const until = async <Value>(what: string, look: () => Promise<Value | undefined | false>): Promise<Value> => {
    for (const began = performance.now(); performance.now() - began < 30_000; ) {
      const seen = await look();
      if (seen) return seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Not in time: ${what}`);
  };
  const troublesOf = async (node: NodeName): Promise<string[]> =>
    (await ask(node, 'GET', 'cluster')).body.troubles.map(({ code }: { code: string }) => code);
  const areUp = (): Promise<unknown> =>
    until('both are up', async () => {
      const { body } = await ask('nodea', 'GET', 'cluster');
      const ups = body.last.filter(
        ({ event, state: is }: { event: string; state: string }) => event === 'node_up' && is === 'ended',
      );
      return ups.length >= 2;
    });
  const script = (name: string, lines: string): string => {
    const path = join(directory, 'scripts', name);
    writeFileSync(path, `#!/bin/sh\n${lines}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  let run: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fallover-peers-'));
    chmodSync(directory, 0o755);
    mkdirSync(join(directory, 'scripts'), { mode: 0o755 });
    for (const node of NODES) await start(node);
    await areUp();
  });
  afterAll(async () => {
    await Promise.all([...daemons.values()].map((daemon) => daemon.kill()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('is a member before, and says what it cannot do yet', async () => {
    expect(await troublesOf('nodea')).not.toContain('not_joined');
    expect(await troublesOf('nodeb')).toContain('not_joined');
    const { status, body } = await ask('nodea', 'GET', 'logs?node=nodeb');
    expect([status, body.code]).toEqual([404, 'peer_not_known']);
  });

  it('joins while it runs, and nothing but the audit trail of who let it in tells of the token', async () => {
    const { status, body } = await ask('nodea', 'POST', 'join-tokens/nodeb');
    expect([status, body.node]).toEqual([201, 'nodeb']);
    expect(await ask('nodeb', 'POST', 'join', { token: body.token })).toMatchObject({
      status: 200,
      body: { node: 'nodeb', cluster: 'payroll' },
    });
    expect(await troublesOf('nodeb')).not.toContain('not_joined');
    const again = await ask('nodeb', 'POST', 'join', { token: body.token });
    expect([again.status, again.body.code]).toEqual([409, 'join_refused']);
    const trails = await Promise.all(NODES.map(async (node) => JSON.stringify((await ask(node, 'GET', 'audit')).body)));
    expect(trails[0]).toContain('/api/v1/join-tokens/nodeb');
    expect(trails[0]).toContain('"principal":"node nodeb"');
    for (const trail of trails) expect(trail).not.toContain('fallover-join-');
    for (const node of NODES)
      expect(readFileSync(join(state(node), 'log', 'daemon.log'), 'utf8')).not.toContain('fallover-join-');
    expect(readFileSync(join(state('nodeb'), 'secret.key'))).toEqual(readFileSync(join(state('nodea'), 'secret.key')));
  });

  it('makes nothing active that another member cannot keep on its disk, and names that member', async () => {
    const fields = { eventCommand: { cluster: script('says', 'echo "this is $LOCALNODENAME"') } };
    const { body: before } = await ask('nodea', 'GET', 'events/network_up');
    await ask('nodea', 'PUT', 'events/network_up/customization', { revision: before.draft?.revision ?? 0, fields });
    const revisions = join(state('nodeb'), 'revisions');
    renameSync(revisions, `${revisions}.away`);
    writeFileSync(revisions, 'no directory');
    const { status, body } = await ask('nodea', 'POST', 'configuration/synchronise', {});
    expect([status, body.code]).toEqual([409, 'not_laid_down']);
    expect(JSON.stringify(body)).toContain('nodeb: The new revision cannot be written');
    expect((await ask('nodeb', 'GET', 'configuration')).body.active).toBeUndefined();

    rmSync(revisions);
    renameSync(`${revisions}.away`, revisions);
    const again = await ask('nodea', 'POST', 'configuration/synchronise', {});
    expect(again.status).toBe(201);
    // Not once it has heard of it: at once.
    expect(readFileSync(join(revisions, `${again.body.hash}.json`), 'utf8')).toContain('/scripts/says');
  });

  it('shows its outputs, logs and summaries through the other one', async () => {
    run = (await ask('nodeb', 'POST', 'runs', { event: 'network_up', args: ['-1', 'net1'] })).body.run;
    const view = await until('the run has ended', async () => {
      const reply = await ask('nodea', 'GET', `runs/${run}`);
      return reply.status === 200 && reply.body.state === 'ended' && reply.body;
    });
    expect(view.outcome).toBe('succeeded');
    for (const [asked, told] of [
      ['nodea', 'nodeb'],
      ['nodeb', 'nodea'],
    ] as const) {
      const step = encodeURIComponent(`${run}/1/${told}/event/1`);
      const lines = await ask(asked, 'GET', `runs/${run}/output/lines?step=${step}`);
      expect(lines.body.lines?.map(({ text }: { text: string }) => text)).toEqual([`this is ${told}`]);
      expect((await ask(asked, 'GET', `runs/${run}/output/download?step=${step}`)).body).toBe(`this is ${told}\n`);
      const log = await ask(asked, 'GET', `logs/hacmp.out/lines?node=${told}&from=-100`);
      expect(JSON.stringify(log.body.lines)).toContain('EVENT START: network_up -1 net1');
    }
    const { body: all } = await ask('nodea', 'GET', 'event-summaries?event=network_up');
    expect(all.summaries.map(({ node }: { node: string }) => node).sort()).toEqual([...NODES]);
  });

  it('is named a few seconds after it hangs, with what the other one has', async () => {
    const frozen = daemons.get('nodeb')?.pid as number;
    // Over the connections that are open from before, nothing tells of it.
    await Promise.all([1, 2, 3].map(() => ask('nodea', 'GET', 'logs?node=nodeb')));
    process.kill(frozen, 'SIGSTOP');
    try {
      const before = performance.now();
      const [summaries, logs] = await Promise.all([
        ask('nodea', 'GET', 'event-summaries?event=network_up'),
        ask('nodea', 'GET', 'logs?node=nodeb'),
      ]);
      expect(performance.now() - before).toBeLessThan(7_000);
      expect(summaries.body.summaries.map(({ node }: { node: string }) => node)).toEqual(['nodea']);
      expect(summaries.body.unanswered).toEqual([
        { node: 'nodeb', sentence: expect.stringMatching(/^Node nodeb d.*not answer/), since: expect.any(String) },
      ]);
      expect(logs.status).toBe(503);
    } finally {
      process.kill(frozen, 'SIGCONT');
    }
    await until('it answers', async () => (await ask('nodea', 'GET', 'logs?node=nodeb')).status === 200);
  });

  it('is looked at by verification, with the other one', async () => {
    const { nodes } = await until('both are looked at', async () => {
      const { body } = await ask('nodeb', 'POST', 'configuration/verify', { of: 'active' });
      return body.nodes?.length === 2 && body;
    });
    expect(nodes).toEqual([
      { node: 'nodea', looked: true },
      { node: 'nodeb', looked: true },
    ]);
  });

  it('needs no token again after a restart; while it is away a sentence says where its logs are', async () => {
    await daemons.get('nodeb')?.kill();
    const { status, body } = await ask('nodea', 'GET', 'logs?node=nodeb');
    expect([status, body.code]).toEqual([503, 'peer_not_answering']);
    expect(body.title).toMatch(
      /^Node nodeb does not answer at 127\.0\.0\.1:\d+: .*; its logs are on nodeb itself\. See whether that node and its cluster manager run\.$/,
    );
    await start('nodeb');
    await until('it answers', async () => (await ask('nodea', 'GET', 'logs?node=nodeb')).status === 200);
    expect(await troublesOf('nodeb')).not.toContain('not_joined');
  });
});
