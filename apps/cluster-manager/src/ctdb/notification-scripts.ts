import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LifeNotice, visibleText } from '@fallover/events';
import type { CommandRunner } from '../notification/run-command.ts';

export interface NotificationScriptsParts {
  runCommand: CommandRunner;
  /** Each script has this long; CTDB gives them no deadline, and a script that hangs would stay for ever. */
  timeoutMs?: number;
  /** A script that failed, was not trusted or could not be started; the node goes on. */
  failed(sentence: string): void;
}

const SUFFIX = '.script';
const TIMEOUT_MS = 30_000;
const S_IXUSR = 0o100;

/**
 * Runs `events/notification/*.script` of a CTDB base with one argument, one after the other in the order of their names, as
 * CTDB's notify.sh does: files that are not executable are left out, and one that fails does not keep the next from running.
 * Notices of one node come in the order in which they were given.
 */
export function notificationScripts(parts: NotificationScriptsParts): {
  tell(base: string, notice: LifeNotice): Promise<void>;
} {
  let turn: Promise<void> = Promise.resolve();

  async function runAll(base: string, notice: LifeNotice): Promise<void> {
    for (const path of scriptsIn(join(base, 'events', 'notification'))) {
      const end = await parts.runCommand({
        path,
        args: [notice],
        environment: { CTDB_BASE: base },
        input: '',
        signal: AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS),
      });
      if ('refused' in end) parts.failed(`The notification script ${path} was not run for ${notice}: ${end.refused}`);
      else if (end.status !== 0)
        parts.failed(`The notification script ${path} ended with status ${end.status} for ${notice}: ${lastLine(end.output)}`);
    }
  }

  return {
    tell(base, notice) {
      turn = turn.then(() => runAll(base, notice)).catch((error: unknown) => parts.failed(String(error)));
      return turn;
    },
  };
}

function scriptsIn(directory: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    return []; // There is no such directory: nobody wants to be told.
  }
  return entries
    .map(({ name }) => name)
    .filter((name) => name.endsWith(SUFFIX) && !name.startsWith('.') && isExecutable(join(directory, name)))
    .toSorted()
    .map((name) => join(directory, name));
}

function isExecutable(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  return file?.isFile() === true && (file.mode & S_IXUSR) !== 0;
}

const lastLine = (output: string): string => visibleText(output.trimEnd().split('\n').at(-1) || 'it said nothing').slice(0, 500);
