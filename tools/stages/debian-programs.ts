import { installPackages, type Machine, thisMachine } from '../../e2e/browser.ts';
import { run } from './command.ts';

/** Programs of Debian that some tests start for themselves. */
export interface NeededPrograms {
  /** In a sentence: `the tests with etcd need etcd and etcdctl in /usr/bin`. */
  need: string;
  paths: readonly string[];
  packages: readonly string[];
  /** As they are called where they are announced. */
  of: string;
}

type Missing = { kind: 'missing'; sentence: string };

/** Whether the tests have them here, can have them, or what it takes. */
export function choosePrograms(
  { need, paths, packages }: NeededPrograms,
  { exists, isRoot, system, mayInstall }: Machine,
): { kind: 'found' | 'installable' } | Missing {
  if (paths.every(exists)) return { kind: 'found' };
  if (system === 'debian' && isRoot && mayInstall) return { kind: 'installable' };
  const sentence = `${need}, and they are skipped without; to have them: apt-get install ${packages.join(' ')} (as root)`;
  return { kind: 'missing', sentence };
}

/** Installs the packages where it may, and says so before; says what is skipped where it may not. */
export async function preparePrograms(needed: NeededPrograms): Promise<void> {
  if (choosePrograms(needed, thisMachine()).kind === 'installable') {
    const command = `apt-get install ${needed.packages.join(' ')}`;
    console.log(`Installs the packages of ${needed.of} for the tests (FALLOVER_NO_INSTALL=1 forbids it): ${command}`);
    await installPackages(run, needed.packages);
  }
  const found = choosePrograms(needed, { ...thisMachine(), mayInstall: false });
  if (found.kind === 'missing') console.log(`Skipped: ${found.sentence}`);
}

export const ETCD: NeededPrograms = {
  need: 'the tests with etcd need etcd and etcdctl in /usr/bin',
  paths: ['/usr/bin/etcd', '/usr/bin/etcdctl'],
  packages: ['etcd-server', 'etcd-client'],
  of: 'etcd',
};

export const CTDB: NeededPrograms = {
  need: 'the tests with CTDB need ctdb in /usr/bin and ctdbd in /usr/sbin',
  paths: ['/usr/bin/ctdb', '/usr/sbin/ctdbd'],
  packages: ['ctdb'],
  of: 'CTDB',
};

const SHELLCHECK: NeededPrograms = {
  need: 'the tests of shell scripts need shellcheck in /usr/bin',
  paths: ['/usr/bin/shellcheck'],
  packages: ['shellcheck'],
  of: 'shellcheck',
};

const HOSTS: NeededPrograms = {
  need: 'the tests on hosts that are network namespaces need ip and nft in /usr/sbin',
  paths: ['/usr/sbin/ip', '/usr/sbin/nft'],
  packages: ['iproute2', 'nftables'],
  of: 'network namespaces',
};

export const ALL_PROGRAMS = [ETCD, CTDB, SHELLCHECK, HOSTS];
