import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { etcdForTests, etcdIsMissing } from '@fallover/store/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';
import { askSocket, type Reply } from './cluster.ts';

const NODES = ['nodea', 'nodeb', 'nodec'] as const;
type NodeName = (typeof NODES)[number];
const ADDRESS = ['eth0', '10.0.0.1', '24'];

const etcd = etcdForTests({ members: 1 });

/**
 * Three cluster managers as processes of their own that each drive a component; the story of one cluster, in order. The address
 * is moved as an administrator would have it moved: by the commands of node_down, which run the events in the component.
 */
describe.skipIf(etcdIsMissing)('components that three nodes drive', { timeout: 90_000 }, () => {
  let directory: string;
  const daemons = new Map<NodeName, DaemonProcess>();
  const state = (node: NodeName): string => join(directory, node);
  const base = (node: NodeName): string => join(directory, `base-${node}`);
  const executable = (path: string, lines: string): string => {
    writeFileSync(path, `#!/bin/sh\n${lines}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const start = async (node: NodeName): Promise<void> => {
    const options = ['--store', etcd().url, '--nodes', NODES.join(','), '--lease-seconds', '4', '--ctdb-base', base(node)];
    const daemon = startDaemon({ state: state(node), node, options });
    daemons.set(node, daemon);
    if (!(await daemon.ready)) throw new Error(await daemon.ended);
  };
  const ask = (node: NodeName, method: string, path: string, body?: unknown): Promise<Reply> =>
    askSocket(join(state(node), 'control.sock'), { method, path: `/api/v1/${path}`, body, requestId: randomUUID() });
  /** `NODE EVENT ARG…` of every event script that ran, and of what else is told; in the order of the machine that all share. */
  const trace = (): string[] =>
    existsSync(join(directory, 'trace')) ? readFileSync(join(directory, 'trace'), 'utf8').trimEnd().split('\n') : [];
  const of = (node: NodeName, from = 0): string[] =>
    trace()
      .slice(from)
      .flatMap((line) => (line.startsWith(`${node} `) && !line.endsWith(' monitor') ? [line.slice(node.length + 1)] : []));
  const until = async (what: string, isSo: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> => {
    for (const end = performance.now() + ms; !(await isSo()); await sleep(100))
      if (performance.now() > end) throw new Error(`Not in time: ${what}.\n${trace().join('\n')}`);
  };
  const runs = async (node: NodeName, event: string, ...args: string[]): Promise<number> => {
    const { body } = await ask(node, 'GET', `runs?event=${event}&limit=100`);
    return (body.runs ?? []).filter(
      (run: { args: string[]; state: string }) => run.args.join(' ') === args.join(' ') && run.state === 'ended',
    ).length;
  };
  const health = async (node: NodeName): Promise<{ node: string; component: string; state: string }[]> =>
    (await ask(node, 'GET', 'cluster')).body.health;
  const hacmpOut = (node: NodeName): string => readFileSync(join(state(node), 'log', 'hacmp.out'), 'utf8');

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fallover-driven-'));
    chmodSync(directory, 0o755);
    for (const node of NODES) {
      mkdirSync(join(base(node), 'events/site'), { recursive: true, mode: 0o755 });
      executable(
        join(base(node), 'events/site/50.service.script'),
        `echo "${node} $*" >> ${directory}/trace\n[ "$1" = monitor ] && [ -e "$CTDB_BASE/sick" ] && exit 1\nexit 0`,
      );
    }
    for (const node of NODES) await start(node);
    await until('all are up', async () => (await runs('nodea', 'node_up', 'nodec')) === 1);
    for (const node of NODES) expect((await ask(node, 'PUT', 'components/site', { mode: 'driven' })).status).toBe(200);
    await until('all are monitored', () => NODES.every((node) => trace().includes(`${node} monitor`)));

    const run = (event: string): string => `fallover ctdb event run 30 site ${event} ${ADDRESS.join(' ')}`;
    const down = executable(
      join(directory, 'down'),
      `echo "cluster $LOCALNODENAME node_down $*" >> ${directory}/trace
[ "$LOCALNODENAME" != "$1" ] || ${run('releaseip')}`,
    );
    // The first of those that are left takes it.
    const complete = executable(
      join(directory, 'complete'),
      `echo "cluster $LOCALNODENAME node_down_complete $*" >> ${directory}/trace
taker=nodea; [ "$1" = nodea ] && taker=nodeb
[ "$LOCALNODENAME" != $taker ] || ${run('takeip')}`,
    );
    for (const [event, command] of [
      ['node_down', down],
      ['node_down_complete', complete],
    ])
      await ask('nodea', 'PUT', `events/${event}/customization`, { revision: 0, fields: { eventCommand: { cluster: command } } });
    expect((await ask('nodea', 'POST', 'configuration/synchronise', {})).status).toBe(201);
  }, 90_000);
  afterAll(async () => {
    await Promise.all([...daemons.values()].map((daemon) => daemon.kill()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('are started on each node, one event after the other', () => {
    for (const node of NODES) expect(of(node)).toEqual(['init', 'setup', 'startup']);
  });

  it('that are UNHEALTHY on one node are an event that every node processes, once, and home shows it everywhere', async () => {
    writeFileSync(join(base('nodeb'), 'sick'), '');
    await until('all have processed it', async () => {
      for (const node of NODES) if ((await runs(node, 'node_unhealthy', 'nodeb', 'site')) !== 1) return false;
      return true;
    });
    for (const node of NODES) {
      expect(hacmpOut(node).match(/EVENT COMPLETED: node_unhealthy nodeb site 0/g)).toHaveLength(1);
      expect((await health(node)).filter((one) => one.state === 'unhealthy').map((one) => one.node)).toEqual(['nodeb']);
    }
    rmSync(join(base('nodeb'), 'sick'));
    await until('all have processed that it is healed', async () => {
      for (const node of NODES) if ((await runs(node, 'node_healthy', 'nodeb', 'site')) !== 1) return false;
      return true;
    });
    for (const node of NODES) expect((await health(node)).filter((one) => one.state === 'unhealthy')).toEqual([]);
  });

  it('that are UNHEALTHY and then not monitored any more leave no node UNHEALTHY on any home', async () => {
    const unhealthy = async (): Promise<string[][]> =>
      Promise.all(
        NODES.map(async (node) =>
          (await health(node)).flatMap((one) => (one.state === 'unhealthy' ? [`${one.node} ${one.component}`] : [])),
        ),
      );
    const everywhere = (...expected: string[]) =>
      until(`all say ${JSON.stringify(expected)}`, async () =>
        (await unhealthy()).every((said) => said.join() === expected.join()),
      );
    // One that is made manual.
    writeFileSync(join(base('nodeb'), 'sick'), '');
    await everywhere('nodeb site');
    expect((await ask('nodeb', 'PUT', 'components/site', { mode: 'manual' })).status).toBe(200);
    await everywhere();
    expect((await ask('nodeb', 'GET', 'components/site')).body.health.state).toBe('not_monitored');
    rmSync(join(base('nodeb'), 'sick'));
    const from = trace().length;
    expect((await ask('nodeb', 'PUT', 'components/site', { mode: 'driven' })).status).toBe(200);
    await until('nodeb is driven again', () => of('nodeb', from).includes('startup'));
    // One that is removed as soon as it may be.
    const mine = join(directory, 'mine');
    mkdirSync(mine, { mode: 0o755 });
    executable(join(mine, '10.sick.script'), '[ "$1" != monitor ]');
    expect((await ask('nodec', 'POST', 'components/mine', { directory: mine, mode: 'driven' })).status).toBe(201);
    await everywhere('nodec mine');
    expect((await ask('nodec', 'PUT', 'components/mine', { mode: 'manual' })).status).toBe(200);
    await until('it is removed', async () => (await ask('nodec', 'DELETE', 'components/mine')).status === 200);
    await everywhere();
    for (const node of NODES) expect(hacmpOut(node).match(/EVENT COMPLETED: node_healthy nodec mine 0/g)).toHaveLength(1);
  });

  it('let go of an address on the node that leaves before another one takes it, each within a recovery of its own', async () => {
    const from = trace().length;
    expect((await ask('nodea', 'POST', 'cluster-services/stop', { nodes: ['nodec'], how: 'move' })).status).toBe(200);
    await until('it has been taken', () => of('nodea', from).includes('recovered'));
    await until('nodec is shut down', () => of('nodec', from).includes('shutdown'));
    expect(of('nodec', from)).toEqual(['startrecovery', `releaseip ${ADDRESS.join(' ')}`, 'recovered', 'shutdown']);
    expect(of('nodea', from)).toEqual(['startrecovery', `takeip ${ADDRESS.join(' ')}`, 'recovered']);
    expect(of('nodeb', from)).toEqual([]);
    const at = (line: string): number => trace().indexOf(line, from);
    expect(at(`nodec releaseip ${ADDRESS.join(' ')}`)).toBeLessThan(at('cluster nodea node_down_complete nodec takeover'));
    expect((await ask('nodea', 'POST', 'cluster-services/start', { nodes: ['nodec'] })).status).toBe(200);
    await until('nodec is driven again', () => of('nodec', from).includes('startup'));
  });

  it('take the address over from a node that has died, and are started anew on it when it is back, healthy again', async () => {
    writeFileSync(join(base('nodea'), 'sick'), '');
    await until('nodea is UNHEALTHY', async () => (await runs('nodeb', 'node_unhealthy', 'nodea', 'site')) === 1);
    const from = trace().length;
    await daemons.get('nodea')?.kill();
    await until('it has been taken', () => of('nodeb', from).includes('recovered'));
    expect(of('nodeb', from)).toEqual(['startrecovery', `takeip ${ADDRESS.join(' ')}`, 'recovered']);
    expect(of('nodec', from)).toEqual([]);
    rmSync(join(base('nodea'), 'sick'));
    const back = trace().length;
    await start('nodea');
    await until('nodea is driven again', () => of('nodea', back).includes('startup'));
    expect(of('nodea', from)).toEqual(['init', 'setup', 'startup']);
    await until('the others know that it is healed', async () => {
      for (const node of NODES) if ((await runs(node, 'node_healthy', 'nodea', 'site')) !== 1) return false;
      return true;
    });
    for (const node of NODES) expect((await health(node)).filter((one) => one.state === 'unhealthy')).toEqual([]);
  });

  it('are shut down and started anew on a node that was lost for a while: what it served others have taken over', async () => {
    const from = trace().length;
    const frozen = daemons.get('nodec')?.pid as number;
    process.kill(frozen, 'SIGSTOP');
    try {
      await until('it has been taken', () => of('nodea', from).includes('recovered'));
    } finally {
      process.kill(frozen, 'SIGCONT');
    }
    await until('nodec is driven again', () => of('nodec', from).includes('startup'), 15_000);
    expect(of('nodec', from)).toEqual(['shutdown', 'init', 'setup', 'startup']);
  });
});
