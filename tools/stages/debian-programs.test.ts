import { describe, expect, it } from 'vitest';
import { CTDB, choosePrograms, ETCD } from './debian-programs.ts';

const debian = { exists: () => false, isRoot: true, system: 'debian', mayInstall: true };

describe('the etcd of the tests', () => {
  it('is the one of the system, when its shell is there too', () => {
    expect(choosePrograms(ETCD, { ...debian, exists: () => true })).toEqual({ kind: 'found' });
    expect(choosePrograms(ETCD, { ...debian, exists: (path) => path === '/usr/bin/etcd' })).toEqual({ kind: 'installable' });
  });

  it.each([{ isRoot: false }, { mayInstall: false }, { system: 'fedora' }])(
    'is missing with %o, and the command is told',
    (machine) => {
      expect(choosePrograms(ETCD, { ...debian, ...machine })).toEqual({
        kind: 'missing',
        sentence:
          'the tests with etcd need etcd and etcdctl in /usr/bin, and they are skipped without; to have them: apt-get install etcd-server etcd-client (as root)',
      });
    },
  );
});

describe('the CTDB of the tests', () => {
  it('is that of the system, or is installed, or its command is told', () => {
    expect(choosePrograms(CTDB, { ...debian, exists: () => true })).toEqual({ kind: 'found' });
    expect(choosePrograms(CTDB, debian)).toEqual({ kind: 'installable' });
    expect(choosePrograms(CTDB, { ...debian, isRoot: false })).toEqual({
      kind: 'missing',
      sentence:
        'the tests with CTDB need ctdb in /usr/bin and ctdbd in /usr/sbin, and they are skipped without; to have them: apt-get install ctdb (as root)',
    });
  });
});
