import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type LaidDown, libraryCurrent, librarySets, type ScriptSet } from '@fallover/events';
import { setLink, setNameOf } from './set-name.ts';

export const MODE = 0o755;
const WRITABLE_BY_OTHERS = 0o022;
/** Nothing that was laid down is larger; a file that is need not be read to be known as another. */
const LARGEST_READ = 16 * 1024 * 1024;

/** What a set of scripts is in the file system, beside what it should be. */
export interface SetOnDisk {
  /** `foreign`: not a directory, or another user's. `open`: it, or a directory above it, has other permissions than it was made with. */
  directory: 'sound' | 'missing' | 'open' | 'foreign';
  scripts: Map<string, LaidDown>;
  /** What does not belong there. */
  extra: string[];
}

export const isSound = ({ directory, scripts, extra }: SetOnDisk): boolean =>
  directory === 'sound' && extra.length === 0 && [...scripts.values()].every((state) => state === 'as_configured');

export async function inspectSet(library: string, scripts: ScriptSet): Promise<SetOnDisk> {
  const path = join(librarySets(library), setNameOf(scripts));
  const directory = directoryState(await look(path));
  if (directory === 'missing' || directory === 'foreign')
    return { directory, scripts: new Map([...scripts.keys()].map((name) => [name, 'missing'])), extra: [] };
  const states = new Map<string, LaidDown>();
  for (const [name, sha256] of scripts) states.set(name, await fileState(join(path, name), sha256));
  const extra = (await readdir(path)).filter((name) => !scripts.has(name));
  const isOpen = directory === 'open' || (await openDirectories(library)).length > 0;
  return { directory: isOpen ? 'open' : 'sound', scripts: states, extra };
}

/** The directories above the sets that others can write to, with the permissions that they are to have. */
export async function openDirectories(library: string): Promise<{ path: string; mode: number }[]> {
  const found: { path: string; mode: number }[] = [];
  for (const path of [library, librarySets(library)]) {
    const mode = permissions((await look(path)) as Stats);
    if (mode & WRITABLE_BY_OTHERS) found.push({ path, mode: mode & ~WRITABLE_BY_OTHERS });
  }
  return found;
}

/** Whether `current` leads to this set. */
export async function currentIs(library: string, scripts: ScriptSet): Promise<boolean> {
  const target = await readlink(libraryCurrent(library)).catch(() => undefined);
  return target === setLink(setNameOf(scripts));
}

function directoryState(found: Stats | undefined): SetOnDisk['directory'] {
  if (!found) return 'missing';
  if (!found.isDirectory() || !isOurs(found)) return 'foreign';
  return permissions(found) === MODE ? 'sound' : 'open';
}

async function fileState(path: string, sha256: string): Promise<LaidDown> {
  const found = await look(path);
  if (!found) return 'missing';
  if (!found.isFile() || !isOurs(found) || permissions(found) !== MODE || found.size > LARGEST_READ) return 'differs';
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const bytes = await file.readFile();
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? 'as_configured' : 'differs';
  } finally {
    await file.close();
  }
}

export async function look(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const isOurs = ({ uid }: Stats): boolean => uid === process.geteuid?.();
const permissions = ({ mode }: Stats): number => mode & 0o7777;
