import { err, type FenceEnd, ok, type Result, type StartFault } from '@fallover/events';
import type { FenceRequest, LauncherSettings } from '../executor.ts';
import { commandDirectoryOf } from '../state-files.ts';
import type { FileFacts } from './file-facts.ts';
import type { Stats } from 'node:fs';
import { type Libc, readWaitStatus } from './libc.ts';
import { fileOf, inspectFile } from './library-script.ts';
import { outputTail } from './output-tail.ts';
import { recordOutput } from './output.ts';
import type { Revision } from './revisions.ts';
import { startCommand } from './start-command.ts';
import { statusOf } from './trust.ts';

export interface FencingParts {
  settings: LauncherSettings;
  libc: Libc;
  revisions(hash: string): Result<Revision, string>;
  factsOf(path: string, file: Stats): FileFacts;
  /** Nothing may be started any more. */
  isOver(): boolean;
  /** Tells later how the child ended. */
  onEnd(pid: number, ended: (waitStatus: number) => void): void;
  /** KILL to the process group. */
  kill(pid: number): void;
  clock(): number;
}

/** Runs the cluster's fence command for one node. */
export interface Fencing {
  start(request: FenceRequest, ended: (end: FenceEnd) => void): void;
  /** This node is no member any more, and may be fenced itself: it fences nobody. */
  expel(): void;
  isRunning(): boolean;
}

const OUTPUT_KEPT = 4096;

export function createFencing({ settings, libc, revisions, factsOf, isOver, onEnd, kill, clock }: FencingParts): Fencing {
  const running = new Map<number, { expelled: boolean; timedOut: boolean }>();

  const begin = (request: FenceRequest, ended: (end: FenceEnd) => void): StartFault | undefined => {
    const revision = revisions(request.revision);
    if (!revision.ok) return { code: 'not_in_active_configuration', path: 'FENCE_COMMAND', reason: revision.error };
    const [command, ...args] = revision.value.fenceCommand;
    if (command === undefined) return { code: 'not_in_active_configuration', path: 'FENCE_COMMAND' };
    const file = fileOf(command, revision.value, settings.scriptLibrary);
    if (!file.ok) return file.error;
    const path = file.value.file;
    const inspected = inspectFile(file.value, factsOf);
    if ('fault' in inspected) return inspected.fault;
    if (isOver()) return { code: 'not_a_member', path };
    const startedAt = clock();
    const started = startCommand(libc, [path, ...args, request.node], environmentOf(settings));
    if (!started.ok) return started.error;
    const { pid, output } = started.value;
    const state = { expelled: false, timedOut: false };
    running.set(pid, state);
    const tail = outputTail(OUTPUT_KEPT);
    const recorded = recordOutput(libc, output, tail.log);
    const timer = setTimeout(() => {
      state.timedOut = true;
      kill(pid);
    }, request.timeoutMs);
    onEnd(pid, (waitStatus) => {
      clearTimeout(timer);
      running.delete(pid);
      const durationMs = Math.round(clock() - startedAt);
      recorded.settle(() => {
        const how = readWaitStatus(waitStatus);
        const killed = how.signal === 'SIGKILL';
        ended({
          ...how,
          ...(killed && state.timedOut ? { timedOut: true } : {}),
          ...(killed && state.expelled ? { expelled: true } : {}),
          durationMs,
          output: tail.text(),
        });
      });
    });
    return undefined;
  };

  return {
    start(request, ended) {
      let begun: Result<undefined, StartFault>;
      try {
        const fault = begin(request, ended);
        begun = fault === undefined ? ok(undefined) : err(fault);
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String((error as Error).message);
        begun = err({ code: 'cannot_start', path: 'FENCE_COMMAND', reason });
      }
      if (!begun.ok) ended({ status: statusOf(begun.error), fault: begun.error, durationMs: 0, output: '' });
    },
    expel() {
      for (const [pid, state] of running) {
        state.expelled = true;
        kill(pid);
      }
    },
    isRunning: () => running.size > 0,
  };
}

/** As a step's environment, as far as there is something to say without a step. */
const environmentOf = ({ stateDirectory, node, cluster }: LauncherSettings): Record<string, string> => ({
  PATH: `${commandDirectoryOf(stateDirectory)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  LOCALNODENAME: node,
  CLUSTER_NAME: cluster,
  FALLOVER_STATE: stateDirectory,
});
