import { readlinkSync, type Stats } from 'node:fs';
import {
  anyLibraryOf,
  err,
  libraryCurrent,
  librarySets,
  nameInLibrary,
  ok,
  type Result,
  type StartFault,
} from '@fallover/events';
import { isSetLink } from '../../script-library/set-name.ts';
import type { FileFacts } from './file-facts.ts';
import type { Revision } from './revisions.ts';
import { inspectCommand } from './trust.ts';

/** The file that is started for a command, and of a script of the library what its bytes have to be. */
export interface CommandFile {
  /** As it is configured. */
  command: string;
  file: string;
  sha256?: string;
}

/**
 * A script of the library is started from the set of the run's own revision, whatever is active by now: so a run keeps the
 * bytes it began with. Every other command is the file that it names.
 */
export function fileOf(
  command: string,
  { scripts, setName }: Pick<Revision, 'scripts' | 'setName'>,
  library: string | undefined,
): Result<CommandFile, StartFault> {
  const name = library === undefined ? undefined : nameInLibrary(command, library);
  if (library === undefined || name === undefined)
    return isOfAnotherLibrary(command, scripts)
      ? err({ code: 'script_library_off', path: command })
      : ok({ command, file: command });
  const sha256 = scripts.get(name);
  if (sha256 === undefined) return err({ code: 'script_not_in_revision', path: command });
  return ok({ command, file: `${librarySets(library)}/${setName}/${name}`, sha256 });
}

/** As `inspectCommand`; a script of the library must also have the very bytes that its revision says. */
export function inspectFile(
  { command, file, sha256 }: CommandFile,
  factsOf: (path: string, file: Stats) => FileFacts,
): { fault: StartFault } | { facts: FileFacts } {
  const inspected = inspectCommand(file, factsOf);
  if (sha256 === undefined) return inspected;
  if ('fault' in inspected) {
    const { code, reason } = inspected.fault;
    const missing: StartFault = { code: 'script_not_laid_down', path: command, ...(reason === undefined ? {} : { reason }) };
    return code === 'command_not_found' ? { fault: missing } : inspected;
  }
  return inspected.facts.sha256 === sha256 ? inspected : { fault: { code: 'script_differs', path: command } };
}

/**
 * Whether a command is a script of a library that this node was not started with. It is when the run's revision has a script
 * of that name, and the directory is a library or nothing at all; else somebody's own directory is called `current`.
 */
function isOfAnotherLibrary(command: string, scripts: Revision['scripts']): boolean {
  if (scripts.size === 0) return false;
  const found = anyLibraryOf(command);
  if (!found || !scripts.has(found.name)) return false;
  try {
    return isSetLink(readlinkSync(libraryCurrent(found.directory)));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
