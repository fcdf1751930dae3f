import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunView } from '@fallover/contract';
import { etcdForTests, etcdIsMissing } from '@fallover/store/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';
import { askSocket, hasSettled, type Reply } from './cluster.ts';

const NODES = ['nodea', 'nodeb', 'nodec'] as const;
type NodeName = (typeof NODES)[number];

const etcd = etcdForTests({ members: 1 });

/** Three cluster managers as processes of their own; the commands write the witness, which the product does not. */
describe.skipIf(etcdIsMissing)('a recovery program on three nodes', { timeout: 60_000 }, () => {
  let directory: string;
  const daemons = new Map<NodeName, DaemonProcess>();
  const state = (node: NodeName): string => join(directory, node);
  const ask = (node: NodeName, method: string, path: string, body?: unknown): Promise<Reply> =>
    askSocket(join(state(node), 'control.sock'), { method, path: `/api/v1/${path}`, body, requestId: randomUUID() });

  async function until<Value>(what: string, look: () => Promise<Value | undefined | false>): Promise<Value> {
    for (const began = performance.now(); performance.now() - began < 30_000; ) {
      const seen = await look();
      if (seen) return seen;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`Not in time: ${what}.`);
  }
  const settled = (node: NodeName, run: string): Promise<RunView> =>
    until(`run ${run} on ${node}`, async () => {
      const { status, body } = await ask(node, 'GET', `runs/${run}`);
      return status === 200 && hasSettled(body) && (body as RunView);
    });
  const ended = (node: NodeName, event: string, about: string): Promise<RunView> =>
    until(`${event} ${about} on ${node}`, async () => {
      const { body } = await ask(node, 'GET', `runs?event=${event}`);
      const found = body.runs?.find((run: RunView) => run.args[0] === about && run.state === 'ended');
      return found && ((await ask(node, 'GET', `runs/${found.id}`)).body as RunView);
    });

  const witness = (): string[] => readFileSync(join(directory, 'witness'), 'utf8').split('\n').filter(Boolean);
  const forget = (): void => writeFileSync(join(directory, 'witness'), '');
  /** Says when it begins and when it ends; on `slow` it takes its time. */
  const script = (name: string, { slow, status = 0 }: { slow?: NodeName; status?: number } = {}): string => {
    const path = join(directory, 'scripts', name);
    const say = (moment: string): string => `echo "${name} ${moment} $LOCALNODENAME $*" >> ${join(directory, 'witness')}`;
    const wait = slow === undefined ? [] : [`[ "$LOCALNODENAME" != ${slow} ] || sleep 0.6`];
    writeFileSync(path, ['#!/bin/sh', say('begins'), ...wait, say('ends'), `exit ${status}`, ''].join('\n'));
    chmodSync(path, 0o755);
    return path;
  };
  const synchronise = async (): Promise<void> => {
    const { status, body } = await ask('nodea', 'POST', 'configuration/synchronise', {});
    expect(status, JSON.stringify(body)).toBe(201);
  };
  const replaceProgram = async (event: string, text: string): Promise<Reply> => {
    const revision = (await ask('nodea', 'GET', `events/${event}`)).body.draft?.revision ?? 0;
    const fields = { recoveryProgram: { cluster: text } };
    return ask('nodea', 'PUT', `events/${event}/customization`, { revision, fields });
  };
  const report = async (node: NodeName, event: string, ...args: string[]): Promise<string> => {
    const { status, body } = await ask(node, 'POST', 'reports', { event, args, source: 'test', id: randomUUID() });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.run;
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fallover-program-'));
    mkdirSync(join(directory, 'scripts'), { mode: 0o755 });
    chmodSync(directory, 0o755);
    forget();
    for (const node of NODES) {
      const options = ['--store', etcd().url, '--nodes', NODES.join(','), '--lease-seconds', '5'];
      const daemon = startDaemon({ state: state(node), node, options });
      daemons.set(node, daemon);
      if (!(await daemon.ready)) throw new Error(await daemon.ended);
    }
    for (const node of NODES) await ended('nodea', 'node_up', node);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([...daemons.values()].map((daemon) => daemon.kill()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('that cannot be read is refused with its line; one that can be read replaces the predefined one with a warning', async () => {
    const refused = await replaceProgram('network_down', 'all "network_down" 0 NULL\nbarier\n');
    expect(refused).toMatchObject({
      status: 400,
      body: { faults: [{ code: 'program_fault', field: 'recoveryProgram', line: 2 }] },
    });
    const first = script('first', { slow: 'nodec' });
    const second = script('second', { status: 3 });
    const program = `other "${first}" 0 NULL\nbarrier\nevent "${second}" 3 NULL\nbarrier\nall "network_down" 0 NULL\n`;
    const saved = await replaceProgram('network_down', program);
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    expect(saved.body.warnings.map(({ code }: { code: string }) => code)).toEqual(['program_replaced']);
    await synchronise();
    const { body } = await ask('nodec', 'GET', 'events/network_down/program');
    expect(body).toMatchObject({ active: program, draft: program, synchronised: true });
  });

  it('runs its pathnames on their node sets, and nobody goes past a barrier early', async () => {
    const id = await report('nodeb', 'network_down', 'nodea', 'net1');
    const run = await settled('nodec', id);
    expect(run.outcome).toBe('succeeded');
    const lines = witness();
    expect(lines.slice(0, 4).sort()).toEqual([
      'first begins nodeb nodea net1',
      'first begins nodec nodea net1',
      'first ends nodeb nodea net1',
      'first ends nodec nodea net1',
    ]);
    expect(lines.slice(4)).toEqual(['second begins nodea nodea net1', 'second ends nodea nodea net1']);
    expect(
      run.phases.map(({ commands }) => commands.map(({ path, event, nodes }) => [path ?? event, ...nodes].join(' '))),
    ).toEqual([
      [`${join(directory, 'scripts/first')} nodeb nodec`],
      [`${join(directory, 'scripts/second')} nodea`],
      ['network_down nodea nodeb nodec'],
    ]);
    expect(run.steps.find(({ node, kind }) => node === 'nodea' && kind === 'command')).toMatchObject({
      ...{ key: 'command.2', status: 3, expectedStatus: 3, command: join(directory, 'scripts/second') },
      ...{ argv: [join(directory, 'scripts/second'), 'nodea', 'net1'] },
    });
    const log = readFileSync(join(state('nodea'), 'log', 'hacmp.out'), 'utf8');
    expect(log).toContain(`network_down command.2.1| + ${join(directory, 'scripts/second')} nodea net1`);
    expect(log).toMatch(/EVENT COMPLETED: network_down nodea net1 3\n/);
    expect(log).toContain('Recovery program, status 3:');
  });

  it('stops in RP_FAILED where a pathname is not trusted any more, and starts nothing behind the barrier', async () => {
    forget();
    chmodSync(join(directory, 'scripts/first'), 0o775);
    const run = await settled('nodea', await report('nodea', 'network_down', 'nodea', 'net1'));
    expect(run).toMatchObject({ state: 'awaiting_decision', outcome: 'failed' });
    expect(run.failure?.sentence).toBe(
      'The command of the recovery program of network_down nodea net1 ended with status 126 on nodeb and nodec.',
    );
    expect(run.steps.map(({ fault }) => fault?.code)).toEqual(['writable_by_others', 'writable_by_others']);
    expect(witness()).toEqual([]);
    expect((await ask('nodeb', 'POST', 'recover', { as: 'skip', cancelQueue: false })).status).toBe(200);
    await until('the cluster is stable', async () => (await ask('nodea', 'GET', 'cluster')).body.state === 'ST_STABLE');
  });

  it('of whose node sets nobody is one is done at once, and the queue goes on', async () => {
    chmodSync(join(directory, 'scripts/first'), 0o755);
    expect((await replaceProgram('fail_standby', `event "${join(directory, 'scripts/first')}" 0 NULL`)).status).toBe(200);
    await synchronise();
    const nobody = await settled('nodec', await report('nodea', 'fail_standby', 'nodez', 'label1'));
    expect(nobody).toMatchObject({ state: 'ended', outcome: 'succeeded', steps: [] });
    const next = await settled('nodec', await report('nodea', 'fail_standby', 'nodeb', 'label1'));
    expect(next.steps.map(({ node, key, status }) => [node, key, status])).toEqual([['nodeb', 'command.1', 0]]);
  });

  it('of a site stands around that of its last node, which is in only one of the two memberships', async () => {
    const fields = { siteNodes: { cluster: ['nodec'] } };
    expect((await ask('nodea', 'PUT', 'entries/site/south', { revision: 0, fields })).status).toBe(200);
    await synchronise();
    await daemons.get('nodec')?.kill();
    const run = await ended('nodeb', 'node_down', 'nodec');
    expect(run.phases.map(({ commands }) => commands.map(({ event, args }) => [event, ...args].join(' ')).join())).toEqual([
      'check_for_site_down nodec',
      'site_down_remote south',
      'node_down nodec',
      'node_down_complete nodec',
      'site_down_remote_complete south',
    ]);
    expect(run.membership).toEqual({ before: ['nodea', 'nodeb', 'nodec'], after: ['nodea', 'nodeb'] });
  });
});
