import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problem, shell, type SmallDaemon, smallDaemon } from '../fixtures/small-daemon.ts';
import { CHECKOUT } from '../state-directory.ts';
import { writableByOthers } from '../writable-by-others.ts';

let base: string;
let state: string;
let daemon: SmallDaemon;
beforeEach(async () => {
  daemon = await smallDaemon();
  state = daemon.state;
  base = mkdtempSync(join(tmpdir(), 'fallover-ctdb-'));
  mkdirSync(join(base, 'events/legacy'), { recursive: true });
});
afterEach(async () => {
  rmSync(base, { recursive: true, force: true });
  await daemon[Symbol.asyncDispose]();
});

const path = () => join(base, 'events/legacy/00.00-fallover.script');
const ctdb = (...words: string[]) => shell(state, ['ctdb', ...words, '--ctdb-base', base]);
const said = ({ status, out, err }: { status: number; out: string[]; err: string[] }) => [
  status,
  [...out, ...err].join('\n').replaceAll(base, 'BASE'),
];

/** A checkout that others can write to is refused. */
const isRefusedHere = writableByOthers(join(CHECKOUT, 'apps/cli/bin/fallover')) !== undefined;

describe.skipIf(isRefusedHere)('fallover ctdb install-hook (skipped in a checkout that others can write to)', () => {
  it('lays one script down, that of its owner alone, and says what comes next; a second time it finds it there', async () => {
    daemon.answers('GET /api/v1/components/legacy', [200, { mode: 'manual' }]);
    daemon.answers('PUT /api/v1/components/legacy', [200, {}]);
    const next = `CTDB runs it with each event in component legacy from now on; ctdbd need not be started again.
The cluster manager observes component legacy from now on.
What has come: fallover ctdb event status legacy monitor`;
    expect(said(await ctdb('install-hook'))).toEqual([0, `BASE/events/legacy/00.00-fallover.script is laid down.\n${next}`]);
    expect(statSync(path()).mode & 0o7777).toBe(0o755);
    expect(statSync(path()).uid).toBe(process.geteuid?.());
    const before = readFileSync(path(), 'utf8');
    expect(spawnSync('sh', ['-n', path()]).status).toBe(0);
    expect(said(await ctdb('install-hook', 'legacy'))).toEqual([
      0,
      `BASE/events/legacy/00.00-fallover.script is there already, as it shall be.\n${next}`,
    ]);
    expect(readFileSync(path(), 'utf8')).toBe(before);
    expect(daemon.asked[1]).toMatchObject({ line: 'PUT /api/v1/components/legacy', body: { mode: 'observed' } });
    expect(readdirSync(join(base, 'events/legacy'))).toEqual(['00.00-fallover.script']);
  });

  it('says what to type where the cluster manager does not know the component, or is away', async () => {
    const title = 'There is no component "legacy" on this node.';
    daemon.answers('GET /api/v1/components/legacy', [404, problem('no_component', title, 404)]);
    const last = 'It has to be started with --ctdb-base, and to be told: fallover modify component legacy mode=observed';
    expect((await ctdb('install-hook')).out.slice(2, 4)).toEqual([`The cluster manager does not observe it: ${title}`, last]);
    rmSync(daemon.socket);
    expect((await ctdb('install-hook')).out.slice(2, 4)).toEqual(['No cluster manager was reached.', last]);
  });

  it('is refused where Fallover drives the component itself', async () => {
    daemon.answers('GET /api/v1/components/legacy', [200, { mode: 'driven' }]);
    expect(said(await ctdb('install-hook'))).toEqual([
      2,
      'Fallover drives component legacy; a ctdbd that runs events in it too would start everything twice.\n  Let one of them alone do it: set it to manual first (fallover modify component legacy mode=manual), and when the shutdown that then runs is over install the hook.',
    ]);
    expect(existsSync(path())).toBe(false);
  });

  it('mends the mode of its own script, and the text of another release', async () => {
    await ctdb('install-hook');
    const text = readFileSync(path(), 'utf8');
    chmodSync(path(), 0o644);
    expect((await ctdb('install-hook')).status).toBe(0);
    expect(statSync(path()).mode & 0o777).toBe(0o755);
    await shell('/var/lib/other', ['ctdb', 'install-hook', '--ctdb-base', base]);
    expect(readFileSync(path(), 'utf8')).not.toBe(text);
    expect((await ctdb('install-hook')).status).toBe(0);
    expect(readFileSync(path(), 'utf8')).toBe(text);
  });

  it('takes it away again, and nothing else', async () => {
    await ctdb('install-hook');
    expect(said(await ctdb('uninstall-hook'))).toEqual([
      0,
      'BASE/events/legacy/00.00-fallover.script is taken away; CTDB runs it no more.',
    ]);
    expect(existsSync(path())).toBe(false);
    expect(said(await ctdb('uninstall-hook'))).toEqual([
      0,
      'There is no hook in component legacy (BASE/events/legacy/00.00-fallover.script).',
    ]);
  });

  it('leaves what is not its own, or was edited, as it is', async () => {
    const left =
      'BASE/events/legacy/00.00-fallover.script was edited, or is not from "fallover ctdb install-hook", so it is left as it is. Move it away, or take another --number.';
    writeFileSync(path(), '#!/bin/sh\nexit 0\n');
    expect(said(await ctdb('install-hook'))).toEqual([2, left]);
    expect(said(await ctdb('uninstall-hook'))).toEqual([2, left]);
    rmSync(path());
    await ctdb('install-hook');
    writeFileSync(path(), `${readFileSync(path(), 'utf8')}# mine\n`);
    expect(said(await ctdb('install-hook'))).toEqual([2, left]);
    expect((await ctdb('install-hook', '--number', '01')).status).toBe(0);
    expect(readdirSync(join(base, 'events/legacy'))).toEqual(['00.00-fallover.script', '01.00-fallover.script']);
  });

  it('refuses a directory that others can write to, one that is not there, and what is no name', async () => {
    chmodSync(join(base, 'events/legacy'), 0o777);
    expect(said(await ctdb('install-hook'))[1]).toBe(
      'BASE/events/legacy can be written by others than root, and who can change what CTDB starts is root on this machine.\n  Give it to root alone (chown root, chmod go-w), and try again.',
    );
    expect(said(await ctdb('install-hook', 'samba'))).toEqual([
      2,
      'There is no component samba: BASE/events/samba does not exist. --ctdb-base says where CTDB has its configuration.',
    ]);
    expect((await ctdb('install-hook', '../legacy')).status).toBe(2);
    expect((await ctdb('install-hook', '--number', '1')).status).toBe(2);
    expect(readdirSync(join(base, 'events/legacy'))).toEqual([]);
  });
});

