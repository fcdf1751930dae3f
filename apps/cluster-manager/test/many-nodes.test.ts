import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { etcdForTests, etcdIsMissing } from '@fallover/store/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';
import { askSocket, type Reply } from './cluster.ts';

const NODES = ['nodea', 'nodeb', 'nodec'] as const;
type NodeName = (typeof NODES)[number];

interface Listed {
  id: string;
  args: string[];
  state: string;
}

const etcd = etcdForTests({ members: 1 });

/** Three cluster managers as processes of their own on a real etcd; the story of one cluster, in order. */
describe.skipIf(etcdIsMissing)('three nodes on etcd', { timeout: 60_000 }, () => {
  let directory: string;
  const daemons = new Map<NodeName, DaemonProcess>();
  const state = (node: NodeName): string => join(directory, node);
  const start = async (node: NodeName): Promise<void> => {
    const options = ['--store', etcd().url, '--nodes', NODES.join(','), '--lease-seconds', '6'];
    const daemon = startDaemon({ state: state(node), node, options });
    daemons.set(node, daemon);
    if (!(await daemon.ready)) throw new Error(await daemon.ended);
  };
  const ask = (node: NodeName, method: string, path: string, body?: unknown): Promise<Reply> =>
    askSocket(join(state(node), 'control.sock'), { method, path: `/api/v1/${path}`, body, requestId: randomUUID() });
  const until = async <Value>(
    what: string,
    look: () => Promise<Value | undefined | false>,
    withinMs = 20_000,
  ): Promise<Value> => {
    for (const began = performance.now(); ; ) {
      const seen = await look();
      if (seen) return seen;
      if (performance.now() - began > withinMs) {
        const states = await Promise.all([...daemons.keys()].map((node) => ask(node, 'GET', 'cluster').catch(() => undefined)));
        throw new Error(`Not in time: ${what}. ${JSON.stringify(states, undefined, 1)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const ended = (node: NodeName, event: string, ...args: string[]) =>
    until(`${event} ${args.join(' ')} has ended on ${node}`, async () => {
      const { body } = await ask(node, 'GET', `runs?event=${event}&limit=100`);
      return body.runs?.find((run: Listed) => run.args.join(' ') === args.join(' ') && run.state === 'ended');
    });
  const hacmpOut = (node: NodeName): string => readFileSync(join(state(node), 'log', 'hacmp.out'), 'utf8');
  const script = (name: string, lines: string): string => {
    const path = join(directory, 'scripts', name);
    writeFileSync(path, `#!/bin/sh\n${lines}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const configure = async (event: string, fields: unknown): Promise<void> => {
    const { body } = await ask('nodea', 'GET', `events/${event}`);
    const revision = body.draft?.revision ?? 0;
    expect((await ask('nodea', 'PUT', `events/${event}/customization`, { revision, fields })).status).toBe(200);
    const synchronised = await ask('nodea', 'POST', 'configuration/synchronise', {});
    expect(synchronised, JSON.stringify(synchronised.body)).toMatchObject({ status: 201 });
  };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'fallover-many-'));
    mkdirSync(join(directory, 'scripts'), { mode: 0o755 });
    chmodSync(directory, 0o755);
  });
  afterAll(async () => {
    await Promise.all([...daemons.values()].map((daemon) => daemon.kill()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('join one after the other by node_up', async () => {
    for (const node of NODES) await start(node);
    for (const node of NODES) for (const other of NODES) await ended(node, 'node_up', other);
  });

  it('are not joined by a second node of one name, nor by a node of another cluster, and each is told why where it was started', async () => {
    const members = async () => (await ask('nodea', 'GET', 'cluster')).body.members;
    const before = await members();
    const second = startDaemon({ state: join(directory, 'second'), node: 'nodeb', options: ['--store', etcd().url] });
    try {
      expect(await second.ready).toBe(true);
      await until('the second nodeb says why it does not join', async () => second.said() !== '');
      expect(second.said()).toMatch(
        /^This node does not join the cluster: a node of the same name is a member already, nodeb \(since .*\)\. Stop that one, or start this one with another --node\.\n$/,
      );
    } finally {
      await second.stop();
    }
    const options = ['--store', etcd().url, '--store-prefix', 'fallover/payroll'];
    const stranger = startDaemon({ state: join(directory, 'stranger'), node: 'noded', cluster: 'sales', options });
    expect(await stranger.ended).toMatch(
      /^What is below fallover\/payroll\/ in etcd at .* is of cluster payroll, not sales: nothing/,
    );
    expect(await members()).toEqual(before);
  });

  it('run an event on all nodes, with the configuration that was made on one of them, and a rising fencing token', async () => {
    const witness = script('network_up', `echo "$LOCALNODENAME $FALLOVER_TOKEN" >> ${directory}/witness`);
    await configure('network_up', { eventCommand: { cluster: witness } });
    const { body } = await ask('nodeb', 'POST', 'runs', { event: 'network_up', args: ['-1', 'net1'] });
    for (const node of NODES) {
      const run = await until('the run has ended', async () => {
        const { status, body: view } = await ask(node, 'GET', `runs/${body.run}`);
        return status === 200 && view.state === 'ended' && view;
      });
      expect(run.outcome).toBe('succeeded');
    }
    const lines = readFileSync(join(directory, 'witness'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(lines.map(([node]) => node).sort()).toEqual([...NODES]);
    expect(new Set(lines.map(([, token]) => token)).size).toBe(3);
    for (const node of NODES) expect(hacmpOut(node).match(/EVENT START: network_up/g)).toHaveLength(1);
  });

  it('raise event_error on all nodes when one fails, and whoever is asked takes the decision', async () => {
    await configure('network_up', { eventCommand: { cluster: script('fails', '[ "$LOCALNODENAME" != nodeb ]') } });
    const { body } = await ask('nodea', 'POST', 'runs', { event: 'network_up', args: ['-1', 'net1'] });
    for (const node of NODES)
      await until('RP_FAILED everywhere', async () => (await ask(node, 'GET', 'cluster')).body.state === 'RP_FAILED');
    for (const node of NODES)
      await until('event_error everywhere', async () => hacmpOut(node).includes('EVENT COMPLETED: event_error 1 network_up'));
    const { body: waits } = await ask('nodea', 'POST', 'runs', { event: 'network_up', args: ['-1', 'net2'] });
    // Three people decide at once, each in the console of another node.
    const answers = await Promise.all(NODES.map((node) => ask(node, 'POST', 'recover', { as: 'skip', cancelQueue: true })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    for (const node of NODES)
      await until(`the event that waited is cancelled for ${node} too`, async () => {
        const { body: view } = await ask(node, 'GET', `runs/${waits.run}`);
        return view.state === 'cancelled';
      });
    for (const node of NODES)
      await until('all have gone on', async () => {
        const { body: view } = await ask(node, 'GET', `runs/${body.run}`);
        return view.state === 'ended' && (await ask(node, 'GET', 'cluster')).body.state !== 'RP_FAILED';
      });
    for (const node of NODES) expect((await ask(node, 'GET', `runs/${body.run}`)).body.decisions).toHaveLength(1);
  });

  it('is not disturbed by a daemon that is killed and back within its lease', async () => {
    await daemons.get('nodeb')?.kill();
    await start('nodeb');
    const { body } = await ask('nodeb', 'POST', 'runs', { event: 'join_standby', args: ['nodea', 'label1'] });
    await ended('nodeb', 'join_standby', 'nodea', 'label1');
    expect(body.run).toBeDefined();
    const { body: list } = await ask('nodea', 'GET', 'runs?event=node_down');
    expect(list.runs).toEqual([]);
  });

  it('processes node_down on the others when a node dies, also the coordinator, and node_up when it is back', async () => {
    const emulated = await ask('nodeb', 'POST', 'nodes/nodea/emulate-death', {});
    // etcd's one member is at an address that no node is known by.
    expect(emulated.body.before[0]).toMatchObject({ code: 'majority_not_known', severity: 'warning' });
    await daemons.get('nodea')?.kill();
    for (const node of ['nodeb', 'nodec'] as const) await ended(node, 'node_down', 'nodea');
    const { id } = await ended('nodeb', 'node_down', 'nodea');
    const { body: ran } = await ask('nodeb', 'GET', `runs/${id}`);
    // What was emulated is what ran, sub-events of built-in commands included.
    const steps = (of: { node: string; event: string; key: string }[]): string[] =>
      of.map(({ node, event, key }) => `${node} ${event} ${key}`).sort();
    expect(steps(ran.steps)).toEqual(steps(emulated.body.steps));
    expect(ran.steps.length).toBeGreaterThan(4);
    expect(ran.participants.map(({ node }: { node: string }) => node)).toEqual(emulated.body.participants);
    const { body } = await ask('nodec', 'POST', 'runs', { event: 'join_standby', args: ['nodeb', 'label2'] });
    expect(body.run).toBeDefined();
    await ended('nodeb', 'join_standby', 'nodeb', 'label2');
    await start('nodea');
    await until('nodea is back', async () => {
      const { body } = await ask('nodeb', 'GET', 'runs?event=node_up&limit=100');
      return body.runs.filter((run: Listed) => run.args[0] === 'nodea' && run.state === 'ended').length === 2;
    });
  });

  it('says that nothing is started while etcd is away, and goes on when it is back', async () => {
    await etcd().members[0]?.kill();
    await until('the daemon knows', async () =>
      (await ask('nodeb', 'GET', 'cluster').catch(() => undefined))?.body.troubles?.some(
        ({ code }: { code: string }) => code === 'store',
      ),
    );
    const refused = await ask('nodeb', 'POST', 'runs', { event: 'join_standby', args: ['nodeb', 'label3'] });
    expect(refused.status).toBe(503);
    // What is configured can still be read.
    const shown = await ask('nodeb', 'GET', 'events/network_up');
    expect([shown.status, shown.headers['fallover-store']]).toEqual([200, expect.stringMatching(/^(no_quorum|out_of_reach)$/)]);
    etcd().members[0]?.restart();
    await until('it is well again', async () => {
      const { body } = await ask('nodeb', 'GET', 'cluster');
      return !body.troubles.some(({ code }: { code: string }) => code === 'store');
    });
    const accepted = await until('a run is accepted', async () => {
      const reply = await ask('nodeb', 'POST', 'runs', { event: 'join_standby', args: ['nodeb', 'label4'] });
      return reply.status === 201 && reply;
    });
    expect(accepted.body.run).toBeDefined();
    await ended('nodec', 'join_standby', 'nodeb', 'label4');
  });
});
