import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentIs, inspectSet, isSound } from './inspect.ts';
import { layDownSet, removeSetsBut, sweep, switchCurrent } from './lay-down.ts';
import { setNameOf } from './set-name.ts';

/** How many changes to the file system the daemon makes before it dies; Infinity: it lives. */
const life = vi.hoisted(() => ({
  left: Number.POSITIVE_INFINITY,
  die: () => {},
  /** Files that the dead one had open. */
  open: [] as { close(): Promise<void> }[],
}));

/** From its death on the daemon does nothing more: a call never returns. A file is then half-written. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const never = () => {
    life.die();
    return new Promise<never>(() => {});
  };
  const lives = (): boolean => {
    life.left -= 1;
    return life.left >= 0;
  };
  type Call = (...args: never[]) => Promise<unknown>;
  const mortal =
    (call: Call): Call =>
    (...args) =>
      lives() ? call(...args) : never();
  const open: typeof real.open = async (...args) => {
    if (!lives()) return never();
    const file = await real.open(...args);
    life.open.push(file);
    return {
      stat: () => file.stat(),
      readFile: () => file.readFile(),
      chmod: mortal((mode: number) => file.chmod(mode)),
      sync: mortal(() => file.sync()),
      close: () => file.close(),
      async writeFile(text: string) {
        if (lives()) return file.writeFile(text);
        await file.writeFile(text.slice(0, text.length / 2));
        return never();
      },
    } as unknown as Awaited<ReturnType<typeof real.open>>;
  };
  const changes = Object.fromEntries(
    (['chmod', 'mkdir', 'rename', 'rm', 'symlink'] as const).map((name) => [name, mortal(real[name] as Call)]),
  );
  return { ...real, ...changes, open };
});

let library: string;
beforeEach(() => {
  life.left = Number.POSITIVE_INFINITY;
  library = mkdtempSync(join(tmpdir(), 'fallover-library-'));
  chmodSync(library, 0o755);
});
afterEach(() => {
  life.left = Number.POSITIVE_INFINITY;
  rmSync(library, { recursive: true, force: true });
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const setOf = (texts: Record<string, string>) => new Map(Object.entries(texts).map(([name, text]) => [name, sha256(text)]));
const BEFORE = { start_db: '#!/bin/sh\necho old start\n', stop_db: '#!/bin/sh\necho stop\n' };
const AFTER = { start_db: '#!/bin/sh\necho new start\n', stop_db: '#!/bin/sh\necho stop\n' };
const before = setOf(BEFORE);
const after = setOf(AFTER);
const contents = new Map([...Object.values(BEFORE), ...Object.values(AFTER)].map((text) => [sha256(text), text]));
const read = async (hash: string) => contents.get(hash);
const pathOf = (scripts: ReadonlyMap<string, string>, ...names: string[]): string =>
  join(library, 'sets', setNameOf(scripts), ...names);

/** What a daemon does as another revision becomes active. */
async function takeOver(scripts: ReadonlyMap<string, string>): Promise<void> {
  await layDownSet(library, scripts, read);
  await switchCurrent(library, scripts);
  await removeSetsBut(library, new Set([setNameOf(scripts)]));
}

/** What a daemon does at its start. */
async function start(scripts: ReadonlyMap<string, string>): Promise<void> {
  await sweep(library);
  await takeOver(scripts);
}

/** The same with a daemon that dies after so many changes; whether it did. */
async function dies(changes: number, work: () => Promise<void>): Promise<boolean> {
  const death = Promise.withResolvers<boolean>();
  life.die = () => death.resolve(true);
  life.left = changes;
  const died = await Promise.race([work().then(() => false), death.promise]);
  life.left = Number.POSITIVE_INFINITY;
  for (const file of life.open.splice(0)) await file.close();
  return died;
}

const soundSets = async (): Promise<string[]> => {
  const sets = [before, after].filter((scripts) => existsSync(pathOf(scripts)));
  for (const scripts of sets) expect(isSound(await inspectSet(library, scripts))).toBe(true);
  return sets.map(setNameOf);
};

describe('scripts that are laid down', () => {
  it('are what the revision says, to be read and started by everybody', async () => {
    const umask = process.umask(0o077);
    try {
      await takeOver(after);
    } finally {
      process.umask(umask);
    }
    expect(readFileSync(join(library, 'current', 'start_db'), 'utf8')).toBe(AFTER.start_db);
    const paths = ['', 'sets', 'current', 'current/start_db', 'current/stop_db'].map((path) => join(library, path));
    expect(paths.map((path) => (statSync(path).mode & 0o7777).toString(8))).toEqual(['755', '755', '755', '755', '755']);
    expect(readlinkSync(join(library, 'current'))).toBe(`sets/${setNameOf(after)}`);
  });

  it('are left alone when they are as they should be, and a set is removed when nothing needs it', async () => {
    await takeOver(before);
    const made = statSync(pathOf(before, 'stop_db')).ino;
    await takeOver(before);
    expect(statSync(pathOf(before, 'stop_db')).ino).toBe(made);
    await takeOver(after);
    expect(readdirSync(join(library, 'sets'))).toEqual([setNameOf(after)]);
  });

  it('are not begun with when the text of one is missing', async () => {
    const scripts = new Map([...after, ['lost', sha256('lost')]]);
    expect(await layDownSet(library, scripts, read)).toEqual(['lost']);
    expect(existsSync(join(library, 'sets'))).toBe(false);
  });

  it('may be none', async () => {
    await takeOver(new Map());
    expect(readdirSync(join(library, 'current'))).toEqual([]);
    expect(await currentIs(library, new Map())).toBe(true);
  });
});