describe.skipIf(isRefusedHere)('the hook (skipped in a checkout that others can write to)', () => {
  async function run(...args: string[]): Promise<{ status: number | null; ms: number; out: string }> {
    const began = performance.now();
    const child: ChildProcess = spawn(path(), args, { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout?.on('data', (data) => (out += data));
    child.stderr?.on('data', (data) => (out += data));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ms: performance.now() - began, out };
  }
  const left = () => {
    const directory = join(state, 'components/handed');
    return readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8').split('\0').slice(2, -1));
  };
  const HANDED = 'POST /api/v1/components/legacy/handed-over';
  beforeEach(async () => {
    await ctdb('install-hook');
    daemon.asked.length = 0;
    mkdirSync(join(state, 'components/handed'), { recursive: true });
  });

  it('hands an event over with its arguments, whatever is in them', async () => {
    daemon.answers(HANDED, [201, { recorded: true }]);
    const before = Date.now();
    expect(await run('takeip', "eth0 '$(x)'", '10.0.0.1', '24')).toMatchObject({ status: 0, out: '' });
    const { body } = daemon.asked[0] ?? {};
    expect(body).toMatchObject({ event: 'takeip', args: ["eth0 '$(x)'", '10.0.0.1', '24'] });
    const { id, at } = body as { id: string; at: number };
    expect(id).toMatch(/^\d{13}-\d+$/);
    expect(at - before).toBeGreaterThan(-2);
    expect(at - before).toBeLessThan(2000);
    expect(left()).toEqual([]);
  });

  it('leaves it for later where the cluster manager is away, refuses, or does not answer; in less than a second, and never fails', async () => {
    daemon.answers(HANDED, [409, {}], () => {});
    expect(await run('monitor')).toMatchObject({ status: 0, out: '' });
    const silent = await run('recovered');
    expect(silent).toMatchObject({ status: 0, out: '' });
    expect(silent.ms).toBeLessThan(1200);
    rmSync(daemon.socket);
    expect(await run('releaseip', 'eth0', '10.0.0.1', '24')).toMatchObject({ status: 0, out: '' });
    expect(left()).toEqual([
      ['legacy', 'monitor'],
      ['legacy', 'recovered'],
      ['legacy', 'releaseip', 'eth0', '10.0.0.1', '24'],
    ]);
  });

  it('does nothing where there is no Fallover any more', async () => {
    rmSync(join(state, 'components'), { recursive: true });
    rmSync(daemon.socket);
    expect(await run('monitor')).toMatchObject({ status: 0, out: '' });
  });
});
