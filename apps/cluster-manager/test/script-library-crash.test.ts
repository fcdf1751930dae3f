import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../crash/client.ts';
import { type DaemonProcess, startDaemon } from '../crash/daemon.ts';

let directory: string;
let daemon: DaemonProcess | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-crash-'));
  chmodSync(directory, 0o755);
});
afterEach(async () => {
  await daemon?.kill();
  rmSync(directory, { recursive: true, force: true });
});

const DIES = join(import.meta.dirname, 'fixtures', 'dies-in-library.ts');
const library = () => join(directory, 'library');
const state = () => join(directory, 'state');
const send = (method: string, path: string, body?: unknown) =>
  ask(join(state(), 'control.sock'), { method, path, body, ...(method === 'GET' ? {} : { id: randomUUID() }) });

async function start(dies?: { at: string; on: string }): Promise<DaemonProcess> {
  daemon = startDaemon({
    state: state(),
    options: ['--script-library', library()],
    ...(dies ? { imports: [DIES], env: { DIES_AT: dies.at, DIES_ON: dies.on } } : {}),
  });
  if (!(await daemon.ready)) throw new Error(await daemon.ended);
  return daemon;
}

/** Puts a script into the draft, and synchronises with a cluster manager that dies of it. */
async function dieSynchronising(dies: { at: string; on: string }): Promise<void> {
  await (await start()).stop();
  const mortal = await start(dies);
  await send('PUT', '/api/v1/scripts/check', { revision: 0, text: '#!/bin/sh\n' });
  expect(await send('POST', '/api/v1/configuration/synchronise', {})).toBeUndefined();
  await mortal.ended;
}

// Three daemons, one after the other.
describe('a cluster manager that is killed as it synchronises a script', { timeout: 120_000 }, () => {
  it('before the set is whole: nothing became active, and the next one sweeps', async () => {
    await dieSynchronising({ at: 'open', on: '.new/check' });
    expect(existsSync(join(library(), 'current', 'check'))).toBe(false);
    await start();
    expect((await send('GET', '/api/v1/configuration'))?.body.active).toBeUndefined();
    expect(readdirSync(join(library(), 'sets')).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
    expect((await send('POST', '/api/v1/configuration/synchronise', {}))?.status).toBe(201);
    expect(readFileSync(join(library(), 'current', 'check'), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('after it became active, before current leads to it: the next one switches before anything runs', async () => {
    await dieSynchronising({ at: 'symlink', on: 'current.new' });
    expect(existsSync(join(library(), 'current', 'check'))).toBe(false);
    await start();
    expect((await send('GET', '/api/v1/configuration'))?.body.active.number).toBe(1);
    expect(readFileSync(join(library(), 'current', 'check'), 'utf8')).toBe('#!/bin/sh\n');
    expect(readdirSync(join(library(), 'sets'))).toHaveLength(1);
  });
});
