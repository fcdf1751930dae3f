import { chmod, type FileHandle, mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryCurrent, librarySets, type ScriptSet } from '@fallover/events';
import { inspectSet, isSound, look, MODE, openDirectories, type SetOnDisk } from './inspect.ts';
import { isSetName, setLink, setNameOf } from './set-name.ts';

/**
 * How scripts are laid down. Each step is atomic, so that a crash between any two leaves what the next start, or the next
 * synchronise, puts right: a set is there whole or not at all, a script in it is the old file or the new one, and `current`
 * leads to the one set or to the other. What is being made ends in `.new`, what is being removed in `.gone`.
 */

/** The text of a script, by its SHA-256. */
export type ReadContent = (sha256: string) => Promise<string | undefined>;

/** Makes the set, or puts right what was changed in it. Returns the names of scripts whose text is missing; then nothing was done. */
export async function layDownSet(library: string, scripts: ScriptSet, readContent: ReadContent): Promise<string[]> {
  const found = await inspectSet(library, scripts);
  if (isSound(found)) return [];
  const wanted = [...scripts].filter(([name]) => found.scripts.get(name) !== 'as_configured');
  const texts = new Map<string, string>();
  for (const [name, sha256] of wanted) {
    const text = await readContent(sha256);
    if (text !== undefined) texts.set(name, text);
  }
  const missing = wanted.flatMap(([name]) => (texts.has(name) ? [] : [name]));
  if (missing.length > 0) return missing;
  await closeToOthers(library);
  const set = join(librarySets(library), setNameOf(scripts));
  if (found.directory === 'missing' || found.directory === 'foreign') await makeSet(library, set, texts, found);
  else await mendSet(set, texts, found);
  return [];
}

async function makeSet(library: string, set: string, texts: ReadonlyMap<string, string>, found: SetOnDisk): Promise<void> {
  if (found.directory === 'foreign') await remove(set);
  const fresh = `${set}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  await chmod(fresh, MODE);
  for (const [name, text] of texts) await writeScript(join(fresh, name), text);
  await synchronize(fresh);
  await rename(fresh, set);
  await synchronize(librarySets(library));
}

/** File by file, because a run may be about to start one of the others. */
async function mendSet(set: string, texts: ReadonlyMap<string, string>, found: SetOnDisk): Promise<void> {
  await chmod(set, MODE);
  for (const name of found.extra) await rm(join(set, name), { recursive: true, force: true });
  for (const [name, text] of texts) {
    const file = join(set, name);
    // No script's name begins with a dot.
    const fresh = join(set, `.${name}.new`);
    await writeScript(fresh, text);
    if ((await look(file))?.isDirectory()) await rm(file, { recursive: true, force: true });
    await rename(fresh, file);
  }
  await synchronize(set);
}

/** Makes `current` lead to the set, whatever it was before. */
export async function switchCurrent(library: string, scripts: ScriptSet): Promise<void> {
  const current = libraryCurrent(library);
  const target = setLink(setNameOf(scripts));
  if ((await readlink(current).catch(() => undefined)) === target) return;
  const fresh = `${current}.new`;
  await rm(fresh, { recursive: true, force: true });
  await symlink(target, fresh);
  if ((await look(current))?.isDirectory()) await remove(current);
  await rename(fresh, current);
  await synchronize(library);
}

/** The names of the sets that are there. */
export const laidDownSets = async (library: string): Promise<string[]> => (await readdir(librarySets(library))).filter(isSetName);

/** Removes every set but these, a set at a time: it is there whole, or not at all. */
export async function removeSetsBut(library: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await laidDownSets(library)) if (!kept.has(name)) await remove(join(librarySets(library), name));
}

/** Removes what a crash has left half-made or half-removed. Only while nothing is laid down. */
export async function sweep(library: string): Promise<void> {
  for (const directory of [library, librarySets(library)])
    for (const name of await readdir(directory))
      if (/\.(new|gone)$/.test(name)) await rm(join(directory, name), { recursive: true, force: true });
}

/** The directories above the set are there, and nobody else can write to them. */
async function closeToOthers(library: string): Promise<void> {
  for (const directory of [library, librarySets(library)])
    if (!(await look(directory))) {
      await mkdir(directory);
      await chmod(directory, MODE);
    }
  for (const { path, mode } of await openDirectories(library)) await chmod(path, mode);
}

async function remove(path: string): Promise<void> {
  const gone = `${path}.gone`;
  await rm(gone, { recursive: true, force: true });
  await rename(path, gone);
  await rm(gone, { recursive: true, force: true });
}

/** On the disk when it returns. */
async function writeScript(path: string, text: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await withFile(await open(path, 'wx', 0o600), async (file) => {
    await file.writeFile(text);
    await file.chmod(MODE);
    await file.sync();
  });
}

const synchronize = async (directory: string): Promise<void> => withFile(await open(directory, 'r'), (file) => file.sync());

async function withFile(file: FileHandle, use: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
