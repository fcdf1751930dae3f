import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTrust } from '../executor/launcher/trust.ts';
import { factsOf, localInspector } from './inspector.ts';

const ROOT = process.geteuid?.() === 0;
const SOMEONE_ELSE = 12345;
const MIB = 1024 * 1024;

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-')));
  chmodSync(top, 0o755);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function script(name: string, text: string | Buffer = '#!/bin/sh\n', mode = 0o755): string {
  const path = join(top, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a command that can be started', () => {
  it('is a script or a program, with its size and its SHA-256', async () => {
    expect(await factsOf(script('a', '#!/bin/sh\nexit 0\n'))).toEqual({
      form: 'script',
      size: 17,
      mode: 0o755,
      sha256: sha256('#!/bin/sh\nexit 0\n'),
    });
    const shell = readFileSync('/bin/sh');
    expect(await factsOf('/bin/sh')).toEqual({ form: 'program', size: shell.length, mode: 0o755, sha256: sha256(shell) });
  });

  it('is hashed in pieces when it is larger, to its last byte', async () => {
    const bytes = Buffer.alloc(3 * MIB + 1, 'x');
    bytes.write('#!/bin/sh\n');
    expect(await factsOf(script('large', bytes))).toEqual({
      form: 'script',
      size: bytes.length,
      mode: 0o755,
      sha256: sha256(bytes),
    });
  });

  it('is found behind a symbolic link', async () => {
    const path = script('real', '#!/bin/sh\n');
    symlinkSync(path, join(top, 'link'));
    expect(await factsOf(join(top, 'link'))).toMatchObject({ sha256: sha256('#!/bin/sh\n') });
  });

  it('is not read when it has more than 256 MiB', async () => {
    const path = script('huge');
    truncateSync(path, 256 * MIB + 1);
    expect(await factsOf(path)).toEqual({ form: 'script', size: 256 * MIB + 1, mode: 0o755, notHashed: 'too_large' });
  });
});

describe('a file that changes while it is hashed', () => {
  it('is read again, and is known by the bytes that it then has', async () => {
    const path = script('large', Buffer.concat([Buffer.from('#!/bin/sh\n'), Buffer.alloc(MIB)]));
    const read: number[] = [];
    const facts = await factsOf(path, async (_, size) => {
      read.push(size);
      if (read.length === 1) appendFileSync(path, 'more');
      return sha256(readFileSync(path));
    });
    expect(read).toEqual([MIB + 10, MIB + 14]);
    expect(facts).toEqual({ form: 'script', size: MIB + 14, mode: 0o755, sha256: sha256(readFileSync(path)) });
  });

  it('is said to change when it does so each time', async () => {
    const path = script('large', Buffer.concat([Buffer.from('#!/bin/sh\n'), Buffer.alloc(MIB)]));
    const facts = await factsOf(path, async () => {
      appendFileSync(path, 'more');
      return 'x';
    });
    expect(facts).toMatchObject({ form: 'script', notHashed: 'changing' });
  });

  it('is not taken for another file that comes in its place', async () => {
    const path = script('large', Buffer.concat([Buffer.from('#!/bin/sh\n'), Buffer.alloc(MIB)]));
    const facts = await factsOf(path, async () => {
      rmSync(path);
      return 'x';
    });
    expect(facts).toEqual({ fault: { code: 'command_not_found', path } });
  });
});

describe('a command that cannot be started', () => {
  it.each([
    ['is missing', () => join(top, 'nothing')],
    ['is not executable', () => script('x', '#!/bin/sh\n', 0o644)],
    ['can be written by others', () => script('x', '#!/bin/sh\n', 0o777)],
    ['has an interpreter that is not there', () => script('x', '#!/no/such/sh\n')],
    ['names no interpreter', () => script('x', 'echo\n')],
    ['is a directory', () => join(script('d/x'), '..')],
    ['is a device', () => '/dev/zero'],
    [
      'lies in a directory that others can write',
      () => {
        const path = script('open/x');
        chmodSync(join(top, 'open'), 0o777);
        return path;
      },
    ],
    [
      'is a symbolic link to nothing',
      () => {
        symlinkSync('nothing', join(top, 'dangling'));
        return join(top, 'dangling');
      },
    ],
  ])('has the fault that the launcher finds when it %s', async (_, make) => {
    const path = make();
    const fault = checkTrust(path);
    expect(fault).toBeDefined();
    expect(await factsOf(path)).toEqual({ fault });
  });

  it.skipIf(!ROOT)('has the fault that the launcher finds when someone else owns it (needs root)', async () => {
    const path = script('x');
    chownSync(path, SOMEONE_ELSE, 0);
    expect(await factsOf(path)).toEqual({ fault: { code: 'owner_not_trusted', path } });
  });

  it('is a pipe that is not opened, so that nobody waits for its other end', async () => {
    const path = join(top, 'pipe');
    execFileSync('mkfifo', ['-m', '755', path]);
    expect(await factsOf(path)).toEqual({ fault: { code: 'not_a_regular_file', path } });
  });
});

describe('the inspector of this node', () => {
  it('looks at every command once and tells what it was when it last ran', async () => {
    const paths = Array.from({ length: 50 }, (_, number) => script(`s${number}`, `#!/bin/sh\n# ${number}\n`));
    const asked: string[] = [];
    const inspector = localInspector({
      node: 'nodea',
      lastSha256(command) {
        asked.push(command);
        return command === paths[7] ? 'before' : undefined;
      },
    });
    const { node, commands, lastRun } = await inspector.inspect(paths);
    expect(node).toBe('nodea');
    expect(asked.toSorted()).toEqual(paths.toSorted());
    expect(commands.size).toBe(50);
    expect(commands.get(paths[7] as string)).toMatchObject({ sha256: sha256('#!/bin/sh\n# 7\n') });
    expect([...lastRun]).toEqual([[paths[7], 'before']]);
  });

  it('lets other things have their turn between the files', async () => {
    const bytes = Buffer.alloc(200 * 1024, 'x');
    bytes.write('#!/bin/sh\n');
    const paths = Array.from({ length: 300 }, (_, number) => script(`s${number}`, bytes));
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    await localInspector({ node: 'nodea', lastSha256: () => undefined }).inspect(paths);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(0);
  });
});
