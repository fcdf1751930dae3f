import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Runs a command at the root of the checkout, its output shown; its exit status, or null when a signal or a missing file ended it. */
export function run(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const end = () => child.kill();
    process.once('SIGTERM', end);
    child.once('error', (error) => {
      console.error(`${file}: ${error.message}`);
      resolve(null);
    });
    child.once('close', (status) => {
      process.off('SIGTERM', end);
      resolve(status);
    });
  });
}

/** A tool of the workspace, by the name of its command. */
export const tool = (name: string): string => join(ROOT, 'node_modules/.bin', name);
