import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daemonCommand } from '../../crash/daemon.ts';
import { nodeProcesses, signal } from '../../lab/node-processes.ts';
import type { Network } from './network.ts';

/** What runs on the hosts: a cluster manager each, as `fallover start` runs it, and a member of etcd. */
export interface Nodes {
  state(node: string): string;
  startEtcd(node: string): void;
  startDaemon(node: string): Promise<void>;
  runsDaemon(node: string): boolean;
  /** KILL at once: one part of a node, or all but its member of etcd. */
  kill(node: string, what: 'daemon' | 'launcher' | 'all' | 'etcd'): Promise<void>;
  /** STOP and CONT: the cluster manager alone, or all that runs on the host. */
  pause(node: string, what: 'daemon' | 'host'): void;
  resume(node: string): void;
  /** Sets the clock on the wall of a node so many seconds ahead. */
  setWallClock(node: string, aheadSeconds: number): void;
  end(): Promise<void>;
}

export interface NodesSettings {
  directory: string;
  names: readonly string[];
  network: Network;
  leaseSeconds: number;
  /** By how many seconds the clocks of a node since its start are ahead of the machine's. */
  bootAhead(node: string): number;
  /** Preloaded where the clock on the wall is to be set. */
  fakeTime: string | undefined;
  plant?: string;
}

const SERVES_WITHIN_MS = 60_000;

