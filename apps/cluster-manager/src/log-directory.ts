import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from './state-directory.ts';

/** Why a directory cannot take the logs. */
export type LogDirectoryRefusal =
  | { code: 'log_directory_not_writable'; path: string; reason: string }
  | { code: 'log_directory_of_another'; path: string; stateDirectory: string; marker: string };

/** Says whose logs these are: two cluster managers that write one hacmp.out would rotate it under each other. */
const OWNER_FILE = '.state-directory';

/** Makes the directory of hacmp.out and daemon.log where it is missing, and takes it for this state directory. */
export function openLogDirectory(path: string, stateDirectory: string): LogDirectoryRefusal | undefined {
  const marker = join(path, OWNER_FILE);
  try {
    makeDirectory(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const owner = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : undefined;
    if (owner !== undefined && owner !== stateDirectory)
      return { code: 'log_directory_of_another', path, stateDirectory: owner, marker };
    if (owner === undefined) writeFileSync(marker, `${stateDirectory}\n`, { mode: 0o600 });
    return undefined;
  } catch (error) {
    return {
      code: 'log_directory_not_writable',
      path,
      reason: (error as NodeJS.ErrnoException).code ?? (error as Error).message,
    };
  }
}
