import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { librarySets } from '@fallover/events';
import { checkDirectoryTrust } from '../executor/launcher/trust.ts';
import { writeDurably } from '../executor/launcher/write-durably.ts';
import { isSetName } from './set-name.ts';

/** Why a directory cannot be the script library. */
export type LibraryRefusal =
  | { code: 'script_library_not_writable'; path: string; reason: string }
  | { code: 'script_library_not_trusted'; path: string; directory: string }
  | { code: 'script_library_not_searchable'; path: string; directory: string }
  | { code: 'script_library_not_empty'; path: string }
  | { code: 'script_library_of_another'; path: string; node: string; cluster: string };

interface Owner {
  node: string;
  cluster: string;
}

/** Says whose library this is. Without it a directory that has something in it is somebody else's, and left alone. */
const OWNER_FILE = 'library.json';
const SEARCHABLE_BY_ALL = 0o001;

/**
 * Makes the directory where it is missing, and takes it for this node of this cluster for good: what another cluster manager
 * lays down there, or an administrator keeps there, is never written over.
 */
export function openLibraryDirectory(path: string, owner: Owner): LibraryRefusal | undefined {
  const made: string[] = [];
  try {
    makeDirectory(path, made);
    const refused = refusalOf(path, owner);
    if (!refused) {
      writeDurably(join(path, OWNER_FILE), `${JSON.stringify({ format: 1, ...owner })}\n`);
      makeDirectory(librarySets(path), []);
      return undefined;
    }
    for (const directory of made.reverse()) rmdirSync(directory);
    return refused;
  } catch (error) {
    return { code: 'script_library_not_writable', path, reason: reasonOf(error) };
  }
}

function refusalOf(path: string, { node, cluster }: Owner): LibraryRefusal | undefined {
  const untrusted = checkDirectoryTrust(path);
  if (untrusted?.code === 'directory_not_trusted') return { code: 'script_library_not_trusted', path, directory: untrusted.path };
  if (untrusted) return { code: 'script_library_not_writable', path, reason: untrusted.reason ?? untrusted.code };
  const closed = process.geteuid?.() === 0 ? closedDirectory(realpathSync(path)) : undefined;
  if (closed !== undefined) return { code: 'script_library_not_searchable', path, directory: closed };
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);

  const names = readdirSync(path);
  if (!names.includes(OWNER_FILE))
    return names.every((name) => name === `${OWNER_FILE}.new`) || isLibraryLaidDownAnew(path, names)
      ? undefined
      : { code: 'script_library_not_empty', path };
  const found = JSON.parse(readFileSync(join(path, OWNER_FILE), 'utf8')) as Owner;
  return found.node === node && found.cluster === cluster
    ? undefined
    : { code: 'script_library_of_another', path, node: found.node, cluster: found.cluster };
}

/** Somebody removed the library while the cluster manager ran; what Synchronise laid down again is its sets and nothing else. */
function isLibraryLaidDownAnew(path: string, names: readonly string[]): boolean {
  const own = names.every((name) => /^(sets|current)(\.new|\.gone)?$/.test(name));
  return (
    own && names.includes('sets') && readdirSync(librarySets(path)).every((name) => isSetName(name.replace(/\.(new|gone)$/, '')))
  );
}

/**
 * The directory on the way that other users cannot search. Root's scripts often change to the user of a database or of an
 * application; a script that this user is to run has to be within reach. (Only root can change to another user.)
 */
function closedDirectory(path: string): string | undefined {
  const above = path === '/' ? undefined : closedDirectory(dirname(path));
  return above ?? ((statSync(path).mode & SEARCHABLE_BY_ALL) === 0 ? path : undefined);
}

/** One by one: below /proc, `recursive` would try for ever. */
function makeDirectory(path: string, made: string[]): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path), made);
  mkdirSync(path);
  chmodSync(path, 0o755);
  made.push(path);
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;
