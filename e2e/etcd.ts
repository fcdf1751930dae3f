import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = ['/usr/bin/etcd', '/usr/local/bin/etcd'].find(existsSync);
const READY_MS = 20_000;

/** Why stories of many nodes are skipped here; where FALLOVER_REQUIRE names etcd, they fail. */
export const etcdIsMissing: string | undefined =
  PROGRAM === undefined && !(process.env.FALLOVER_REQUIRE ?? '').split(',').includes('etcd')
    ? 'There is no etcd here; to have one: apt-get install etcd-server (as root).'
    : undefined;

export interface Etcd {
  /** What --store takes. */
  url: string;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** An etcd of one member on free ports. */
export async function startEtcd(): Promise<Etcd> {
  if (PROGRAM === undefined) throw new Error('There is no etcd here: apt-get install etcd-server (as root).');
  const directory = mkdtempSync(join(tmpdir(), 'fallover-etcd-'));
  const [client, peer] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const args = [
    ...['--name', 'm0', '--data-dir', join(directory, 'data')],
    ...['--listen-client-urls', `http://${client}`, '--advertise-client-urls', `http://${client}`],
    ...['--listen-peer-urls', `http://${peer}`, '--initial-advertise-peer-urls', `http://${peer}`],
    ...['--initial-cluster', `m0=http://${peer}`, '--auto-compaction-mode=revision', '--auto-compaction-retention=10000'],
  ];
  const env = { PATH: process.env.PATH, ETCD_UNSUPPORTED_ARCH: process.arch };
  const etcd = spawn(PROGRAM, args, { stdio: 'ignore', env });
  const remove = async (): Promise<void> => {
    await end(etcd);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await answers(`http://${client}/health`);
  } catch (error) {
    await remove();
    throw error;
  }
  return { url: `etcd://${client}`, remove };
}

async function answers(url: string): Promise<void> {
  for (const until = Date.now() + READY_MS; ; await sleep(100)) {
    const health = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (health) return;
    if (Date.now() > until) throw new Error(`etcd does not answer at ${url}.`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
