import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shell } from '../fixtures/small-daemon.ts';
import { CHECKOUT } from '../state-directory.ts';

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

  it('says one sentence, and nothing of what its Node thinks of a store at an IP address', async () => {
    const closes = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => closes.listen(0, '127.0.0.1', resolve));
    const { port } = closes.address() as AddressInfo;
    const options = ['--state', state, '--listen', '127.0.0.1:0', '--cluster', 'payroll', '--store', `etcds://127.0.0.1:${port}`];
    const started = spawn(join(CHECKOUT, 'apps/cli/bin/fallover'), ['start', ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    started.stderr.on('data', (data) => {
      said += data;
    });
    const status = await new Promise((resolve) => started.on('close', resolve));
    closes.close();
    expect([status, said.trim().split('\n').length, said]).toEqual([1, 1, expect.stringMatching(/^No member of etcd answers/)]);
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
