import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';
import { askSocket, type TestCluster, testCluster } from './cluster.ts';

let base: string;
let cluster: TestCluster;
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'fallover-base-'));
  chmodSync(base, 0o755);
  for (const path of ['events/site', 'events/notification']) mkdirSync(join(base, path), { recursive: true, mode: 0o755 });
  script('notification/10.tell.script', 'echo "notification $*" >> "$CTDB_BASE/trace"');
  cluster = await testCluster({ ctdbBase: base });
});
afterEach(async () => {
  await cluster.end();
  rmSync(base, { recursive: true, force: true });
});

/** Executable; it finds CTDB_BASE. */
function script(file: string, body: string): void {
  const path = join(base, 'events', file);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}
const touch = (name: string): void => writeFileSync(join(base, name), '');
const trace = (): string[] =>
  existsSync(join(base, 'trace')) ? readFileSync(join(base, 'trace'), 'utf8').trimEnd().split('\n') : [];
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 25_000; !(await isSo()); await sleep(50))
    if (Date.now() > end) throw new Error(`It did not come to that:\n${trace().join('\n')}`);
}
const health = async () => (await cluster.ask('GET', '/api/v1/cluster')).body.health;
const drive = (mode = 'driven') => cluster.ask('PUT', '/api/v1/components/site', { mode });

