import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '@fallover/events';
import { etcdIsMissing, startEtcd } from '@fallover/store/start-etcd';
import { ask } from '../crash/client.ts';
import { daemonCommand } from '../crash/daemon.ts';
import { type Hosts, type HostSettings, LAB_CLUSTER, type Started } from './hosts.ts';
import { killNodeProcesses, nodeProcesses, signal } from './node-processes.ts';
import { type TcpLine, tcpLine } from './tcp-line.ts';
import { LAB_NODES, type LabNode } from './words.ts';

const SETPRIV = '/usr/bin/setpriv';
const STARTS_WITHIN_MS = 60_000;

/** Three `fallover start` on an etcd of three members; each node reaches each member over a line of its own. */
export async function processes({ directory, leaseSeconds, listenAt }: HostSettings): Promise<Result<Hosts, string>> {
  if (etcdIsMissing !== undefined)
    return err(
      'There is no etcd here. As root: apt-get install etcd-server etcd-client; or leave out --store etcd, and the nodes share an embedded store.',
    );
  const etcd = await startEtcd({ members: 3 });
  const daemons = new Map<LabNode, ChildProcess>();
  let ended: (node: LabNode) => void = () => {};
  const lines = new Map<LabNode, TcpLine[]>();
  for (const node of LAB_NODES)
    lines.set(node, await Promise.all(etcd.members.map(({ address }) => tcpLine(hostAndPort(address)))));
  const state = (node: LabNode): string => join(directory, node);
  const socket = (node: LabNode): string => join(state(node), 'control.sock');

  async function start(node: LabNode): Promise<Result<Started, string>> {
    const store = `etcd://${lines
      .get(node)
      ?.map(({ address }) => address)
      .join(',')}`;
    const { command, args, env } = daemonCommand({
      state: state(node),
      node,
      cluster: LAB_CLUSTER,
      listen: listenAt(node),
      options: ['--store', store, '--nodes', LAB_NODES.join(','), '--lease-seconds', String(leaseSeconds)],
    });
    // It ends with the laboratory, also when that is killed; Ctrl-C is for the laboratory, which then stops it.
    const child = existsSync(SETPRIV)
      ? spawn(SETPRIV, ['--pdeathsig', 'KILL', command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
      : spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    daemons.set(node, child);
    child.once('exit', () => ended(node));
    const served = await serves(child);
    if (served.ok && node !== LAB_NODES[0]) await join_(node);
    return served;
  }

  /** With a certificate of the cluster the console of any node shows what is on this one. */
  async function join_(node: LabNode): Promise<void> {
    const made = await ask(socket(LAB_NODES[0]), { method: 'POST', path: `/api/v1/join-tokens/${node}`, body: {} });
    const token: unknown = made?.body?.token;
    if (token !== undefined) await ask(socket(node), { method: 'POST', path: '/api/v1/join', body: { token } });
  }

  async function kill(node: LabNode): Promise<void> {
    await end(daemons.get(node), 'SIGKILL');
    daemons.delete(node);
    killNodeProcesses(state(node));
  }
  const all = (node: LabNode): number[] => [daemons.get(node)?.pid ?? [], nodeProcesses(state(node))].flat();

  return ok({
    where: 'as processes of their own on an etcd of three members',
    start,
    kill,
    onEnd(listener) {
      ended = listener;
    },
    pausing: {
      pause: (node) => {
        for (const pid of all(node)) signal(pid, 'SIGSTOP');
      },
      resume: (node) => {
        for (const pid of all(node).reverse()) signal(pid, 'SIGCONT');
      },
    },
    cut: (node) => lines.get(node)?.forEach((line) => void line.cut()),
    heal: (node) => lines.get(node)?.forEach((line) => void line.heal()),
    async end() {
      for (const node of LAB_NODES) for (const pid of all(node)) signal(pid, 'SIGCONT');
      await Promise.all([...daemons.values()].map((daemon) => end(daemon, 'SIGTERM')));
      for (const node of LAB_NODES) killNodeProcesses(state(node));
      await Promise.all([...lines.values()].flat().map((line) => line.close()));
      await etcd.end();
    },
  });
}

function hostAndPort(address: string): { host: string; port: number } {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}

async function end(child: ChildProcess | undefined, name: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'close');
  child.kill(name);
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await over;
  clearTimeout(late);
}

/** What it says once it serves; else what it said instead. */
function serves(child: ChildProcess): Promise<Result<Started, string>> {
  return new Promise((resolve) => {
    let said = '';
    let complaint = '';
    const late = setTimeout(() => resolve(err('The cluster manager did not serve within a minute.')), STARTS_WITHIN_MS);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /on (http\S+)\n/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      // The line on the administrator comes in the same breath, or not at all.
      setTimeout(() => {
        const setupUrl = /administrator once at (\S+)\n/.exec(said)?.[1];
        resolve(ok({ url, ...(setupUrl === undefined ? {} : { setupUrl }) }));
      }, 20);
    });
    child.once('close', () => {
      clearTimeout(late);
      resolve(err(complaint.trim() || 'The cluster manager ended and said nothing.'));
    });
  });
}
