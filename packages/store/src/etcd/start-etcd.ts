import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One member of an etcd that a test has started. */
export interface TestMember {
  /** HOST:PORT for clients. */
  address: string;
  /** SIGKILL: what a crash or a power cut does. */
  kill(): Promise<void>;
  /** SIGTERM. */
  stop(): Promise<void>;
  /** SIGSTOP, as a host that hangs. */
  freeze(): void;
  thaw(): void;
  /** After a kill or a stop, with its data; returns at once. */
  restart(): void;
  /** With an empty data directory: another store at the same address. */
  restartEmpty(): void;
}

export interface TestEtcd {
  /** What --store takes. */
  url: string;
  members: TestMember[];
  /** Until a quorum answers. */
  ready(): Promise<void>;
  /** The member that leads. */
  leader(): Promise<TestMember>;
  /** Runs etcdctl against all members; answers its output. */
  etcdctl(...args: string[]): Promise<string>;
  /** Ends all members and removes their data. */
  end(): Promise<void>;
}

export interface TestEtcdSettings {
  members: number;
  /** Paths of certificate and key of the members, and of the authority that signs their clients' certificates. */
  tls?: { cert: string; key: string; ca: string };
  /** Further arguments of every member. */
  args?: string[];
}

const ETCD = ['/usr/bin/etcd', '/usr/local/bin/etcd'].find(existsSync);

const SETPRIV = '/usr/bin/setpriv';

/** Why tests with etcd are skipped here; undefined where they can run. Where FALLOVER_REQUIRE names etcd, they fail. */
export const etcdIsMissing: string | undefined =
  ETCD === undefined && !(process.env['FALLOVER_REQUIRE'] ?? '').split(',').includes('etcd')
    ? 'skipped: there is no etcd here; to have one: apt-get install etcd-server etcd-client (as root)'
    : undefined;

/** Starts a cluster of its own on free ports of 127.0.0.1, with its data in a temporary directory. */
export async function startEtcd({ members: count, tls, args = [] }: TestEtcdSettings): Promise<TestEtcd> {
  if (ETCD === undefined) throw new Error('There is no etcd here: apt-get install etcd-server etcd-client (as root).');
  const program = ETCD;
  // It ends with the process that started it, also when that is killed.
  const withParent = existsSync(SETPRIV) ? ['--pdeathsig', 'KILL', program] : [];
  const directory = mkdtempSync(join(tmpdir(), 'fallover-etcd-'));
  const ports = await freePorts(count * 2);
  const scheme = tls ? 'https' : 'http';
  const peer = (index: number) => `http://127.0.0.1:${ports[count + index]}`;
  const client = (index: number) => `${scheme}://127.0.0.1:${ports[index]}`;
  const indexes = ports.slice(0, count).map((_, index) => index);
  const initial = indexes.map((index) => `m${index}=${peer(index)}`).join(',');

  const members = indexes.map((index) => {
    const data = join(directory, `m${index}`);
    let child: ChildProcess | undefined;
    const restart = () => {
      const log = openSync(join(directory, `m${index}.log`), 'a');
      child = spawn(
        withParent.length > 0 ? SETPRIV : program,
        [
          ...withParent,
          ...['--name', `m${index}`, '--data-dir', data],
          ...['--listen-client-urls', client(index), '--advertise-client-urls', client(index)],
          ...['--listen-peer-urls', peer(index), '--initial-advertise-peer-urls', peer(index)],
          ...['--initial-cluster', initial, '--initial-cluster-state', 'new', '--initial-cluster-token', directory],
          ...['--pre-vote=true', '--auto-compaction-mode=revision', '--auto-compaction-retention=10000'],
          ...['--logger', 'zap', '--log-outputs', 'stderr'],
          ...(tls ? ['--cert-file', tls.cert, '--key-file', tls.key, '--trusted-ca-file', tls.ca, '--client-cert-auth'] : []),
          ...args,
        ],
        { stdio: ['ignore', log, log], env: { ETCD_UNSUPPORTED_ARCH: process.arch } },
      );
    };
    const end = (signal: NodeJS.Signals) => async () => {
      const ended = child;
      child = undefined;
      if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
      const over = new Promise((resolve) => ended.once('exit', resolve));
      ended.kill(signal);
      await over;
    };
    return {
      address: `127.0.0.1:${ports[index]}`,
      kill: end('SIGKILL'),
      stop: end('SIGTERM'),
      freeze: () => void child?.kill('SIGSTOP'),
      thaw: () => void child?.kill('SIGCONT'),
      restart,
      restartEmpty() {
        rmSync(data, { recursive: true, force: true });
        restart();
      },
    };
  });

  const endpoints = indexes.map(client).join(',');
  const etcdctl = (...args: string[]): Promise<string> =>
    output('etcdctl', ['--endpoints', endpoints, '--command-timeout=2s', ...args]);
  const etcd: TestEtcd = {
    url: `${tls ? 'etcds' : 'etcd'}://${members.map(({ address }) => address).join(',')}`,
    members,
    etcdctl,
    async ready() {
      const until = Date.now() + 30_000;
      for (;;) {
        // A certificate is asked for: then it is enough that the members listen.
        if (tls ? await listens(ports.slice(0, count)) : await etcdctl('get', 'ready').then(yes, no)) return;
        if (Date.now() > until) {
          const log = readFileSync(join(directory, 'm0.log'), 'utf8').split('\n').slice(-10).join('\n');
          throw new Error(`etcd does not become ready:\n${log}`);
        }
        await sleep(100);
      }
    },
    async leader() {
      const until = Date.now() + 20_000;
      for (;;) {
        for (const member of members) {
          const status = await output('etcdctl', [
            ...['--endpoints', member.address, '--command-timeout=1s', 'endpoint', 'status', '-w', 'json'],
          ]).catch(() => '[]');
          const [found] = JSON.parse(status.trim() || '[]') as { Status: { header: { member_id: number }; leader: number } }[];
          if (found && found.Status.header.member_id === found.Status.leader) return member;
        }
        if (Date.now() > until) throw new Error('etcd has no leader.');
        await sleep(100);
      }
    },
    async end() {
      for (const member of members) {
        member.thaw();
        await member.kill();
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
  for (const member of members) member.restart();
  try {
    await etcd.ready();
  } catch (error) {
    await etcd.end();
    throw error;
  }
  return etcd;
}

const yes = () => true;
const no = () => false;

function output(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ETCDCTL_API: '3' } });
    let out = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.on('error', reject);
    child.on('close', (status) =>
      status === 0 ? resolve(out) : reject(new Error(`${program} ${args.join(' ')}: ${complaint}`)),
    );
  });
}

async function listens(ports: number[]): Promise<boolean> {
  const { connect } = await import('node:net');
  const open = await Promise.all(
    ports.map(
      (port) =>
        new Promise<boolean>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.destroy();
            resolve(true);
          });
          socket.on('error', () => resolve(false));
        }),
    ),
  );
  return open.every(Boolean);
}

/** Ports that nobody listens on now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.on('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
