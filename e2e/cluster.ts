import { setTimeout as sleep } from 'node:timers/promises';
import { type Daemon, startDaemon } from './daemon.ts';
import { startEtcd } from './etcd.ts';

const NODES = ['nodea', 'nodeb', 'nodec'] as const;
type NodeName = (typeof NODES)[number];

/** The cluster managers of three nodes on one etcd. The first one has the console that is looked at. */
export interface Cluster extends Record<NodeName, Daemon> {
  /** Waits until it holds of what a shell on nodea prints. */
  until(line: string, holds: (out: string) => boolean): Promise<string>;
  remove(): Promise<void>;
}

/** Shorter than by default, so that nobody waits long for a node that is lost. */
const LEASE_SECONDS = 3;
const WITHIN_MS = 30_000;

/** All are members, and have joined, so that each can ask the others. */
export async function startCluster(): Promise<Cluster> {
  const etcd = await startEtcd();
  const started: Daemon[] = [];
  const remove = async (): Promise<void> => {
    await Promise.all(started.map((daemon) => daemon.remove()));
    await etcd.remove();
  };
  const options = ['--store', etcd.url, '--nodes', NODES.join(','), '--lease-seconds', String(LEASE_SECONDS)];
  const start = async (node: NodeName): Promise<Daemon> => {
    const daemon = await startDaemon({ node, options });
    started.push(daemon);
    return daemon;
  };
  try {
    // It makes the authority.
    const nodea = await start('nodea');
    const until: Cluster['until'] = async (line, holds) => {
      for (const limit = Date.now() + WITHIN_MS; ; await sleep(150)) {
        const { out } = await nodea.shell(line);
        if (holds(out)) return out;
        if (Date.now() > limit) throw new Error(`Not in time, "${line}" prints:\n${out}`);
      }
    };
    const joined = async (node: NodeName): Promise<Daemon> => {
      const daemon = await start(node);
      const { token } = JSON.parse(await nodea.must(`fallover add join_token ${node} --json`)) as { token: string };
      await daemon.must(`fallover join ${token}`);
      return daemon;
    };
    const [nodeb, nodec] = await Promise.all([joined('nodeb'), joined('nodec')]);
    await until('fallover query cluster --json', areAllMembers);
    return { nodea, nodeb, nodec, until, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Seen {
  members: { state: string }[];
  running?: unknown;
  queue: unknown[];
}

function areAllMembers(out: string): boolean {
  const { members, running, queue } = JSON.parse(out) as Seen;
  return members.length === NODES.length && members.every(({ state }) => state === 'member') && !running && queue.length === 0;
}
