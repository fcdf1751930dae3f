import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTrust, statusOf } from './trust.ts';

const ROOT = process.geteuid?.() === 0;
const SOMEONE_ELSE = 12345;

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-')));
  chmodSync(top, 0o755);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function script(path: string, text = '#!/bin/sh\n', mode = 0o755): string {
  const file = join(top, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('a command is trusted', () => {
  it('when nobody else can change it', () => {
    expect(checkTrust(script('a/b/run'))).toBeUndefined();
    expect(checkTrust('/bin/sh')).toBeUndefined();
    expect(checkTrust(script('program', '\x7fELF'))).toBeUndefined();
    expect(checkTrust(script('with-option', '#! /usr/bin/env -S sh\n'))).toBeUndefined();
  });

  it('through links whose directories nobody else can change', () => {
    script('real/run');
    symlinkSync('../real/run', join(top, 'real', '..', 'link'));
    mkdirSync(join(top, 'links'));
    symlinkSync('../real', join(top, 'links', 'directory'));
    symlinkSync(`${top}/links/directory/../real/run`, join(top, 'links', 'absolute'));
    expect(checkTrust(join(top, 'links', 'directory', 'run'))).toBeUndefined();
    expect(checkTrust(join(top, 'links', 'absolute'))).toBeUndefined();
  });

  it.skipIf(!ROOT)('in a directory of root with the sticky bit, where nobody else can replace it (needs root)', () => {
    const path = script('sticky/run');
    chmodSync(join(top, 'sticky'), 0o1777);
    expect(checkTrust(path)).toBeUndefined();
    symlinkSync('/bin/sh', join(top, 'sticky', 'link'));
    expect(checkTrust(join(top, 'sticky', 'link'))).toBeUndefined();
  });
});

describe('a command is not trusted', () => {
  it.each([
    ['is not there', () => join(top, 'nothing'), { code: 'command_not_found' }, 127],
    ['lies below a file', () => `${script('file')}/run`, { code: 'command_not_found', reason: 'ENOTDIR' }, 127],
    ['is a directory', () => join(script('d/run'), '..'), { code: 'not_a_regular_file' }, 126],
    ['is a device', () => '/dev/null', { code: 'not_a_regular_file' }, 126],
    ['is not executable', () => script('run', '#!/bin/sh\n', 0o644), { code: 'not_executable', reason: 'EACCES' }, 126],
    ['can be written by its group', () => script('run', '#!/bin/sh\n', 0o775), { code: 'writable_by_others' }, 126],
    ['can be written by others', () => script('run', '#!/bin/sh\n', 0o757), { code: 'writable_by_others' }, 126],
    ['has no interpreter line', () => script('run', 'echo\n'), { code: 'no_interpreter' }, 126],
    ['is empty', () => script('run', ''), { code: 'no_interpreter' }, 126],
    [
      'has an interpreter that is not there',
      () => script('run', '#!/no/sh\n'),
      { code: 'no_interpreter', reason: 'ENOENT' },
      126,
    ],
  ])('when it %s', (_, make, fault, status) => {
    const path = make();
    const found = checkTrust(path);
    expect(found).toEqual({ path, ...fault });
    expect(found && statusOf(found)).toBe(status);
  });

  it('when others can write to a directory above it', () => {
    const path = script('a/b/run');
    chmodSync(join(top, 'a'), 0o775);
    expect(checkTrust(path)).toEqual({ code: 'directory_not_trusted', path: join(top, 'a') });
  });

  it('when others can write to the directory of a link that leads to it', () => {
    script('real/run');
    mkdirSync(join(top, 'links'));
    symlinkSync(join(top, 'real'), join(top, 'links', 'directory'));
    chmodSync(join(top, 'links'), 0o777);
    expect(checkTrust(join(top, 'links', 'directory', 'run'))).toEqual({
      code: 'directory_not_trusted',
      path: join(top, 'links'),
    });
  });

  it('when its links go round', () => {
    symlinkSync('round', join(top, 'round'));
    expect(checkTrust(join(top, 'round'))).toEqual({ code: 'cannot_start', path: join(top, 'round'), reason: 'ELOOP' });
  });

  it.skipIf(!ROOT)('when someone else owns it, or a directory above it (needs root)', () => {
    const path = script('a/run');
    chownSync(path, SOMEONE_ELSE, 0);
    expect(checkTrust(path)).toEqual({ code: 'owner_not_trusted', path });
    chownSync(path, 0, 0);
    chownSync(join(top, 'a'), SOMEONE_ELSE, 0);
    expect(checkTrust(path)).toEqual({ code: 'directory_not_trusted', path: join(top, 'a') });
  });

  it.skipIf(!ROOT)(
    'in a directory with the sticky bit, when someone else owns the directory or what is in it (needs root)',
    () => {
      const path = script('sticky/mine/run');
      chmodSync(join(top, 'sticky'), 0o1777);
      chownSync(join(top, 'sticky', 'mine'), SOMEONE_ELSE, 0);
      expect(checkTrust(path)).toEqual({ code: 'directory_not_trusted', path: join(top, 'sticky') });
      chownSync(join(top, 'sticky', 'mine'), 0, 0);
      expect(checkTrust(path)).toBeUndefined();
      chownSync(join(top, 'sticky'), SOMEONE_ELSE, 0);
      expect(checkTrust(path)).toEqual({ code: 'directory_not_trusted', path: join(top, 'sticky') });
    },
  );
});
