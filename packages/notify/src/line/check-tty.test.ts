import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkTty, isSerial } from './check-tty.ts';
import { openPty, type Pty } from './pty.test-support.ts';

function pty(): Pty {
  const opened = openPty(() => undefined);
  onTestFinished(() => opened.close());
  return opened;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tty-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('the check of a tty', () => {
  it('passes a serial line, also by another name, and leaves it closed', async () => {
    const line = pty();
    const other = join(folder(), 'modem');
    symlinkSync(line.path, other);
    expect(await checkTty(line.path)).toBeUndefined();
    expect(await checkTty(other, ['/dev/no-such-line'])).toBeUndefined();
    expect(line.openers()).toBe(0);
  });

  it('finds that nothing is there', async () => {
    expect(await checkTty('/dev/no-such-line')).toEqual({ code: 'tty_missing', tty: '/dev/no-such-line' });
    expect(await checkTty('/dev/null/modem')).toEqual({ code: 'tty_missing', tty: '/dev/null/modem' });
  });

  it('finds a file, a directory, and a character device that is no serial line', async () => {
    const file = join(folder(), 'modem');
    writeFileSync(file, '');
    for (const tty of [file, '/dev', '/dev/null', '/dev/ptmx']) expect(await checkTty(tty)).toEqual({ code: 'not_a_tty', tty });
  });

  it('finds a heartbeat network on it, by whatever name that is known', async () => {
    const line = pty();
    const other = join(folder(), 'heartbeat');
    symlinkSync(line.path, other);
    expect(await checkTty(line.path, [line.path])).toEqual({ code: 'tty_is_heartbeat', tty: line.path });
    expect(await checkTty(line.path, [other])).toEqual({ code: 'tty_is_heartbeat', tty: line.path });
    expect(await checkTty(other, [line.path])).toEqual({ code: 'tty_is_heartbeat', tty: other });
  });
});

describe('a device number', () => {
  const drivers = [
    '/dev/tty             /dev/tty        5       0 system:/dev/tty',
    'serial               /dev/ttyS       4 64-95 serial',
    'usbserial            /dev/ttyUSB   188 0-511 serial',
    'pty_slave            /dev/pts      136 0-1048575 pty:slave',
    'unknown              /dev/tty        4 1-63 console',
  ].join('\n');
  const device = (major: number, minor: number): number => (minor % 256) + major * 256 + Math.floor(minor / 256) * 1_048_576;

  it('is a serial line when the kernel says so', () => {
    expect(isSerial(device(4, 64), drivers)).toBe(true);
    expect(isSerial(device(188, 300), drivers)).toBe(true);
    expect(isSerial(device(136, 70_000), drivers)).toBe(true);
    expect(isSerial(device(4, 1), drivers)).toBe(false);
    expect(isSerial(device(5, 0), drivers)).toBe(false);
    expect(isSerial(device(10, 130), drivers)).toBe(false); // a watchdog
  });

  it('is taken for one where the kernel says nothing', () => {
    expect(isSerial(device(4, 64), undefined)).toBe(true);
  });
});
