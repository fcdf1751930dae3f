import { installPackages, type Machine, thisMachine } from '../../e2e/browser.ts';
import { run } from './command.ts';

const PROGRAMS = ['/usr/bin/etcd', '/usr/bin/etcdctl'];
const PACKAGES = ['etcd-server', 'etcd-client'];

/** Whether the tests that start an etcd of their own have one here, can have one, or what it takes. */
export function chooseEtcd({ exists, isRoot, system, mayInstall }: Machine): { kind: 'found' | 'installable' } | Missing {
  if (PROGRAMS.every(exists)) return { kind: 'found' };
  if (system === 'debian' && isRoot && mayInstall) return { kind: 'installable' };
  return missing('apt-get install etcd-server etcd-client (as root)');
}

type Missing = { kind: 'missing'; sentence: string };
const missing = (command: string): Missing => ({
  kind: 'missing',
  sentence: `the tests with etcd need etcd and etcdctl in /usr/bin, and they are skipped without; to have them: ${command}`,
});

/** Installs Debian's etcd where it may, and says so before; says what is skipped where it may not. */
export async function prepareEtcd(): Promise<void> {
  const there = chooseEtcd(thisMachine());
  if (there.kind === 'installable') {
    const command = `apt-get install ${PACKAGES.join(' ')}`;
    console.log(`Installs the packages of etcd for the tests (FALLOVER_NO_INSTALL=1 forbids it): ${command}`);
    await installPackages(run, PACKAGES);
  }
  const found = chooseEtcd({ ...thisMachine(), mayInstall: false });
  if (found.kind === 'missing') console.log(`Skipped: ${found.sentence}`);
}
