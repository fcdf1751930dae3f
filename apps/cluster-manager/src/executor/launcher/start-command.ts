import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { err, ok, type Result, type StartFault } from '@fallover/events';
import type { Libc } from './libc.ts';

/** Starts a command in a process group of its own, both outputs in one pipe that is read here. */
export function startCommand(
  libc: Libc,
  argv: readonly [string, ...string[]],
  environment: Record<string, string>,
): Result<{ pid: number; output: number }, StartFault> {
  const [path] = argv;
  const pipe = libc.pipe();
  // Opened for reading too: a command whose launcher dies can always write, and no signal ends it. Opened anew: it waits
  // when the pipe is full, although the end that is read here does not.
  const output = openSync(`/proc/self/fd/${pipe.write}`, constants.O_RDWR);
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const started = libc.spawn(argv, variables, output);
  closeSync(output);
  closeSync(pipe.write);
  if ('pid' in started) return ok({ pid: started.pid, output: pipe.read });
  closeSync(pipe.read);
  return err(faultOf(path, getSystemErrorName(-started.errno)));
}

/** The file passed every check and still did not start: what the kernel says, in our words. */
function faultOf(path: string, reason: string): StartFault {
  switch (reason) {
    case 'ENOENT':
      return existsSync(path) ? { code: 'no_interpreter', path, reason } : { code: 'command_not_found', path };
    case 'ENOEXEC':
      return { code: 'no_interpreter', path, reason };
    case 'EACCES':
      return { code: 'not_executable', path, reason };
    default:
      return { code: 'cannot_start', path, reason };
  }
}
