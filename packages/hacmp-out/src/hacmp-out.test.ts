import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HacmpOutSettings, openHacmpOut } from './hacmp-out.ts';

let directory = '';
let now = 0;
let told: string[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hacmp-out-'));
  now = Date.UTC(2026, 10, 23, 14, 22, 10);
  told = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = (more: Partial<HacmpOutSettings> = {}) =>
  openHacmpOut({
    directory,
    now: () => now,
    timeZone: 'UTC',
    onTrouble: ({ code, reason }) => told.push(`${code} ${reason}`),
    onRecovery: (code) => told.push(`${code} is over`),
    ...more,
  });

const text = (name = 'hacmp.out') => readFileSync(join(directory, name), 'utf8');
/** Each file of the log with what it holds. */
const files = () =>
  readdirSync(directory)
    .sort()
    .map((name) => `${name}: ${text(name).trim()}`);
const fail = (code: string) => {
  throw Object.assign(new Error(code), { code });
};

describe('hacmp.out', () => {
  it('gets lines, and what the cluster manager has to say', () => {
    const log = open();
    expect(log.append(['one', 'two'])).toBe(true);
    log.note('nodea joined.');
    log.close();
    expect(log.path).toBe(join(directory, 'hacmp.out'));
    expect(text()).toBe('one\ntwo\nNov 23 2026 14:22:10 CLUSTER MANAGER: nodea joined.\n');
  });

  it('begins a new line after one that a crash left unfinished, and keeps a line one line', () => {
    writeFileSync(join(directory, 'hacmp.out'), 'half a li');
    const log = open();
    log.append(['one\nNov 23 2026 14:22:10 EVENT START: forged']);
    expect(text()).toBe('half a li\none^JNov 23 2026 14:22:10 EVENT START: forged\n');
  });

  it('goes on in a new file when somebody moves or removes the old one', () => {
    const log = open();
    log.append(['one']);
    renameSync(log.path, join(directory, 'moved'));
    log.append(['two']);
    rmSync(log.path);
    log.append(['three']);
    expect(files()).toEqual(['hacmp.out: three', 'moved: one']);
  });
});

describe('rotation', () => {
  it('is at local midnight', () => {
    const log = open({ timeZone: 'Europe/Berlin' });
    now = Date.UTC(2026, 10, 23, 22, 59, 59);
    log.append(['before midnight']);
    log.rotateIfDue();
    expect(files()).toEqual(['hacmp.out: before midnight']);
    now += 1000;
    log.rotateIfDue();
    expect(files()).toEqual(['hacmp.out: ', 'hacmp.out.1: before midnight']);
    log.append(['after']);
    expect(files()).toEqual(['hacmp.out: after', 'hacmp.out.1: before midnight']);
  });

  it('keeps seven', () => {
    const log = open();
    for (let day = 1; day <= 10; day++) {
      log.append([`day ${day}`]);
      now += 86_400_000;
    }
    log.append(['today']);
    expect(files()).toEqual([
      'hacmp.out: today',
      'hacmp.out.1: day 10',
      'hacmp.out.2: day 9',
      'hacmp.out.3: day 8',
      'hacmp.out.4: day 7',
      'hacmp.out.5: day 6',
      'hacmp.out.6: day 5',
      'hacmp.out.7: day 4',
    ]);
  });

  it('makes up for a midnight that passed while nothing ran, by the time of the file', () => {
    const path = join(directory, 'hacmp.out');
    writeFileSync(path, 'yesterday\n');
    utimesSync(path, now / 1000, Date.UTC(2026, 10, 22, 23, 59, 59) / 1000);
    open().append(['today']);
    expect(files()).toEqual(['hacmp.out: today', 'hacmp.out.1: yesterday']);
  });

  it('does not rotate when the daemon is started again on the same day, nor a file that is empty', () => {
    const path = join(directory, 'hacmp.out');
    writeFileSync(path, 'today\n');
    utimesSync(path, now / 1000, Date.UTC(2026, 10, 23) / 1000);
    const log = open();
    log.append(['still today']);
    expect(files()).toEqual(['hacmp.out: today\nstill today']);
    rmSync(path);
    log.rotateIfDue();
    now += 86_400_000;
    log.rotateIfDue();
    expect(files()).toEqual(['hacmp.out: ']);
  });

  it('is once on the day that has 25 hours, and once on the day that has 23', () => {
    const log = open({ timeZone: 'Europe/Berlin' });
    const writeHourly = (from: number, hours: number) => {
      for (let hour = 0; hour < hours; hour++) {
        now = from + hour * 3_600_000;
        log.append(['.']);
      }
    };
    const lines = () => files().map((file) => `${file.split(':')[0]} ${file.split('.').length - (/\d:/.test(file) ? 3 : 2)}`);
    writeHourly(Date.UTC(2026, 9, 24, 22), 26);
    expect(lines()).toEqual(['hacmp.out 1', 'hacmp.out.1 25']);
    writeHourly(Date.UTC(2027, 2, 27, 23), 24);
    expect(lines()).toEqual(['hacmp.out 1', 'hacmp.out.1 23', 'hacmp.out.2 1', 'hacmp.out.3 25']);
  });

  it('is not brought about by a clock that is put back', () => {
    const log = open();
    log.append(['in the future']);
    now -= 10 * 86_400_000;
    log.append(['now']);
    now += 86_400_000;
    log.append(['tomorrow']);
    expect(files()).toEqual(['hacmp.out: tomorrow', 'hacmp.out.1: in the future\nnow']);
  });

  it('that was interrupted loses nothing', () => {
    for (const number of [1, 2, 4, 5, 6, 7]) writeFileSync(join(directory, `hacmp.out.${number}`), `${number}`);
    const log = open();
    log.append(['0']);
    now += 86_400_000;
    log.rotateIfDue();
    expect(files()).toEqual([
      'hacmp.out: ',
      'hacmp.out.1: 0',
      'hacmp.out.2: 1',
      'hacmp.out.3: 2',
      'hacmp.out.4: 4',
      'hacmp.out.5: 5',
      'hacmp.out.6: 6',
      'hacmp.out.7: 7',
    ]);
  });

  it('that cannot be done is told once, and the log goes on', () => {
    const log = open();
    log.append(['yesterday']);
    for (let number = 1; number < 7; number++) writeFileSync(join(directory, `hacmp.out.${number}`), '');
    mkdirSync(join(directory, 'hacmp.out.7', 'in the way'), { recursive: true });
    now += 86_400_000;
    log.append(['one']);
    log.append(['two']);
    expect(text()).toBe('yesterday\none\ntwo\n');
    rmSync(join(directory, 'hacmp.out.7'), { recursive: true });
    log.append(['three']);
    expect(text()).toBe('three\n');
    expect(told).toEqual(['log_not_rotated EISDIR', 'log_not_rotated is over']);
  });
});

describe('a log that cannot be written', () => {
  it('is told once, holds nobody up, and says later how much was lost', () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'a file where the directory should be');
    const log = open();
    expect(log.append(['one', 'two'])).toBe(false);
    expect(log.append(['three'])).toBe(false);
    log.rotateIfDue();
    expect(told).toEqual(['log_not_writable EEXIST']);
    rmSync(directory);
    now += 60_000;
    expect(log.append(['four'])).toBe(true);
    expect(text()).toBe(
      'Nov 23 2026 14:23:10 CLUSTER MANAGER: 3 lines (14 bytes) could not be written here since 2026-11-23 14:22:10 and are lost.\nfour\n',
    );
    expect(told).toEqual(['log_not_writable EEXIST', 'log_not_writable is over']);
  });

  it('is never a link, nor a directory', () => {
    symlinkSync('/nowhere', join(directory, 'hacmp.out'));
    expect(open().append(['one'])).toBe(false);
    rmSync(join(directory, 'hacmp.out'));
    mkdirSync(join(directory, 'hacmp.out'));
    expect(open().append(['one'])).toBe(false);
    expect(told).toEqual(['log_not_writable ELOOP', 'log_not_writable EISDIR']);
  });

  it('because the disk is full holds no half line, and goes on when there is room', () => {
    let room = 10;
    const log = open({
      write: (fd, bytes, offset, length) => {
        const fits = Math.min(length, room);
        if (fits === 0) fail('ENOSPC');
        room -= fits;
        return writeSync(fd, bytes, offset, fits);
      },
    });
    log.append(['one']);
    log.append(['two is longer']);
    log.append(['three']);
    expect(text()).toBe('one\n');
    room = 1000;
    log.append(['four']);
    expect(text()).toBe(
      'one\nNov 23 2026 14:22:10 CLUSTER MANAGER: 2 lines (20 bytes) could not be written here since 2026-11-23 14:22:10 and are lost.\nfour\n',
    );
    expect(told).toEqual(['log_disk_full ENOSPC', 'log_disk_full is over']);
  });
});
