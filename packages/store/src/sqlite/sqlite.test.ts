import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { StoreBackend } from '../backend.ts';
import { backendLaws } from '../conformance/backend-laws.ts';
import { backendSuite } from '../conformance/backend-suite.ts';
import { clusterSuite } from '../conformance/cluster-suite.ts';
import { clusterStoreSuite } from '../conformance/cluster-store-suite.ts';
import { historySuite } from '../conformance/history-suite.ts';
import { notificationSuite } from '../conformance/notification-suite.ts';
import { peerSuite } from '../conformance/peer-suite.ts';
import { reportSuite } from '../conformance/report-suite.ts';
import { storeFaultOf } from '../faults.ts';
import { openStore } from '../open-store.ts';
import { prepareSchema } from './schema.ts';
import { openSqliteBackend, type SqliteSettings } from './sqlite-backend.ts';

const directory = mkdtempSync(join(tmpdir(), 'fallover-store-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(directory, `store-${++files}.db`);

function open(path: string, settings: Partial<SqliteSettings> = {}): StoreBackend {
  const opened = openSqliteBackend({ path, now: Date.now, ...settings });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

const refused = (path: string) => {
  const opened = openSqliteBackend({ path, now: Date.now });
  return opened.ok ? 'opened' : opened.error;
};

const underTest = {
  name: 'sqlite',
  open: async (clock: { now: () => number }) => {
    const path = newPath();
    return { backend: open(path, clock), openAgain: async () => open(path, clock) };
  },
};

backendSuite(underTest);
backendLaws(underTest, 25);
clusterSuite(underTest);
clusterStoreSuite(underTest);
historySuite(underTest);
notificationSuite(underTest);
peerSuite(underTest);
reportSuite(underTest);

describe('sqlite: kept on disk', () => {
  it('has everything when opened again: items, changes, leases', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.string({ unit: 'binary' }))), async (writes) => {
        const path = newPath();
        const before = open(path);
        const { id } = await before.grant(60_000);
        for (const [key, value] of writes) await before.commit({ put: [{ key, value, lease: id }] });
        const state = [await before.revision(), await before.list('')];
        await before.close();
        const after = open(path);
        expect([await after.revision(), await after.list('')]).toEqual(state);
        let seen = 0;
        if (writes.length > 0)
          for await (const _ of after.watch('', 0, new AbortController().signal)) if (++seen === writes.length) break;
        await after.close();
      }),
      { numRuns: 10 },
    );
  });

  it('synchronises every commit to the disk: WAL, synchronous=FULL, foreign keys', () => {
    const path = newPath();
    const db = new DatabaseSync(path);
    expect(prepareSchema(db, path)).toEqual({ ok: true, value: undefined });
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    db.close();
  });

  it('is a file for its owner only', async () => {
    const path = newPath();
    const backend = open(path);
    await backend.commit({ put: [{ key: 'a', value: '1' }] });
    expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    await backend.close();
  });
});

describe('sqlite: a file that is no store', () => {
  it('is refused, with its path, and stays as it is', () => {
    const path = newPath();
    writeFileSync(path, 'root:x:0:0:root:/root:/bin/sh\n'.repeat(100));
    const before = readFileSync(path);
    expect(refused(path)).toEqual({ code: 'store_corrupt', path, reason: 'file is not a database' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("is refused when it is another program's database, which stays as it is", () => {
    const path = newPath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    const before = readFileSync(path);
    expect(refused(path)).toEqual({ code: 'store_corrupt', path, reason: 'it is a database of another program' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused when it was written by a newer version', async () => {
    const path = newPath();
    await open(path).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 7');
    db.close();
    expect(refused(path)).toEqual({ code: 'store_of_a_newer_version', path, format: 7, understood: 1 });
  });

  it('is refused when it was cut off', async () => {
    const path = newPath();
    const backend = open(path);
    await backend.commit({ put: [{ key: 'a', value: 'x'.repeat(100_000) }] });
    await backend.close();
    truncateSync(path, 20_000);
    expect(refused(path)).toMatchObject({ code: 'store_corrupt', path });
  });

  it('is refused when a table is missing', async () => {
    const path = newPath();
    await open(path).close();
    const db = new DatabaseSync(path);
    db.exec('DROP TABLE change');
    db.close();
    expect(refused(path)).toEqual({ code: 'store_corrupt', path, reason: 'the table change is missing' });
  });

  it('is refused when its directory is not there or no directory, or it is one itself', () => {
    const missing = join(directory, 'not-there', 'store.db');
    expect(refused(missing)).toMatchObject({ code: 'store_not_writable', path: missing });
    const file = newPath();
    writeFileSync(file, '');
    const below = join(file, 'store.db');
    expect(refused(below)).toMatchObject({ code: 'store_not_writable', path: below });
    const path = newPath();
    mkdirSync(path);
    expect(refused(path)).toMatchObject({ code: 'store_not_writable', path });
  });
});

describe('sqlite: a full disk', () => {
  it('refuses the write, keeps what was there, and goes on once there is room', async () => {
    const path = newPath();
    const small = open(path, { largest: 40 });
    await small.commit({ put: [{ key: 'a', value: '1' }] });
    const large = {
      put: [
        { key: 'a', value: '2' },
        { key: 'b', value: 'x'.repeat(1_000_000) },
      ],
    };
    const fault = await small.commit(large).then(() => 'written', storeFaultOf);
    expect(fault).toEqual({ code: 'store_full', path });
    expect(await small.list('')).toEqual([{ key: 'a', value: '1', revision: 1, created: 1 }]);
    expect(await small.commit({ put: [{ key: 'a', value: '3' }] })).toEqual({ committed: true, revision: 2 });
    await small.close();
    const roomy = open(path);
    expect(await roomy.commit(large)).toEqual({ committed: true, revision: 3 });
    await roomy.close();
  });
});

describe('openStore', () => {
  it('opens sqlite:PATH', async () => {
    const opened = await openStore(`sqlite:${newPath()}`);
    expect(opened.ok && (await opened.value.draft())).toEqual([]);
    if (opened.ok) await opened.value.close();
  });

  it('refuses what it does not know', async () => {
    const codes = await Promise.all(
      [
        'etcd://',
        'etcd://h',
        'etcd://h:2379,h:2379',
        'etcd://h:1,',
        'etcd://h:70000',
        'sqlite:',
        'postgres://x',
        '',
        'memory:x',
      ].map(async (url) => {
        const opened = await openStore(url);
        return opened.ok ? 'opened' : opened.error;
      }),
    );
    expect(codes).toEqual([
      { code: 'store_url_not_understood', url: 'etcd://' },
      { code: 'store_url_not_understood', url: 'etcd://h' },
      { code: 'store_url_not_understood', url: 'etcd://h:2379,h:2379' },
      { code: 'store_url_not_understood', url: 'etcd://h:1,' },
      { code: 'store_url_not_understood', url: 'etcd://h:70000' },
      { code: 'store_url_not_understood', url: 'sqlite:' },
      { code: 'store_url_not_understood', url: 'postgres://x' },
      { code: 'store_url_not_understood', url: '' },
      { code: 'store_url_not_understood', url: 'memory:x' },
    ]);
  });
});
