import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../executor.test-support.ts';
import { loadLibc, readWaitStatus } from './libc.ts';
import { startCommand } from './start-command.ts';

let place: Place;
beforeEach(() => {
  place = makePlace();
});
afterEach(() => place.remove());

/** What the kernel refuses after every check has passed. */
const start = (path: string, ...args: string[]) => startCommand(loadLibc(), [path, ...args], { PATH: '/bin' });

describe('a command that the kernel does not start', () => {
  it('has vanished since it was checked', () => {
    const path = place.command('vanished');
    expect(start(path)).toEqual({ ok: false, error: { code: 'command_not_found', path } });
  });

  it('has lost its interpreter', () => {
    const path = place.command('missing-interpreter');
    expect(start(path)).toEqual({ ok: false, error: { code: 'no_interpreter', path, reason: 'ENOENT' } });
  });

  it('is no program', () => {
    const path = join(place.directory, 'program');
    writeFileSync(path, '\x7fELF and no more');
    chmodSync(path, 0o755);
    expect(start(path)).toEqual({ ok: false, error: { code: 'no_interpreter', path, reason: 'ENOEXEC' } });
  });

  it('may not be executed', () => {
    const path = place.command('exit-0');
    chmodSync(path, 0o644);
    expect(start(path)).toEqual({ ok: false, error: { code: 'not_executable', path, reason: 'EACCES' } });
  });

  it('has more arguments than there is room for', () => {
    const path = place.command('exit-0');
    expect(start(path, 'x'.repeat(200_000))).toEqual({ ok: false, error: { code: 'cannot_start', path, reason: 'E2BIG' } });
  });
});

describe('a wait status', () => {
  it('is an exit status, or 128+n for signal n', () => {
    expect(readWaitStatus(0)).toEqual({ status: 0 });
    expect(readWaitStatus(255 << 8)).toEqual({ status: 255 });
    expect(readWaitStatus(6)).toEqual({ status: 134, signal: 'SIGABRT' });
    expect(readWaitStatus(11 | 0x80)).toEqual({ status: 139, signal: 'SIGSEGV' });
    expect(readWaitStatus(36)).toEqual({ status: 164, signal: 'SIGRTMIN+2' });
  });
});
