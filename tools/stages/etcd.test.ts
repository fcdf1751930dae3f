import { describe, expect, it } from 'vitest';
import { chooseEtcd } from './etcd.ts';

const debian = { exists: () => false, isRoot: true, system: 'debian', mayInstall: true };
const sentence =
  'the tests with etcd need etcd and etcdctl in /usr/bin, and they are skipped without; to have them: apt-get install etcd-server etcd-client (as root)';

describe('the etcd of the tests', () => {
  it('is the one of the system, when its shell is there too', () => {
    expect(chooseEtcd({ ...debian, exists: () => true })).toEqual({ kind: 'found' });
    expect(chooseEtcd({ ...debian, exists: (path) => path === '/usr/bin/etcd' })).toEqual({ kind: 'installable' });
  });

  it.each([{ isRoot: false }, { mayInstall: false }, { system: 'fedora' }])(
    'is missing with %o, and the command is told',
    (machine) => {
      expect(chooseEtcd({ ...debian, ...machine })).toEqual({ kind: 'missing', sentence });
    },
  );
});
