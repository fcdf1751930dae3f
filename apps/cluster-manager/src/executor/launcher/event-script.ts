import { lstatSync, mkdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { err, type StartFault, startFaultSentence } from '@fallover/events';
import { leftScripts, placeOf, readDeclarations } from '../../ctdb/declared-components.ts';
import type { LauncherSettings, ScriptProcessEnd, ScriptRequest } from '../executor.ts';
import { commandDirectoryOf } from '../state-files.ts';
import type { FileFacts } from './file-facts.ts';
import { type Libc, readWaitStatus } from './libc.ts';
import { recordOutput } from './output.ts';
import { outputTail } from './output-tail.ts';
import { startCommand } from './start-command.ts';
import { inspectCommand, statusOf } from './trust.ts';
import { writeDurably } from './write-durably.ts';

export interface EventScriptParts {
  settings: LauncherSettings;
  libc: Libc;
  factsOf(path: string, file: Stats): FileFacts;
  /** Tells later how the child ended. */
  onEnd(pid: number, ended: (waitStatus: number) => void): void;
  signal(group: number, signal: NodeJS.Signals): void;
  send(id: string, end: ScriptProcessEnd): void;
  clock(): number;
  now(): number;
}

/** Runs event scripts of components. */
export interface EventScripts {
  start(request: ScriptRequest): void;
  /** KILL to its process group, as CTDB does with a monitor that another event has to go before. */
  end(id: string): void;
  /** The daemon has recorded how it ended. */
  acknowledge(id: string): void;
  /** The daemon is gone: what it has not recorded is left on disk, now and as it ends. */
  close(idle: () => void): void;
  isRunning(): boolean;
}

interface OpenScript {
  group?: number;
  ended?: true;
  timedOut?: true;
  timers: NodeJS.Timeout[];
  /** The debug script that looks at it. */
  debugging?: number;
  debugOutput?: string;
  end?: ScriptProcessEnd;
}

const OUTPUT_KEPT = 64 * 1024;
const DEBUG_MS = 10_000;
const TERM_GRACE_MS = 2_000;
const S_IXUSR = 0o100;
const TRY_AGAIN_MS = 1000;

export function createEventScripts(parts: EventScriptParts): EventScripts {
  const { settings, libc, factsOf, onEnd, signal, send, clock, now } = parts;
  const open = new Map<string, OpenScript>();
  let idle: (() => void) | undefined;

  const finish = (id: string, script: OpenScript, end: ScriptProcessEnd): void => {
    for (const timer of script.timers) clearTimeout(timer);
    script.end = end;
    if (idle) leave(id, end);
    else send(id, end);
  };

  const leave = (id: string, end: ScriptProcessEnd): void => {
    const directory = leftScripts(settings.stateDirectory);
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeDurably(join(directory, `${id}.json`), `${JSON.stringify(end)}\n`);
    } catch (error) {
      // Without its state directory nobody can ever ask for the result.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        setTimeout(() => leave(id, end), TRY_AGAIN_MS);
        return;
      }
    }
    open.delete(id);
    if (open.size === 0) idle?.();
  };

  const begin = (request: ScriptRequest, script: OpenScript): { fault: StartFault; gone?: true } | undefined => {
    const place = placeOf(readDeclarations(settings.stateDirectory), request.component);
    if (!place) return { fault: { code: 'command_not_found', path: request.component } };
    const path = join(place.directory, request.file);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined)
      return { fault: { code: 'command_not_found', path }, gone: true };
    // As CTDB has it: without the owner's bit it is disabled, whoever it belongs to and whatever root may do.
    const file = statSync(path, { throwIfNoEntry: false });
    if (file && (file.mode & S_IXUSR) === 0) return { fault: { code: 'not_executable', path } };
    if (request.timeoutMs === 0) {
      script.timedOut = true;
      return { fault: { code: 'cannot_start', path, reason: 'ETIMEDOUT' } };
    }
    const inspected = inspectCommand(path, factsOf);
    if ('fault' in inspected) return { fault: inspected.fault };
    const environment = environmentOf(settings, request, place.base);
    const startedAt = clock();
    const begunAt = now();
    const started = startCommand(libc, [path, request.event, ...request.args], environment);
    if (!started.ok) return { fault: started.error };
    const { pid } = started.value;
    script.group = pid;
    const tail = outputTail(OUTPUT_KEPT);
    const recorded = recordOutput(libc, started.value.output, tail.log);
    if (request.timeoutMs !== undefined)
      script.timers.push(setTimeout(() => overdue(request, script, environment, place.debugScript), request.timeoutMs));
    onEnd(pid, (waitStatus) => {
      delete script.group;
      const durationMs = Math.round((clock() - startedAt) * 1000) / 1000;
      recorded.settle(() => {
        const cut = Math.max(0, tail.log.written() - OUTPUT_KEPT);
        finish(request.id, script, {
          ...readWaitStatus(waitStatus),
          ...(script.timedOut ? { timedOut: true } : {}),
          ...(script.ended ? { ended: true } : {}),
          startedAt: begunAt,
          durationMs,
          output: tail.text(),
          ...(cut > 0 ? { outputCut: cut } : {}),
          ...(script.debugOutput === undefined ? {} : { debugOutput: script.debugOutput }),
        });
      });
    });
    return undefined;
  };

  /** The deadline has come: the debug script looks at it first, then it gets TERM, then KILL. CTDB would leave it alive. */
  const overdue = (
    request: ScriptRequest,
    script: OpenScript,
    environment: Record<string, string>,
    debugScript: string | undefined,
  ): void => {
    script.timedOut = true;
    const term = (): void => {
      if (script.group === undefined) return;
      signal(script.group, 'SIGTERM');
      script.timers.push(
        setTimeout(() => {
          if (script.group !== undefined) signal(script.group, 'SIGKILL');
        }, TERM_GRACE_MS),
      );
    };
    if (debugScript === undefined || script.group === undefined) term();
    else debug(script, [debugScript, String(script.group), request.event], environment, term);
  };

  const debug = (
    script: OpenScript,
    argv: [string, ...string[]],
    environment: Record<string, string>,
    then: () => void,
  ): void => {
    const say = (text: string): void => {
      script.debugOutput = text.slice(-OUTPUT_KEPT);
      then();
    };
    const inspected = inspectCommand(argv[0], factsOf);
    const started = 'fault' in inspected ? err(inspected.fault) : startCommand(libc, argv, environment);
    if (!started.ok) {
      say(`The debug script was not started. ${startFaultSentence(started.error)}\n`);
      return;
    }
    const { pid, output } = started.value;
    const tail = outputTail(OUTPUT_KEPT);
    const recorded = recordOutput(libc, output, tail.log);
    const timer = setTimeout(() => signal(pid, 'SIGKILL'), DEBUG_MS);
    script.timers.push(timer);
    onEnd(pid, () => {
      clearTimeout(timer);
      recorded.settle(() => say(tail.text()));
    });
  };

  return {
    start(request) {
      if (open.has(request.id)) return;
      const script: OpenScript = { timers: [] };
      open.set(request.id, script);
      const refused = begunOrFault(() => begin(request, script), script, request.component);
      if (!refused) return;
      finish(request.id, script, {
        status: statusOf(refused.fault),
        fault: refused.fault,
        ...(refused.gone ? { gone: true } : {}),
        ...(script.timedOut ? { timedOut: true } : {}),
        startedAt: now(),
        durationMs: 0,
        output: '',
      });
    },
    end(id) {
      const script = open.get(id);
      if (script?.group === undefined) return;
      script.ended = true;
      signal(script.group, 'SIGKILL');
    },
    acknowledge(id) {
      if (open.get(id)?.end) open.delete(id);
    },
    close(whenIdle) {
      idle = whenIdle;
      for (const [id, { end }] of open) if (end) leave(id, end);
    },
    isRunning: () => open.size > 0,
  };
}

function begunOrFault(
  begin: () => { fault: StartFault; gone?: true } | undefined,
  script: OpenScript,
  path: string,
): { fault: StartFault; gone?: true } | undefined {
  try {
    return begin();
  } catch (error) {
    // Without a file descriptor or a pipe, say. What runs already is not refused any more.
    const reason = (error as NodeJS.ErrnoException).code ?? String((error as Error).message);
    return script.group === undefined ? { fault: { code: 'cannot_start', path, reason } } : undefined;
  }
}

/** FALLOVER_STEP makes its processes known, should the launcher die. */
const environmentOf = (
  { stateDirectory, node, cluster }: LauncherSettings,
  { id }: ScriptRequest,
  base: string | undefined,
): Record<string, string> => ({
  PATH: `${commandDirectoryOf(stateDirectory)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  ...(base === undefined ? {} : { CTDB_BASE: base }),
  LOCALNODENAME: node,
  CLUSTER_NAME: cluster,
  FALLOVER_STATE: stateDirectory,
  FALLOVER_STEP: id,
});
