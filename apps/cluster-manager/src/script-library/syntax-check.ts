import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckedShell, readSyntaxFindings, type SyntaxFinding, shellOf } from '@fallover/events';
import { checkTrust } from '../executor/launcher/trust.ts';

export interface SyntaxCheck {
  /** Whether a shell has read the whole script. */
  checked: boolean;
  /** The shell that did, or was to. */
  interpreter?: string;
  findings: SyntaxFinding[];
}

/** Where the system's own shells are. The pathname in the script is not started: it may be anything. */
const DIRECTORIES = ['/bin', '/usr/bin', '/usr/local/bin'];
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
const LONGEST_MS = 5_000;
const MOST_OUTPUT = 64 * 1024;

/**
 * What the shell of a script says of it with `-n`: it reads the commands and runs none. A script of another language is not
 * checked, because what checks it (`perl -c`, an import of python) runs parts of it. `directory` is the daemon's own.
 */
export async function checkSyntax(text: string, directory: string, longestMs = LONGEST_MS): Promise<SyntaxCheck> {
  const shell = shellOf(text);
  const interpreter = shell === undefined ? undefined : pathOf(shell);
  if (interpreter === undefined) return { checked: false, findings: [] };
  const { output, ended } = await read(interpreter, text, { directory, longestMs });
  if (ended === 'late') {
    const sentence = `${interpreter} -n did not end within ${longestMs / 1000} seconds, so it was ended. Look whether the script is whole.`;
    return { checked: false, interpreter, findings: [{ sentence }] };
  }
  const findings = readSyntaxFindings(output);
  const said = findings.length > 0 || ended === 0;
  return { checked: true, interpreter, findings: said ? findings : [{ sentence: `${interpreter} -n ended with ${ended}.` }] };
}

const pathOf = (shell: CheckedShell): string | undefined =>
  DIRECTORIES.map((directory) => join(directory, shell)).find((path) => checkTrust(path) === undefined);

/** The script is a file without a name: nothing is left of it, and the shell reads it from its beginning by /dev/stdin. */
async function read(
  interpreter: string,
  text: string,
  { directory, longestMs }: { directory: string; longestMs: number },
): Promise<{ output: string; ended: number | string }> {
  const path = join(directory, `script-check-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    await file.writeFile(text);
    return await new Promise((resolve, reject) => {
      const child = spawn(interpreter, ['-n', '/dev/stdin'], {
        stdio: [file.fd, 'ignore', 'pipe'],
        cwd: '/',
        env: ENVIRONMENT,
      });
      let output = '';
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, longestMs);
      child.stderr?.setEncoding('utf8').on('data', (said: string) => {
        if (output.length < MOST_OUTPUT) output += said;
      });
      child.on('error', reject);
      child.on('close', (status, signal) => {
        clearTimeout(timer);
        resolve({ output: output.slice(0, MOST_OUTPUT), ended: late ? 'late' : (status ?? signal ?? 1) });
      });
    });
  } finally {
    await file.close();
  }
}