export function nodes({ directory, names, network, leaseSeconds, bootAhead, fakeTime, plant }: NodesSettings): Nodes {
  const daemons = new Map<string, ChildProcess>();
  const members = new Map<string, ChildProcess>();
  const paused = new Map<string, number[]>();
  const state = (node: string): string => join(directory, node);
  const clockFile = (node: string): string => join(directory, `${node}.clock`);
  const peer = (node: string): string => `http://${network.address(node)}:2380`;
  const client = (node: string): string => `http://${network.address(node)}:2379`;
  const log = (name: string): number => openSync(join(directory, `${name}.log`), 'a');

  function run(node: string, name: string, command: string[], env: NodeJS.ProcessEnv, stdout: 'pipe' | number): ChildProcess {
    const [program = '', ...args] = [...network.on(node), ...command];
    return spawn(program, args, { env, stdio: ['ignore', stdout, log(name)], detached: true });
  }

  /** Behind the one that has put it into a time namespace. */
  const daemonPid = (node: string): number | undefined => {
    const pid = daemons.get(node)?.pid;
    if (pid === undefined || bootAhead(node) === 0) return pid;
    try {
      return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || pid;
    } catch {
      return undefined;
    }
  };

  /** Launchers and commands. */
  const rest = (node: string): number[] => nodeProcesses(state(node), bootAhead(node));

  return {
    state,
    startEtcd(node) {
      const env = { PATH: process.env.PATH, ETCD_UNSUPPORTED_ARCH: process.arch };
      const etcd = [
        ...['etcd', '--name', node, '--data-dir', join(directory, `${node}.etcd`)],
        ...['--listen-client-urls', client(node), '--advertise-client-urls', client(node)],
        ...['--listen-peer-urls', peer(node), '--initial-advertise-peer-urls', peer(node)],
        ...['--initial-cluster', names.map((name) => `${name}=${peer(name)}`).join(','), '--initial-cluster-state', 'new'],
        ...['--initial-cluster-token', directory, '--pre-vote=true'],
        ...['--auto-compaction-mode=revision', '--auto-compaction-retention=10000', '--logger', 'zap', '--log-outputs', 'stderr'],
      ];
      members.set(node, run(node, `${node}.etcd`, etcd, env, log(`${node}.etcd`)));
    },
    async startDaemon(node) {
      mkdirSync(state(node), { recursive: true, mode: 0o700 });
      const store = `etcd://${names.map((name) => `${network.address(name)}:2379`).join(',')}`;
      const options = ['--store', store, '--nodes', names.join(','), '--lease-seconds', String(leaseSeconds)];
      const { command, args, env } = daemonCommand({
        state: state(node),
        node,
        options,
        ...(plant === undefined ? {} : { plant }),
      });
      const ahead = bootAhead(node);
      const inTime =
        ahead === 0
          ? []
          : ['unshare', '--time', '--boottime', String(ahead), '--monotonic', String(ahead), '--fork', '--kill-child=KILL'];
      if (fakeTime !== undefined) this.setWallClock(node, 0);
      const faked =
        fakeTime === undefined
          ? {}
          : {
              LD_PRELOAD: fakeTime,
              FAKETIME_TIMESTAMP_FILE: clockFile(node),
              FAKETIME_NO_CACHE: '1',
              FAKETIME_DONT_FAKE_MONOTONIC: '1',
              DONT_FAKE_MONOTONIC: '1',
            };
      const child = run(node, node, [...inTime, command, ...args], { ...env, ...faked }, 'pipe');
      daemons.set(node, child);
      const ended = once(child, 'exit').then(() => false);
      const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), SERVES_WITHIN_MS).unref());
      const serves = (async () => {
        let said = '';
        for await (const chunk of child.stdout ?? []) {
          said += String(chunk);
          if (said.includes('Fallover serves')) break;
        }
        return said.includes('Fallover serves');
      })();
      if (await Promise.race([serves, ended, late])) return;
      const complaint = readFileSync(join(directory, `${node}.log`), 'utf8')
        .trim()
        .split('\n')
        .at(-1);
      daemons.delete(node);
      throw new Error(`The cluster manager of ${node} does not start: ${complaint}`);
    },
    runsDaemon: (node) => daemons.has(node),
    async kill(node, what) {
      if (what === 'launcher') {
        // The launcher alone: what it runs goes on, and nobody is there any more to tell how it ended.
        for (const pid of rest(node).slice(0, 1)) signal(pid, 'SIGKILL');
        return;
      }
      const child = what === 'etcd' ? members.get(node) : daemons.get(node);
      const pid = what === 'etcd' ? child?.pid : daemonPid(node);
      if (child && pid !== undefined) {
        const over = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
        signal(pid, 'SIGKILL');
        await over;
      }
      (what === 'etcd' ? members : daemons).delete(node);
      if (what === 'all') for (let round = 0; round < 3; round += 1) for (const left of rest(node)) signal(left, 'SIGKILL');
    },
    pause(node, what) {
      const daemon = daemonPid(node) ?? [];
      const etcd = members.get(node)?.pid ?? [];
      const pids = what === 'daemon' ? [daemon].flat() : [daemon, rest(node), etcd].flat();
      for (const pid of pids) signal(pid, 'SIGSTOP');
      // Started while the others were being stopped.
      if (what === 'host')
        for (const pid of rest(node).filter((one) => !pids.includes(one))) {
          signal(pid, 'SIGSTOP');
          pids.push(pid);
        }
      paused.set(node, pids);
    },
    resume(node) {
      for (const pid of paused.get(node) ?? []) signal(pid, 'SIGCONT');
      paused.delete(node);
    },
    setWallClock(node, aheadSeconds) {
      writeFileSync(clockFile(node), `${aheadSeconds < 0 ? '' : '+'}${aheadSeconds}\n`);
    },
    async end() {
      for (const node of names) this.resume(node);
      await Promise.all(
        names.map(async (node) => {
          const child = daemons.get(node);
          const pid = daemonPid(node);
          if (!child || pid === undefined) return;
          const over = once(child, 'exit');
          signal(pid, 'SIGTERM');
          const late = setTimeout(() => signal(pid, 'SIGKILL'), 15_000);
          await over;
          clearTimeout(late);
        }),
      );
      for (const node of names) {
        for (const pid of rest(node)) signal(pid, 'SIGKILL');
        members.get(node)?.kill('SIGKILL');
      }
    },
  };
}
