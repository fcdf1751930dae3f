import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shell } from '../fixtures/small-daemon.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'fallover-start-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const start = (...words: string[]) => shell(state, ['start', '--listen', '127.0.0.1:0', '--node', 'nodea', ...words]);

describe('a cluster manager that does not start', () => {
  it('exits with 1 where etcd does not answer yet, so that systemd tries again', async () => {
    const { status, err } = await start('--cluster', 'payroll', '--store', 'etcd://127.0.0.1:1');
    expect(err[0]).toMatch(/^No member of etcd answers at 127\.0\.0\.1:1 /);
    expect(status).toBe(1);
  }, 20_000);

  it('exits with 2 where it would be told the same again, and systemd leaves it at that', async () => {
    const missing = join(state, 'ca.crt');
    const { status, err } = await start('--cluster', 'payroll', '--store', 'etcds://127.0.0.1:1', '--store-ca', missing);
    expect(err).toEqual([
      `The file ${missing} for the connection to etcd cannot be read (ENOENT): check its path and its owner.`,
    ]);
    expect(status).toBe(2);
  });
});