describe('a component that Fallover drives', () => {
  it('is started, monitored, told of and shut down, and what is moved in it has its recovery', async () => {
    script(
      'site/50.service.script',
      'echo "$*" >> "$CTDB_BASE/trace"\n[ "$1" = startup ] && ! [ -e "$CTDB_BASE/ready" ] && { touch "$CTDB_BASE/ready"; exit 1; }\n[ "$1" = monitor ] && [ -e "$CTDB_BASE/sick" ] && exit 1\nexit 0',
    );
    const notify = cluster.script('notify', `echo "cluster $*" >> ${base}/trace`);
    await cluster.configure({
      node_unhealthy: { notifyCommand: { cluster: notify } },
      node_healthy: { notifyCommand: { cluster: notify } },
    });
    expect((await drive()).status).toBe(200);
    await until(() => trace().includes('startup'));
    expect((await health())[0]).toMatchObject({ state: 'unknown', isTrouble: true });
    touch('sick');
    await until(async () => (await health())[0].state === 'unhealthy');
    expect((await health())[0].sentence).toContain('Node nodea is UNHEALTHY in component site: monitor failed in 50.service.');
    const moved = await cluster.ask('POST', '/api/v1/components/site/runs', {
      event: 'takeip',
      args: ['eth0', '10.0.0.1', '24'],
      wait: true,
    });
    expect([moved.status, moved.body.outcome]).toEqual([201, 'ok']);
    rmSync(join(base, 'sick'));
    await until(async () => (await health())[0].state === 'healthy');
    await until(() => trace().includes('cluster node_healthy complete 0 nodea site'));
    await drive('manual');
    await until(() => trace().includes('shutdown'));
    const ran = trace();
    const only = (word: string): string[] => ran.filter((line) => line.startsWith(word));
    expect(ran.filter((line) => /^(init|setup|startup)$/.test(line))).toEqual(['init', 'setup', 'startup', 'startup']);
    expect(only('notification')).toEqual([
      'notification init',
      'notification setup',
      'notification startup',
      'notification unhealthy',
      'notification healthy',
    ]);
    expect(ran.filter((line) => /^(startrecovery|takeip|recovered)/.test(line))).toEqual([
      'startrecovery',
      'takeip eth0 10.0.0.1 24',
      'recovered',
    ]);
    expect(only('cluster')).toEqual([
      'cluster node_unhealthy start nodea site',
      'cluster node_unhealthy complete 0 nodea site',
      'cluster node_healthy start nodea site',
      'cluster node_healthy complete 0 nodea site',
    ]);
    expect(cluster.hacmpOut()).toContain('EVENT COMPLETED: node_unhealthy nodea site 0');
    expect(only('shutdown')).toEqual(['shutdown']);
    expect(await health()).toEqual([]);
  }, 40_000);

  it('is not started when its init fails, which home says; the daemon shuts down what it drives when it stops', async () => {
    script(
      'site/10.init.script',
      'echo "$*" >> "$CTDB_BASE/trace"\n[ "$1" = init ] && [ -e "$CTDB_BASE/broken" ] && exit 9\nexit 0',
    );
    touch('broken');
    await drive();
    await until(async () => (await health())[0]?.isTrouble === true);
    expect((await health())[0].sentence).toContain('The component site of node nodea is not started: init failed in 10.init.');
    expect(trace()).toEqual(['init']);
    rmSync(join(base, 'broken'));
    await cluster.restart();
    await until(() => trace().includes('monitor'));
    await cluster.restart();
    const own = trace().filter((line) => !line.startsWith('notification'));
    expect(own.slice(0, 4)).toEqual(['init', 'init', 'setup', 'startup']);
    expect(trace().filter((line) => line === 'shutdown')).toHaveLength(1);
  }, 40_000);

  it('is neither removed nor made another before its shutdown is over, which then runs in the directory where it began', async () => {
    const elsewhere = join(base, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o755 });
    // What startup begins is there until shutdown has ended it, and shutdown takes until the test lets it.
    script(
      'site/50.service.script',
      `echo "$*" >> "$CTDB_BASE/trace"
case $1 in
startup) touch "$CTDB_BASE/serves" ;;
shutdown) while ! [ -e "$CTDB_BASE/may-end" ]; do sleep 0.05; done; rm "$CTDB_BASE/serves" ;;
esac`,
    );
    await drive();
    await until(() => trace().includes('startup'));
    const refusals = async () => [
      await cluster.ask('DELETE', '/api/v1/components/site'),
      await drive('observed'),
      await cluster.ask('PUT', '/api/v1/components/site', { mode: 'manual', directory: elsewhere }),
      await cluster.ask('PUT', '/api/v1/components/site', { profile: 'readme' }),
    ];
    for (const { status, body } of await refusals())
      expect([status, body.code, body.title]).toEqual([
        409,
        'component_driven',
        'The component site is driven, and what its scripts have started goes on until its shutdown has run: set it to manual first (fallover modify component site mode=manual), and when that shutdown is over do this again.',
      ]);
    expect(trace()).not.toContain('shutdown');
    expect((await drive('manual')).status).toBe(200);
    for (const { status, body } of await refusals())
      expect([status, body.code, body.title]).toEqual([
        409,
        'component_driven',
        'The shutdown of the component site is not over yet: what its scripts have started goes on until then. See what runs (fallover query component site), and when it is over do this again.',
      ]);
    expect(existsSync(join(base, 'serves'))).toBe(true);
    touch('may-end');
    await until(async () => (await cluster.ask('DELETE', '/api/v1/components/site')).status === 200);
    expect(existsSync(join(base, 'serves'))).toBe(false);
    expect(trace().filter((line) => line === 'shutdown')).toHaveLength(1);
  }, 40_000);

  it('is taken from the life of the node also while monitor runs, which shutdown ends', async () => {
    script('site/50.service.script', 'echo "$*" >> "$CTDB_BASE/trace"\n[ "$1" = monitor ] || exit 0\nexec sleep 60');
    await drive();
    await until(() => trace().includes('monitor'));
    expect((await drive('manual')).status).toBe(200);
    await until(async () => (await cluster.ask('DELETE', '/api/v1/components/site')).status === 200);
    expect(trace().at(-1)).toBe('shutdown');
  }, 40_000);

  it('is shut down by the next daemon where this one was killed before it could, and is not removed before that', async () => {
    await cluster.end();
    const state = join(base, 'state');
    const start = async (): Promise<DaemonProcess> => {
      const daemon = startDaemon({ state, options: ['--ctdb-base', base] });
      if (!(await daemon.ready)) throw new Error(await daemon.ended);
      return daemon;
    };
    const ask = (method: string, path: string, body?: unknown) =>
      askSocket(join(state, 'control.sock'), { method, path: `/api/v1/${path}`, body, requestId: randomUUID() });
    script(
      'site/50.service.script',
      `echo "$*" >> "$CTDB_BASE/trace"
[ "$1" = startup ] || exit 0
while ! [ -e "$CTDB_BASE/may-end" ]; do sleep 0.05; done`,
    );
    let daemon = await start();
    try {
      expect((await ask('PUT', 'components/site', { mode: 'driven' })).status).toBe(200);
      await until(() => trace().includes('startup'));
      expect((await ask('PUT', 'components/site', { mode: 'manual' })).status).toBe(200);
      await daemon.kill();
      daemon = await start();
      expect((await ask('DELETE', 'components/site')).body.code).toBe('component_driven');
      expect(trace()).not.toContain('shutdown');
      touch('may-end');
      await until(async () => (await ask('DELETE', 'components/site')).status === 200);
      expect(trace().filter((line) => !line.startsWith('notification'))).toEqual(['init', 'setup', 'startup', 'shutdown']);
    } finally {
      touch('may-end');
      await daemon.kill();
    }
  }, 60_000);
});
