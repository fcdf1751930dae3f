import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Hosts that are network namespaces, joined by a bridge in a namespace of its own; all go with the process that made them. */
export interface Network {
  /** What to put before a command that is to run on the host. */
  on(host: string): string[];
  address(host: string): string;
  /** Nothing gets in or out any more; or only one of the two. */
  isolate(host: string, what?: 'both' | 'in' | 'out'): void;
  /** The member of etcd there does not reach the others, and its clients reach it. */
  isolateEtcd(host: string): void;
  heal(host: string): void;
  end(): void;
}

const PROGRAMS = ['/usr/bin/setpriv', '/usr/bin/unshare', '/usr/bin/nsenter', '/usr/sbin/ip', '/usr/sbin/nft'];

/** Why there can be none here; undefined where there can. */
export function networkIsMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'skipped: hosts as network namespaces need root';
  const missing = PROGRAMS.filter((program) => !existsSync(program));
  if (missing.length > 0)
    return `skipped: hosts as network namespaces need ${missing.join(', ')}; to have them: apt-get install iproute2 nftables util-linux (as root)`;
  const tried = spawnSync('unshare', ['--net', 'nft', 'add table inet fallover'], { encoding: 'utf8' });
  if (tried.status === 0) return undefined;
  return `skipped: this machine lets nobody make network namespaces (${tried.stderr.trim().split('\n')[0]})`;
}

export async function network(hosts: readonly string[]): Promise<Network> {
  const holders = new Map<string, ChildProcess>();
  const SWITCH = '';
  for (const host of [SWITCH, ...hosts])
    holders.set(host, spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', '--net', 'sleep', 'infinity'], { stdio: 'ignore' }));
  const pid = (host: string): number => holders.get(host)?.pid as number;
  const namespace = (host: string): string[] => ['nsenter', `--net=/proc/${pid(host)}/ns/net`];
  const inside = (host: string, command: string[], input?: string): void => {
    const [program = '', ...args] = [...namespace(host), ...command];
    const done = spawnSync(program, args, { encoding: 'utf8', ...(input === undefined ? {} : { input }) });
    if (done.status !== 0) throw new Error(`${command.join(' ')} on ${host || 'the switch'}: ${done.stderr}`);
  };
  const address = (host: string): string => `10.77.0.${hosts.indexOf(host) + 1}`;
  const ip = (host: string, line: string): void => inside(host, ['ip', ...line.split(' ')]);

  // A holder is in its namespace once it is `sleep`.
  await wait(200);
  ip(SWITCH, 'link add br0 type bridge');
  ip(SWITCH, 'link set br0 up');
  for (const [index, host] of hosts.entries()) {
    ip(SWITCH, `link add p${index} type veth peer name eth0 netns ${pid(host)}`);
    ip(SWITCH, `link set p${index} master br0 up`);
    ip(host, 'link set lo up');
    ip(host, `addr add ${address(host)}/24 dev eth0`);
    ip(host, 'link set eth0 up');
  }

  const heal = (host: string): void => inside(host, ['nft', '-f', '-'], 'table inet faults {}\ndelete table inet faults\n');
  const drop = (host: string, incoming: string | undefined, outgoing: string | undefined): void => {
    heal(host);
    const chain = (hook: string, rule: string): string => `chain ${hook} { type filter hook ${hook} priority 0; ${rule} drop; }`;
    inside(
      host,
      ['nft', '-f', '-'],
      `table inet faults {
${incoming === undefined ? '' : chain('input', incoming)}
${outgoing === undefined ? '' : chain('output', outgoing)}
}\n`,
    );
  };
  const ETCD_PEERS = 'tcp dport 2380 drop; meta l4proto tcp tcp sport 2380';
  return {
    on: (host) => ['setpriv', '--pdeathsig', 'KILL', ...namespace(host)],
    address,
    isolate: (host, what = 'both') =>
      drop(host, what === 'out' ? undefined : 'iifname "eth0"', what === 'in' ? undefined : 'oifname "eth0"'),
    isolateEtcd: (host) => drop(host, `iifname "eth0" ${ETCD_PEERS}`, `oifname "eth0" ${ETCD_PEERS}`),
    heal,
    end() {
      for (const holder of holders.values()) holder.kill('SIGKILL');
    },
  };
}