describe('scripts that somebody has changed', () => {
  const CHANGES: [string, () => void, string][] = [
    ['has other bytes', () => writeFileSync(pathOf(after, 'start_db'), AFTER.start_db.toUpperCase()), 'differs'],
    ['is gone', () => rmSync(pathOf(after, 'start_db')), 'missing'],
    ['can be written by others', () => chmodSync(pathOf(after, 'start_db'), 0o777), 'differs'],
    ['cannot be started by others', () => chmodSync(pathOf(after, 'start_db'), 0o700), 'differs'],
    [
      'is a link',
      () => {
        writeFileSync(join(library, 'same'), AFTER.start_db, { mode: 0o755 });
        rmSync(pathOf(after, 'start_db'));
        symlinkSync(join(library, 'same'), pathOf(after, 'start_db'));
      },
      'differs',
    ],
    [
      'is a directory',
      () => {
        rmSync(pathOf(after, 'start_db'));
        mkdirSync(pathOf(after, 'start_db', 'below'), { recursive: true });
      },
      'differs',
    ],
    ['has something beside it', () => writeFileSync(pathOf(after, 'more'), ''), 'as_configured'],
    ['lies in a directory that others can write to', () => chmodSync(pathOf(after), 0o777), 'as_configured'],
    ['lies below a directory that others can write to', () => chmodSync(join(library, 'sets'), 0o777), 'as_configured'],
    ['is gone with its whole set', () => rmSync(pathOf(after), { recursive: true }), 'missing'],
    [
      'lies where there is a file now',
      () => {
        rmSync(pathOf(after), { recursive: true });
        writeFileSync(pathOf(after), '');
      },
      'missing',
    ],
  ];

  it.each(CHANGES)('are found, and laid down anew: one that %s', async (_, change, state) => {
    await takeOver(after);
    change();
    const found = await inspectSet(library, after);
    expect([isSound(found), found.scripts.get('start_db')]).toEqual([false, state]);
    await takeOver(after);
    expect(isSound(await inspectSet(library, after))).toBe(true);
    expect(statSync(join(library, 'sets')).mode & 0o022).toBe(0);
    expect(readFileSync(join(library, 'current', 'start_db'), 'utf8')).toBe(AFTER.start_db);
  });

  it.each([
    ['elsewhere', () => symlinkSync('/etc', join(library, 'current'))],
    ['nowhere', () => {}],
    ['to itself as a directory', () => mkdirSync(join(library, 'current', 'below'), { recursive: true })],
  ])('are found by where current leads, and put right: %s', async (_, lead) => {
    await takeOver(after);
    rmSync(join(library, 'current'));
    lead();
    expect(await currentIs(library, after)).toBe(false);
    await takeOver(after);
    expect(await currentIs(library, after)).toBe(true);
  });
});

describe('a daemon that dies between any two changes to the library', () => {
  const sequence = async (prepare: () => Promise<void> | void, check: () => Promise<void>): Promise<number> => {
    for (let changes = 0; ; changes += 1) {
      rmSync(library, { recursive: true, force: true });
      mkdirSync(library, { mode: 0o755 });
      await takeOver(before);
      await prepare();
      const died = await dies(changes, () => takeOver(after));
      await check();
      await start(after);
      expect(isSound(await inspectSet(library, after))).toBe(true);
      expect(await currentIs(library, after)).toBe(true);
      expect(readdirSync(library).sort()).toEqual(['current', 'sets']);
      expect(readdirSync(join(library, 'sets'))).toEqual([setNameOf(after)]);
      if (!died) return changes;
    }
  };

  it('leaves every set whole, and current on one of them; its next start puts the rest right', async () => {
    const changes = await sequence(
      () => {},
      async () => {
        const sets = await soundSets();
        expect(sets).toContain(readlinkSync(join(library, 'current')).slice('sets/'.length));
      },
    );
    expect(changes).toBeGreaterThan(25);
  });

  it('is put right by its next start also where it was mending what somebody had changed', async () => {
    const changes = await sequence(
      async () => {
        await layDownSet(library, after, read);
        writeFileSync(pathOf(after, 'start_db'), 'something else');
        rmSync(pathOf(after, 'stop_db'));
        writeFileSync(pathOf(after, 'more'), '');
        rmSync(join(library, 'current'));
        mkdirSync(join(library, 'current', 'below'), { recursive: true });
      },
      // What a script is in the set is what somebody made of it, or what it should be: never half of that.
      async () => {
        if (existsSync(pathOf(after, 'stop_db'))) expect(readFileSync(pathOf(after, 'stop_db'), 'utf8')).toBe(AFTER.stop_db);
        expect(['something else', AFTER.start_db]).toContain(readFileSync(pathOf(after, 'start_db'), 'utf8'));
      },
    );
    expect(changes).toBeGreaterThan(20);
  });
});
