import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

const FALLOVER = fileURLToPath(new URL('../../cli/bin/fallover', import.meta.url));
const MINE = '/api/v1/components/mine';

let cluster: TestCluster;
let told: string;
beforeEach(async () => {
  cluster = await testCluster();
  told = join(dirname(cluster.state), 'told');
  cluster.script('10.quick.script', 'echo quick');
  const script = cluster.script('50.slow.script', `[ "$1" = startup ] || exit 0\necho "$$" >> ${told}\nsleep 30`);
  const { status } = await cluster.ask('POST', MINE, { directory: dirname(script) });
  expect(status).toBe(201);
});
afterEach(() => cluster.end());

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 500; tries++) {
    if (await isSo()) return;
    await wait(20);
  }
  throw new Error('It did not get there.');
};
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);
const newest = async () => (await cluster.ask('GET', `${MINE}/runs?limit=1`)).body.runs[0];

describe('an event of a component, asked for in the shell', () => {
  it.each(['SIGINT', 'SIGKILL'] as const)('ends with its caller, who gets %s', async (signal) => {
    const child = spawn(FALLOVER, ['ctdb', 'event', 'run', '60', 'mine', 'startup'], {
      env: { ...process.env, FALLOVER_STATE: cluster.state },
      stdio: 'ignore',
    });
    await until(() => existsSync(told));
    const pid = Number(readFileSync(told, 'utf8'));
    child.kill(signal);
    await once(child, 'exit');
    await until(async () => (await newest()).state === 'ended');
    expect(await newest()).toMatchObject({ outcome: 'cancelled', scripts: [{ status: 'OK' }, { signal: 'SIGKILL' }] });
    expect(isAlive(pid)).toBe(false);
  });
});

describe('an event of a component, asked for without waiting', () => {
  it('is taken up by the next daemon; the request that asked for it is answered by it, and runs nothing', async () => {
    cluster.script('50.slow.script', `echo once >> ${told}\nsleep 1.5`);
    const id = randomUUID();
    const ask = () => cluster.ask('POST', `${MINE}/runs`, { event: 'startup' }, id);
    const first = await ask();
    await until(() => existsSync(told));
    await cluster.restart();
    expect((await newest()).state).toBe('running');
    await until(async () => (await newest()).state === 'ended');
    expect(await newest()).toMatchObject({ id: first.body.id, outcome: 'ok', scripts: [{ status: 'OK' }, { status: 'OK' }] });
    expect((await ask()).body.id).toBe(first.body.id);
    expect(readFileSync(told, 'utf8')).toBe('once\n');
  });

  it('stands in the audit trail as the line of the shell that does the same', async () => {
    await cluster.ask('POST', `${MINE}/runs`, { event: 'takeip', args: ['eth0', '10.0.0.1', '24'], wait: true });
    const { entries } = (await cluster.ask('GET', '/api/v1/audit')).body;
    const details = entries.flatMap(({ action, detail }: Record<string, string>) =>
      action === 'runComponentEvent' ? [detail] : [],
    );
    expect(details.filter(Boolean)).toEqual(['fallover ctdb event run 30 mine takeip eth0 10.0.0.1 24']);
  });
});
