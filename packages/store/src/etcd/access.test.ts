import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { readAccess, type StoreAccess } from './access.ts';
import { etcdIsMissing } from './etcd.test-support.ts';
import { startEtcd, type TestEtcd } from './start-etcd.ts';

const directory = mkdtempSync(join(tmpdir(), 'fallover-etcd-access-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string) => join(directory, name);

/** Signed by `by`; `names` are of a member. */
function certificate(name: string, commonName: string, { by, names }: { by?: string; names?: string } = {}) {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path(`${name}.key`)];
  const signed = by === undefined ? [] : ['-CA', path(`${by}.pem`), '-CAkey', path(`${by}.key`)];
  openssl(
    ...['req', '-x509', ...key, '-out', path(`${name}.pem`), '-days', '2', '-subj', `/CN=${commonName}`, ...signed],
    ...(names === undefined ? [] : ['-addext', `subjectAltName=${names}`]),
    ...(by === undefined
      ? []
      : ['-addext', 'basicConstraints=critical,CA:false', '-addext', 'extendedKeyUsage=serverAuth,clientAuth']),
  );
  chmodSync(path(`${name}.key`), 0o600);
}

describe.skipIf(etcdIsMissing !== undefined)(`who may use a store in etcd ${etcdIsMissing ?? ''}`, { timeout: 60_000 }, () => {
  let etcd: TestEtcd | undefined;
  afterEach(async () => {
    await etcd?.end();
    etcd = undefined;
  });
  /** What comes of opening the store, in a word or in its sentence. */
  const outcome = async (url: string, access: StoreAccess = {}): Promise<string> => {
    const opened = await openStore(url, { access: { prefix: 'fallover/prod', ...access } });
    if (!opened.ok) return opened.error.code;
    const written = await opened.value.enqueueOwn({
      run: '1',
      event: 'node_up',
      args: ['nodea'],
      origin: { kind: 'cluster_manager', name: 'x' },
      drill: false,
      acceptedAt: '2026-11-26T12:00:00.000Z',
    });
    await opened.value.close();
    return written ? 'written' : 'there';
  };

  it('is asked with certificates of both sides: the common name is the user', async () => {
    certificate('authority', 'the authority');
    certificate('other', 'another authority');
    certificate('member', 'member', { by: 'authority', names: 'IP:127.0.0.1' });
    certificate('node', 'root', { by: 'authority' });
    certificate('stranger', 'root', { by: 'other' });
    etcd = await startEtcd({
      members: 1,
      tls: { cert: path('member.pem'), key: path('member.key'), ca: path('authority.pem') },
    });
    const { url } = etcd;
    const ca = path('authority.pem');
    const asNode = { ca, cert: path('node.pem'), key: path('node.key') };
    expect(await outcome(url, asNode)).toBe('written');
    expect(await outcome(url, { ...asNode, ca: path('other.pem') })).toBe('store_certificate_refused');
    expect(await outcome(url, { ca, cert: path('stranger.pem'), key: path('stranger.key') })).toBe('store_certificate_refused');
    expect(await outcome(url, { ca })).toBe('store_certificate_refused');
    const other = url.replace('127.0.0.1', 'localhost');
    expect(await outcome(other, asNode)).toBe('store_certificate_refused');
    expect(await outcome(url.replace('etcds:', 'etcd:'))).toBe('store_unreachable');
  });

  it('is asked with user and password, below the prefix that the user may write', async () => {
    etcd = await startEtcd({ members: 1, args: ['--auth-token=simple'] });
    const { url, etcdctl } = etcd;
    writeFileSync(path('password'), 'secret\n', { mode: 0o600 });
    writeFileSync(path('wrong'), 'guess\n', { mode: 0o600 });
    const asUser = { user: 'fallover', passwordFile: path('password') };
    expect(await outcome(url, asUser)).toBe('store_checks_no_password');
    await etcdctl('user', 'add', 'root:r');
    await etcdctl('user', 'grant-role', 'root', 'root');
    await etcdctl('user', 'add', 'fallover:secret');
    await etcdctl('role', 'add', 'fallover');
    await etcdctl('role', 'grant-permission', '--prefix', 'fallover', 'readwrite', 'fallover/prod/');
    await etcdctl('user', 'grant-role', 'fallover', 'fallover');
    await etcdctl('auth', 'enable');
    expect(await outcome(url)).toBe('store_password_missing');
    expect(await outcome(url, { ...asUser, passwordFile: path('wrong') })).toBe('store_password_wrong');
    expect(await outcome(url, { ...asUser, user: 'nobody' })).toBe('store_password_wrong');
    expect(await outcome(url, { ...asUser, prefix: 'fallover/test' })).toBe('store_permission_denied');
    expect(await outcome(url, asUser)).toBe('written');
    // Where the members run is told to who may write below the prefix, and to nothing else.
    const opened = await openStore(url, { access: { prefix: 'fallover/prod', ...asUser } });
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await opened.value.etcdMembers?.()).toEqual([{ name: 'm0', addresses: ['127.0.0.1'], answers: true }]);
    await opened.value.close();
  });

  it('goes on with a watch and with leases when its token has ended', async () => {
    etcd = await startEtcd({ members: 1 });
    const { etcdctl } = etcd;
    await etcdctl('user', 'add', 'root:secret');
    await etcdctl('user', 'grant-role', 'root', 'root');
    await etcdctl('auth', 'enable');
    const { openEtcdBackend } = await import('./etcd-backend.ts');
    const member = etcd.members[0];
    const access = readAccess(
      { addresses: [member?.address ?? ''], tls: false },
      { user: 'root', passwordFile: path('password') },
    );
    if (!access.ok) throw new Error(access.error.code);
    const opened = await openEtcdBackend(access.value);
    if (!opened.ok) throw new Error(opened.error.code);
    const backend = opened.value;
    const lease = await backend.grant(30_000);
    const told: string[] = [];
    const telling = (async () => {
      for await (const changes of backend.watch('', await backend.revision(), new AbortController().signal))
        if (told.push(...changes.map((change) => (change.type === 'put' ? change.item.key : change.key))) === 2) return;
    })();
    await backend.commit({ put: [{ key: 'a', value: '1', lease: lease.id }] });
    // Its tokens are in the memory of a member.
    await member?.kill();
    member?.restart();
    await backend.get('a').catch(() => {});
    await backend.get('a').catch(() => {});
    expect(await lease.keepAlive()).toBe(true);
    expect(await backend.commit({ put: [{ key: 'b', value: '1', lease: lease.id }] })).toMatchObject({ committed: true });
    await telling;
    expect(told).toEqual(['a', 'b']);
    await backend.close();
  });

  it('is not found at a wrong address, within the bound', async () => {
    const began = performance.now();
    const opened = await openStore('etcd://127.0.0.1:1,127.0.0.1:2');
    expect(opened.ok ? 'opened' : opened.error).toEqual({
      code: 'store_unreachable',
      store: '127.0.0.1:1,127.0.0.1:2',
      reason: expect.stringMatching(/^connect ECONNREFUSED 127\.0\.0\.1:[12]$/),
    });
    expect(performance.now() - began).toBeLessThan(7_000);
    expect((await openStore('etcd://nowhere.invalid:1')).ok).toBe(false);
  });
});

describe('certificate and key of a connection to etcd', () => {
  it('are refused before anything is asked where they do not go together', () => {
    certificate('one', 'fallover');
    certificate('other', 'fallover');
    expect(readAccess({ addresses: ['h:1'], tls: true }, { cert: path('one.pem'), key: path('other.key') })).toEqual({
      ok: false,
      error: { code: 'store_files_not_usable', reason: 'key values mismatch' },
    });
  });
});
