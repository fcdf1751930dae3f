import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibraryDirectory } from './directory.ts';

const ROOT = process.geteuid?.() === 0;
const owner = { node: 'nodea', cluster: 'shop' };

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-library-')));
  chmodSync(top, 0o755);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

const mode = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

describe('the directory of the script library', () => {
  it('is made, with the directories above it, so that everybody can look and only the daemon can write', () => {
    const umask = process.umask(0o077);
    try {
      expect(openLibraryDirectory(join(top, 'etc', 'scripts'), owner)).toBeUndefined();
    } finally {
      process.umask(umask);
    }
    expect(['etc', 'etc/scripts', 'etc/scripts/sets'].map((path) => mode(join(top, path)))).toEqual(['755', '755', '755']);
  });

  it('is opened again, also after a crash between its making and its claim', () => {
    const path = join(top, 'scripts');
    mkdirSync(path);
    writeFileSync(join(path, 'library.json.new'), '{"nod');
    expect(openLibraryDirectory(path, owner)).toBeUndefined();
    expect(openLibraryDirectory(path, owner)).toBeUndefined();
    expect(readdirSync(path).sort()).toEqual(['library.json', 'sets']);
  });

  it('is known again when it was removed while the cluster manager ran, and laid down anew', () => {
    const path = join(top, 'scripts');
    const set = 'a'.repeat(64);
    mkdirSync(join(path, 'sets', set), { recursive: true });
    symlinkSync(`sets/${set}`, join(path, 'current'));
    expect(openLibraryDirectory(path, owner)).toBeUndefined();
    expect(readdirSync(path).sort()).toEqual(['current', 'library.json', 'sets']);
  });

  it('is not somebody else’s directory that has a current and sets of its own', () => {
    const path = join(top, 'application');
    mkdirSync(join(path, 'sets', 'of_mine'), { recursive: true });
    symlinkSync('sets/of_mine', join(path, 'current'));
    expect(openLibraryDirectory(path, owner)).toMatchObject({ code: 'script_library_not_empty' });
    expect(readdirSync(path).sort()).toEqual(['current', 'sets']);
  });
});

describe('a directory that cannot be the script library', () => {
  it('is one that others can write to, or that lies below such a one; nothing is left of what was made', () => {
    mkdirSync(join(top, 'open'));
    chmodSync(join(top, 'open'), 0o777);
    const path = join(top, 'open', 'a', 'b');
    expect(openLibraryDirectory(path, owner)).toEqual({
      code: 'script_library_not_trusted',
      path,
      directory: join(top, 'open'),
    });
    expect(existsSync(join(top, 'open', 'a'))).toBe(false);
    expect(openLibraryDirectory(join(top, 'open'), owner)).toMatchObject({
      code: 'script_library_not_trusted',
      directory: join(top, 'open'),
    });
    symlinkSync(join(top, 'elsewhere'), join(top, 'open', 'link'));
    mkdirSync(join(top, 'elsewhere'));
    expect(openLibraryDirectory(join(top, 'open', 'link'), owner)).toMatchObject({ directory: join(top, 'open') });
  });

  it.skipIf(!ROOT)('is one that another user owns (needs root)', () => {
    const path = join(top, 'theirs');
    mkdirSync(path);
    chownSync(path, 12345, 0);
    expect(openLibraryDirectory(path, owner)).toEqual({ code: 'script_library_not_trusted', path, directory: path });
  });

  it.skipIf(!ROOT)('is one that the users whom scripts change to cannot search (needs root)', () => {
    mkdirSync(join(top, 'closed'), { mode: 0o700 });
    const path = join(top, 'closed', 'scripts');
    expect(openLibraryDirectory(path, owner)).toEqual({
      code: 'script_library_not_searchable',
      path,
      directory: join(top, 'closed'),
    });
    expect(existsSync(path)).toBe(false);
  });

  it('is one that has something else in it, which stays', () => {
    mkdirSync(join(top, 'current'));
    expect(openLibraryDirectory(top, owner)).toEqual({ code: 'script_library_not_empty', path: top });
    expect(readdirSync(top)).toEqual(['current']);
  });

  it("is another node's, or another cluster's", () => {
    const path = join(top, 'scripts');
    expect(openLibraryDirectory(path, owner)).toBeUndefined();
    const another = { code: 'script_library_of_another', path, ...owner };
    expect(openLibraryDirectory(path, { ...owner, node: 'nodeb' })).toEqual(another);
    expect(openLibraryDirectory(path, { ...owner, cluster: 'test' })).toEqual(another);
  });

  it('is a file, below a file, or below what cannot be written', () => {
    writeFileSync(join(top, 'file'), '');
    const refused = (path: string) => openLibraryDirectory(path, owner)?.code;
    expect(refused(join(top, 'file'))).toBe('script_library_not_writable');
    expect(refused(join(top, 'file', 'scripts'))).toBe('script_library_not_writable');
    expect(refused('/proc/fallover/scripts')).toBe('script_library_not_writable');
  });
});
