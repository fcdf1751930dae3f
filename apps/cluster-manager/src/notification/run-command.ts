import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { type StartFault, startFaultSentence } from '@fallover/events';
import type { CommandEnd, RunnableCommand } from '@fallover/notify';

const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
const LONGEST_OUTPUT = 64 * 1024;
const KILL_AFTER_MS = 2_000;

export type CommandRunner = (command: RunnableCommand) => Promise<CommandEnd>;

/**
 * Starts the command of a notification: trust checks first, then a process group of its own, never a shell. Input and output
 * are files that nobody else can open: a command that opens /dev/stderr finds one, and its output costs the daemon nothing.
 */
export const commandRunner =
  (parts: { directory: string; checkTrust(path: string): Promise<StartFault | undefined> }): CommandRunner =>
  async ({ path, args, environment, input, signal }) => {
    const fault = await parts.checkTrust(path);
    if (fault) return { refused: startFaultSentence(fault) };
    if (signal.aborted) return { refused: 'There was no time left to start it.' };
    const stdin = withoutName(parts.directory, input, 'r');
    const out = withoutName(parts.directory, '', 'a+');
    try {
      const end = await ended(path, args, environment, [stdin, out], signal);
      if (typeof end === 'string') return { refused: `${path} could not be started: ${end}.` };
      return { status: end, output: textOf(out) };
    } finally {
      closeSync(stdin);
      closeSync(out);
    }
  };

/** An open file that has no name any more. */
function withoutName(directory: string, text: string, flags: 'r' | 'a+'): number {
  const name = join(directory, `notification-${randomUUID()}`);
  writeFileSync(name, text, { mode: 0o600, flag: 'wx' });
  const fd = openSync(name, flags);
  rmSync(name);
  return fd;
}

/** The exit status, 128+n for signal n; or why it was not started. */
function ended(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  [stdin, out]: [number, number],
  signal: AbortSignal,
): Promise<number | string> {
  return new Promise((resolve) => {
    const child = spawned(path, args, environment, [stdin, out]);
    if (typeof child === 'string') return resolve(child);
    let killing: NodeJS.Timeout | undefined;
    const tell = (name: 'SIGTERM' | 'SIGKILL'): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {} // it has ended by itself
    };
    const abort = (): void => {
      tell('SIGTERM');
      killing = setTimeout(() => tell('SIGKILL'), KILL_AFTER_MS);
    };
    const done = (end: number | string): void => {
      clearTimeout(killing);
      // Its time is over for all that it has started, also for what did not heed the first signal.
      if (killing !== undefined) tell('SIGKILL');
      signal.removeEventListener('abort', abort);
      resolve(end);
    };
    signal.addEventListener('abort', abort);
    child.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    child.once('exit', (code, name) => done(code ?? 128 + constants.signals[name ?? 'SIGTERM']));
  });
}

/** Why it was not started is thrown for some reasons, such as too long a list of arguments, and told later for others. */
function spawned(
  path: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  [stdin, out]: [number, number],
): ChildProcess | string {
  try {
    return spawn(path, args, { env: { PATH, ...environment }, cwd: '/', detached: true, stdio: [stdin, out, out] });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

function textOf(fd: number): string {
  const bytes = Buffer.alloc(Math.min(fstatSync(fd).size, LONGEST_OUTPUT));
  const read = readSync(fd, bytes, 0, bytes.length, 0);
  return bytes.toString('utf8', 0, read);
}
