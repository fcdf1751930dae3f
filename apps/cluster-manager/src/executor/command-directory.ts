import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { commandDirectoryOf } from './state-files.ts';

/** Makes the first directory of every command's PATH hold `fallover`, as a link to the target, and nothing else. */
export async function prepareCommandDirectory(stateDirectory: string, target: string): Promise<string> {
  const directory = commandDirectoryOf(stateDirectory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const fresh = join(directory, `.fallover.${process.pid}`);
  await rm(fresh, { recursive: true, force: true });
  await symlink(target, fresh);
  await rename(fresh, join(directory, 'fallover'));
  for (const name of await readdir(directory))
    if (name !== 'fallover') await rm(join(directory, name), { recursive: true, force: true });
  return directory;
}
