import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endsEvent, type EventOutcomeKind, scriptIdOf } from '@fallover/events';
import type { ScriptProcessEnd } from '../executor/executor.ts';
import { parseScriptEnd } from '../executor/messages.ts';
import { leftScripts } from './declared-components.ts';
import type { KeptRun, Results } from './results.ts';
import { judged } from './run-event.ts';

export interface TakeUpParts {
  stateDirectory: string;
  results: Results;
  changed(): void;
  endProcesses(script: string): Promise<void>;
  isRunning(script: string): boolean;
  stopped: AbortSignal;
}

const LOOK_AGAIN_MS = 100;
/** How long a launcher may take from the end of a script until that is on disk. */
const PATIENCE_MS = 2_000;

/**
 * What became of an event that ran when the daemon went away. Its script is finished by the launcher that started it, which
 * holds its deadline too; what was to come behind it is not started: whoever asked has gone. Undefined: this daemon ends too.
 */
export async function takenUp(
  kept: KeptRun,
  cancelled: AbortSignal | undefined,
  { stateDirectory, results, changed, endProcesses, isRunning, stopped }: TakeUpParts,
): Promise<EventOutcomeKind | undefined> {
  const place = kept.scripts.length - 1;
  const last = kept.scripts[place];
  const isReached = kept.scripts.length >= kept.planned.length;
  if (last === undefined) return kept.planned.length === 0 ? 'ok' : 'interrupted';
  if (last.status !== undefined)
    return endsEvent({ status: last.status, summary: last.summary ?? 0 }) ?? (isReached ? 'ok' : 'interrupted');
  const id = scriptIdOf(kept.id, place);
  let missingSince: number | undefined;
  for (;;) {
    const left = readLeft(stateDirectory, id);
    if (left) {
      const { kept: script, outcome } = judged(last.script, left);
      results.scriptEnded(kept.id, place, script);
      rmSync(fileOf(stateDirectory, id), { force: true });
      changed();
      if (cancelled?.aborted) return 'cancelled';
      return outcome ?? (isReached ? 'ok' : 'interrupted');
    }
    if (cancelled?.aborted) await endProcesses(id);
    if (isRunning(id)) missingSince = undefined;
    else missingSince ??= performance.now();
    if (missingSince !== undefined && performance.now() - missingSince > PATIENCE_MS) return 'interrupted';
    await wait(LOOK_AGAIN_MS, undefined, { signal: stopped }).catch(() => {});
    if (stopped.aborted) return undefined;
  }
}

const fileOf = (stateDirectory: string, id: string): string => join(leftScripts(stateDirectory), `${id}.json`);

function readLeft(stateDirectory: string, id: string): ScriptProcessEnd | undefined {
  try {
    return parseScriptEnd(JSON.parse(readFileSync(fileOf(stateDirectory, id), 'utf8')));
  } catch {
    return undefined; // Not there yet.
  }
}
