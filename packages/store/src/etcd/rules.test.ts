import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceError } from '@grpc/grpc-js';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readAccess } from './access.ts';
import { verdictOf } from './errors.ts';
import { endOf, inParts, keySpace, txnOf } from './transaction.ts';

const directory = mkdtempSync(join(tmpdir(), 'fallover-access-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('what an error of a member says about the request', () => {
  it.each([
    [14, 'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: x', 'not_done'],
    [14, 'Name resolution failed for target dns:nowhere:1', 'not_done'],
    [14, 'No connection established. Last error: Error: self-signed certificate', 'not_trusted'],
    [
      14,
      'No connection established. Last error: Error: Client network socket disconnected before secure TLS connection was established',
      'not_done',
    ],
    [14, 'etcdserver: no leader', 'not_done'],
    [8, 'etcdserver: too many requests', 'not_done'],
    [14, 'etcdserver: request timed out', 'unknown'],
    [14, 'etcdserver: request timed out, possibly due to previous leader failure', 'unknown'],
    [14, 'etcdserver: leader changed', 'unknown'],
    [14, 'etcdserver: server stopped', 'unknown'],
    [14, 'Connection dropped', 'unknown'],
    [13, 'Received RST_STREAM with code 2', 'unknown'],
    [4, 'Deadline exceeded after 5.000s', 'unknown'],
    [16, 'etcdserver: invalid auth token', 'token_ended'],
    [3, 'etcdserver: revision of auth store is old', 'token_ended'],
    [5, 'etcdserver: requested lease not found', 'lease_not_found'],
    [11, 'etcdserver: mvcc: required revision has been compacted', 'compacted'],
    [3, 'etcdserver: authentication failed, invalid user ID or password', 'password_wrong'],
    [3, 'etcdserver: user name is empty', 'password_missing'],
    [9, 'etcdserver: authentication is not enabled', 'no_authentication'],
    [7, 'etcdserver: permission denied', 'permission_denied'],
    [8, 'etcdserver: mvcc: database space exceeded', 'out_of_space'],
    [3, 'etcdserver: request is too large', 'too_large'],
    [3, 'etcdserver: too many operations in txn request', 'too_large'],
    [15, 'etcdserver: corrupt cluster', 'other'],
  ])('%i %s: %s', (code, details, expected) => {
    const verdict = verdictOf(Object.assign(new Error(details), { code, details }) as ServiceError);
    expect(verdict.kind === 'refused' ? verdict.by : verdict.kind).toBe(expected);
  });
});

describe('a transaction in the words of etcd', () => {
  const keys = keySpace('p/');
  it('never holds for a key created at 0', () => {
    expect(txnOf(keys, { compare: [{ key: 'a', created: 0 }] }).compare).toEqual([
      { result: 'LESS', target: 'VERSION', key: Buffer.from('p/a'), version: 0 },
    ]);
  });

  it('keeps within what etcd takes, with every write once and in order', () => {
    fc.assert(
      fc.property(fc.nat(4000), fc.nat(64), (writes, compares) => {
        const all = Array.from({ length: writes }, (_, index) => ({ delete: { key: Buffer.from(String(index)) } }));
        const parts = inParts(all, compares);
        const outer = Math.max(parts.length, compares);
        const flat = parts.flatMap(({ txn, ...write }) => txn?.success ?? [write]);
        expect(flat).toEqual(all);
        expect(outer).toBeLessThanOrEqual(128);
        for (const { txn } of parts) if (txn) expect(txn.success.length).toBeLessThanOrEqual(128 - outer);
      }),
    );
  });

  it('ends a prefix behind all that begin with it, and before all others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (prefix, other) => {
        const [begin, key] = [keys.keyOf(prefix), keys.keyOf(other)];
        const within = Buffer.compare(key, begin) >= 0 && Buffer.compare(key, endOf(begin)) < 0;
        expect(within).toBe(other.startsWith(prefix));
      }),
    );
  });
});

describe('the files that show etcd who a node is', () => {
  const file = (name: string, text: string, mode: number) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const etcd = { addresses: ['h:1'], tls: true };

  it('are read, with the password in the first line', () => {
    const passwordFile = file('password', 'se:cret\n', 0o600);
    const read = readAccess(etcd, { ca: file('ca', 'CA', 0o644), user: 'fallover', passwordFile, prefix: 'fallover/prod' });
    expect(read).toEqual({
      ok: true,
      value: {
        addresses: ['h:1'],
        prefix: 'fallover/prod/',
        tls: { ca: Buffer.from('CA') },
        user: { name: 'fallover', password: 'se:cret' },
      },
    });
  });

  it('are refused when others can read the secret ones, or when they say nothing', () => {
    const refusal = (access: Parameters<typeof readAccess>[1]) => {
      const read = readAccess(etcd, access);
      return read.ok ? 'read' : read.error;
    };
    const group = file('group', 'x', 0o640);
    const empty = file('empty', '\n', 0o600);
    expect(refusal({ user: 'u', passwordFile: group })).toEqual({ code: 'store_file_not_private', path: group });
    expect(refusal({ cert: group, key: group })).toEqual({ code: 'store_file_not_private', path: group });
    expect(refusal({ user: 'u', passwordFile: empty })).toEqual({ code: 'store_password_file_empty', path: empty });
    expect(refusal({ ca: join(directory, 'none') })).toMatchObject({ code: 'store_file_not_readable', reason: 'ENOENT' });
  });
});
