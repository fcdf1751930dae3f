import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { etcdForTests, etcdIsMissing } from '@fallover/store/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKnownStore } from './store-identity.ts';

let stateDirectory: string;
beforeEach(() => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'fallover-identity-'));
});
afterEach(() => rmSync(stateDirectory, { recursive: true }));
const file = () => join(stateDirectory, 'store.json');

describe('the embedded store', () => {
  it('is in the state directory, and needs no other proof of which it is', async () => {
    const opened = await openKnownStore({ stateDirectory, cluster: 'prod' });
    if (!opened.ok) throw new Error(opened.error.sentence);
    await opened.value.close();
    expect(statSync(join(stateDirectory, 'store.db')).isFile()).toBe(true);
    expect(() => statSync(file())).toThrow('ENOENT');
  });
});

describe.skipIf(etcdIsMissing !== undefined)(`a store in etcd ${etcdIsMissing ?? ''}`, { timeout: 60_000 }, () => {
  const etcd = etcdForTests({ members: 1 });
  const open = (cluster = 'prod') => openKnownStore({ stateDirectory, cluster, store: { url: etcd().url } });
  const code = async (cluster?: string) => {
    const opened = await open(cluster);
    if (!opened.ok) return opened.error.code;
    await opened.value.recordAnswer({ id: 'r1', principal: 'ada', digest: 'd' }, { status: 200, body: '' });
    await opened.value.close();
    return 'opened';
  };
  const kept = () => JSON.parse(readFileSync(file(), 'utf8')) as { cluster: string; store: string; revision: number };

  it('is known from then on, with the last revision that was seen, and the keys of each cluster are its own', async () => {
    expect(await code()).toBe('opened');
    const first = kept();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await code()).toBe('opened');
    expect(kept()).toMatchObject({ cluster: first.cluster, store: first.store });
    expect(kept().revision).toBeGreaterThanOrEqual(first.revision);
    expect(await etcd().etcdctl('get', '--keys-only', '--limit=1', '--prefix', 'fallover/prod/')).toContain(
      'fallover/prod/data/',
    );
    expect(await code('other')).toBe('store_of_another_cluster');
  });

  it('is refused when another cluster has its keys there, and stays as it is', async () => {
    expect(await code()).toBe('opened');
    rmSync(file());
    const store = { url: etcd().url, prefix: 'fallover/prod' };
    const refused = await openKnownStore({ stateDirectory, cluster: 'test', store });
    expect(refused.ok ? '' : refused.error.sentence).toMatch(
      /^What is below fallover\/prod\/ in etcd at 127\.0\.0\.1:\d+ is of cluster prod, not test: nothing was written; start with --cluster prod, or/,
    );
    expect(() => statSync(file())).toThrow('ENOENT');
    expect(await code()).toBe('opened');
  });

  it('is refused when it went back, when it is another one, and when what is known of it cannot be read', async () => {
    expect(await code()).toBe('opened');
    const known = kept();
    writeFileSync(file(), JSON.stringify({ ...known, revision: known.revision + 100 }));
    expect(await code()).toBe('store_went_back');
    writeFileSync(file(), JSON.stringify({ ...known, cluster: '12ab' }));
    const refused = await open();
    expect(refused.ok ? '' : refused.error.sentence).toMatch(
      /^etcd at 127\.0\.0\.1:\d+ is not the store that this node knows \(it is cluster [0-9a-f]+, this node knows cluster 12ab\): nothing was written;/,
    );
    writeFileSync(file(), '{');
    expect(await code()).toBe('state_file_corrupt');
  });
});
