import { join } from 'node:path';
import { parseStepId } from '@fallover/events';

/**
 * Where one step's output goes: a file of its own, named as its id, `RUN/1/nodea/pre_event.1.1.log` for the first attempt
 * at the first pre-event. The attempt is no directory of its own: making one costs a short command as much as itself.
 * Throws for anything that is not a step's id.
 */
export function stepLogFile(stateDirectory: string, step: string): string {
  const path = parseStepId(step);
  if (!path) throw new Error(`Not the id of a step: ${JSON.stringify(step.slice(0, 100))}`);
  const { run, phase, node, steps } = path;
  const names = steps.flatMap(({ subEvent, key, attempt }) => [
    ...(subEvent ? [`${subEvent.call}.${subEvent.event}`] : []),
    `${key}.${attempt}`,
  ]);
  return `${join(stateDirectory, 'log', 'runs', run, phase, node, ...names)}.log`;
}

/** When the bytes of a step's output came, beside its log; see `output-times.ts`. */
export const timesFileOf = (logFile: string): string => `${logFile.slice(0, -'.log'.length)}.times`;

/** The bytes of a revision's document; their SHA-256 is the file's name. */
export const revisionFile = (stateDirectory: string, hash: string): string => join(stateDirectory, 'revisions', `${hash}.json`);

/** The first directory of every command's PATH; it holds only `fallover`. */
export const commandDirectoryOf = (stateDirectory: string): string => join(stateDirectory, 'bin');

/** One directory for each launcher: who it is, what it started, and the results that nobody acknowledged. */
export const launchersDirectory = (stateDirectory: string): string => join(stateDirectory, 'launcher');

/** The files in a launcher's directory. */
export const LAUNCHER_FILES = {
  /** Who it is, and whose. */
  identity: 'launcher.json',
  /** The steps that it started, one a line, each written before its command starts; `slow` stands behind those of slow events. */
  started: 'started',
  /** Its daemon is gone: what is not in `started` will not be started any more. */
  closed: 'closed',
  /** A daemon has read all that is here, and nothing more comes: it may go once that is in the journal. */
  read: 'read',
  result: (number: number): string => `result-${number}.json`,
  isResult: (name: string): boolean => /^result-[0-9]+\.json$/.test(name),
} as const;

/** Where the launcher keeps its own program compiled: it then needs a third less memory, and starts sooner. */
export const launcherCache = (stateDirectory: string): string => join(stateDirectory, 'cache', 'launcher');
