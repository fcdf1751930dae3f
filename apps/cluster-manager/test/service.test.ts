import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startClusterManager } from '../src/index.ts';
import { datagramReceiver } from '../src/service-manager/datagram.test-support.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-service-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const start = (name: string, more: object = {}) =>
  startClusterManager({
    listen: '127.0.0.1:0',
    stateDirectory: join(directory, name),
    node: 'nodea',
    cluster: 'payroll',
    hostNames: [],
    behindTlsProxy: false,
    ...more,
  });
const started = async (...given: Parameters<typeof start>) => {
  const manager = await start(...given);
  if (!manager.ok) throw new Error(manager.error.sentence);
  return manager.value;
};

describe('a cluster manager that systemd has started', () => {
  it('says when it serves, how it is, and that it stops', async () => {
    const notifySocket = join(directory, 'notify');
    const systemd = datagramReceiver(notifySocket);
    const manager = await started('a', { notifySocket });
    expect(systemd.received()).toEqual([
      'STATUS=Cluster payroll, node nodea: No event is processed.\n',
      'READY=1\nSTATUS=Cluster payroll, node nodea: No event is processed.\n',
    ]);
    await manager.stop();
    expect(systemd.received()).toEqual(['STOPPING=1\nSTATUS=The cluster manager stops.\n']);
    systemd.close();
  });

  it('says nothing when it does not come up', async () => {
    const notifySocket = join(directory, 'notify');
    const systemd = datagramReceiver(notifySocket);
    const first = await started('a');
    expect((await start('a', { notifySocket })).ok).toBe(false);
    expect(systemd.received()).toEqual([]);
    await first.stop();
    systemd.close();
  });
});

describe('the log directory', () => {
  it('has hacmp.out and daemon.log, for nobody else to read; the output of the steps stays with the state', async () => {
    const logDirectory = join(directory, 'logs', 'fallover');
    const manager = await started('a', { logDirectory });
    await manager.stop();
    expect(readdirSync(logDirectory).sort()).toEqual(['.state-directory', 'daemon.log']);
    expect(statSync(logDirectory).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(logDirectory, 'daemon.log'), 'utf8')).toContain('The cluster manager has stopped.');
    expect(readdirSync(join(directory, 'a', 'log'))).toEqual([]);
    await (await started('a', { logDirectory })).stop();
  });

  it('is taken by one cluster manager', async () => {
    const logDirectory = join(directory, 'logs');
    await (await started('a', { logDirectory })).stop();
    const second = await start('b', { logDirectory });
    expect(second.ok ? '' : second.error.sentence).toBe(
      `The log directory ${logDirectory} has the logs of the cluster manager with the state directory ${join(directory, 'a')}. Choose another with --log-directory; if that one is gone for good, remove ${logDirectory}/.state-directory.`,
    );
    const nowhere = await start('b', { logDirectory: '/proc/fallover' });
    expect(nowhere.ok ? '' : nowhere.error.code).toBe('log_directory_not_writable');
  });
});
