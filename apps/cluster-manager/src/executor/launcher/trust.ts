import { accessSync, constants, lstatSync, readlinkSync, type Stats } from 'node:fs';
import type { StartFault, StartFaultCode } from '@fallover/events';
import { type FileFacts, readFileFacts } from './file-facts.ts';

const MOST_LINKS = 40; // as the kernel has it
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** What a command that cannot be started counts as (DOMAIN.md section 1). */
export const statusOf = (fault: StartFault): number =>
  fault.code === 'command_not_found' || fault.code === 'custom_event_not_defined' ? 127 : 126;

/**
 * May the daemon's user run this file? Its real path is a regular file that is owned by root or the daemon's user; nobody
 * else can write to it, to a directory above it, or to a directory above a symbolic link that leads to it.
 */
export function checkTrust(
  path: string,
  factsOf: (path: string, file: Stats) => FileFacts = readFileFacts,
): StartFault | undefined {
  const found = inspectCommand(path, factsOf);
  return 'fault' in found ? found.fault : undefined;
}

/** As `checkTrust`; of a command that may run also what the file is. */
export function inspectCommand(
  path: string,
  factsOf: (path: string, file: Stats) => FileFacts,
): { fault: StartFault } | { facts: FileFacts } {
  const fault = (code: StartFaultCode, reason?: string): { fault: StartFault } => ({
    fault: { code, path, ...(reason === undefined ? {} : { reason }) },
  });
  const walked = walk(path);
  if ('code' in walked) return { fault: walked };
  const { file } = walked;
  if (!file.isFile()) return fault('not_a_regular_file');
  if (!isTrustedOwner(file)) return fault('owner_not_trusted');
  if (file.mode & WRITABLE_BY_OTHERS) return fault('writable_by_others');
  const notExecutable = refusal(path);
  if (notExecutable !== undefined) return fault('not_executable', notExecutable);
  let facts: FileFacts;
  try {
    facts = factsOf(path, file);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? fault('command_not_found') : fault('cannot_start', code);
  }
  if (facts.form === 'unknown') return fault('no_interpreter');
  if (facts.form === 'script') {
    const missing = refusal(facts.interpreter.startsWith('/') ? facts.interpreter : `/${facts.interpreter}`);
    if (missing !== undefined) return fault('no_interpreter', missing);
  }
  return { facts };
}

/** May scripts be kept in this directory? Nobody else can write to it, nor to a directory above it. */
export function checkDirectoryTrust(path: string): StartFault | undefined {
  const walked = walk(path);
  if ('code' in walked) return walked;
  const { file } = walked;
  if (!file.isDirectory()) return { code: 'cannot_start', path, reason: 'ENOTDIR' };
  return isTrustedOwner(file) && (file.mode & WRITABLE_BY_OTHERS) === 0 ? undefined : { code: 'directory_not_trusted', path };
}

/** Follows the path one component at a time, so that every directory and every link on the way is looked at. */
function walk(path: string): { file: Stats } | StartFault {
  if (!path.startsWith('/') || path.includes('\0')) return { code: 'command_not_found', path };
  const above: { path: string; stat: Stats }[] = [];
  let here = { path: '/', stat: lstatSync('/') };
  const ahead = components(path);
  for (let links = 0; ; ) {
    const name = ahead.pop();
    if (name === undefined) return { file: here.stat };
    if (!here.stat.isDirectory()) return { code: 'command_not_found', path, reason: 'ENOTDIR' };
    if (name === '..') {
      here = above.pop() ?? here;
      continue;
    }
    const next = here.path === '/' ? `/${name}` : `${here.path}/${name}`;
    const stat = look(next);
    if (typeof stat === 'string')
      return stat === 'ENOENT' ? { code: 'command_not_found', path } : { code: 'cannot_start', path, reason: stat };
    if (!isTrustedDirectory(here.stat, stat)) return { code: 'directory_not_trusted', path: here.path };
    if (stat.isSymbolicLink()) {
      links += 1;
      if (links > MOST_LINKS) return { code: 'cannot_start', path, reason: 'ELOOP' };
      const target = readlinkSync(next);
      ahead.push(...components(target));
      if (target.startsWith('/')) here = above[0] ?? here;
      if (target.startsWith('/')) above.length = 0;
      continue;
    }
    above.push(here);
    here = { path: next, stat };
  }
}

/** The components of a path, the first one last. */
const components = (path: string): string[] =>
  path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .reverse();

function look(path: string): Stats | string {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? 'ENOENT';
  } catch (error) {
    return codeOf(error);
  }
}

const isTrustedOwner = (file: Stats): boolean => file.uid === 0 || file.uid === process.geteuid?.();

/** In a directory of root's with the sticky bit nobody can replace what root or the daemon's user owns. */
function isTrustedDirectory(directory: Stats, next: Stats): boolean {
  if (!isTrustedOwner(directory)) return false;
  if ((directory.mode & WRITABLE_BY_OTHERS) === 0) return true;
  return directory.uid === 0 && (directory.mode & STICKY) !== 0 && isTrustedOwner(next);
}

/** Why a file cannot be executed by this user; undefined when it can. */
function refusal(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'EIO';
