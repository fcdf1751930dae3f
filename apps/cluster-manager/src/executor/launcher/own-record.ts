import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult } from '@fallover/events';
import { identityOf, type ProcessIdentity } from '../process-identity.ts';
import { LAUNCHER_FILES, launchersDirectory } from '../state-files.ts';
import { writeDurably } from './write-durably.ts';

/** What `launcher.json` holds. */
export interface LauncherRecord {
  format: 1;
  id: string;
  launcher: ProcessIdentity;
  daemon: ProcessIdentity;
}

export interface StartedStep {
  step: string;
  /** Of a slow event: it has to be ended at the node's deadline, also when this launcher has died. */
  slow: boolean;
}
/** Stands behind the id of such a step in the file of those that were started. */
export const SLOW = 'slow';

/** What the next daemon reads when this launcher's daemon is gone. */
export interface OwnRecord {
  /** Written before the step's command starts. Not forced to the disk: after a power failure nothing runs any more. */
  started(step: StartedStep): void;
  /** None of the steps recorded so far is of interest any more. */
  forgetStarted(): void;
  closed(): void;
  /** Throws when it could not be made durable. */
  finished(step: string, result: StepResult): void;
}

const FORGOTTEN_ABOVE = 1024 * 1024;

export function createOwnRecord(stateDirectory: string, id: string, daemonPid: number): OwnRecord {
  const launcher = identityOf(process.pid);
  const daemon = identityOf(daemonPid);
  if (!launcher || !daemon) throw new Error('The cluster manager that started this launcher is gone.');
  const directory = join(launchersDirectory(stateDirectory), id);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const record: LauncherRecord = { format: 1, id, launcher, daemon };
  writeDurably(join(directory, LAUNCHER_FILES.identity), `${JSON.stringify(record)}\n`);
  const fd = openSync(join(directory, LAUNCHER_FILES.started), 'a', 0o600);
  let startedBytes = 0;
  let results = 0;
  return {
    started({ step, slow }) {
      try {
        startedBytes += writeSync(fd, slow ? `${step} ${SLOW}\n` : `${step}\n`);
      } catch {
        // A full disk stops no command. Should the daemon die too, the next one finds the process by its environment.
      }
    },
    forgetStarted() {
      if (startedBytes < FORGOTTEN_ABOVE) return;
      ftruncateSync(fd, 0);
      startedBytes = 0;
    },
    closed() {
      closeSync(openSync(join(directory, LAUNCHER_FILES.closed), 'w', 0o600));
    },
    finished(step, result) {
      writeDurably(join(directory, LAUNCHER_FILES.result(results)), `${JSON.stringify({ step, result })}\n`);
      results += 1;
    },
  };
}
