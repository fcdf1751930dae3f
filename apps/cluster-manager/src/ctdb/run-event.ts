import { endsEvent, type EventOutcomeKind, errnoMessage, judgeScript, scriptIdOf, startFaultSentence } from '@fallover/events';
import type { ScriptExecutor, ScriptProcessEnd } from '../executor/executor.ts';
import type { Component } from './component-events.ts';
import { readComponentDirectory } from './read-directory.ts';
import type { KeptScript, Results } from './results.ts';

export interface RunEventParts {
  executor: ScriptExecutor;
  results: Results;
  now(): number;
  /** Something of a run is other than before. */
  changed(): void;
  /** Ends what may be left of a script whose launcher died. */
  endProcesses(script: string): Promise<void>;
  /** Aborted when the daemon ends: from then on nothing is recorded, and the launcher leaves on disk how the script ended. */
  stopped: AbortSignal;
}

export interface RunningEvent {
  run: string;
  component: Component;
  event: string;
  args: string[];
  /** When the deadline is, by `clock`; missing: never. */
  deadline?: number;
  clock(): number;
  /** It has been cancelled. */
  signal: AbortSignal;
}

/** Runs the scripts of an event one after another; the first that fails is the last. */
export async function runEvent(
  { run, component, event, args, deadline, clock, signal }: RunningEvent,
  { executor, results, now, changed, endProcesses, stopped }: RunEventParts,
): Promise<EventOutcomeKind> {
  const read = readComponentDirectory(component);
  results.started(run, now(), read.ok ? read.value.scripts.map(({ name }) => name) : []);
  changed();
  if (!read.ok) return 'no_directory';
  if (signal.aborted) return 'cancelled';
  for (const [place, { name, file }] of read.value.scripts.entries()) {
    const id = scriptIdOf(run, place);
    results.scriptStarted(run, place, name, now());
    const kill = (): void => executor.endScript(id);
    signal.addEventListener('abort', kill);
    const left = deadline === undefined ? undefined : Math.max(0, Math.round(deadline - clock()));
    const end = await executor.script({
      ...{ id, component: component.name, file, event, args },
      ...(left === undefined ? {} : { timeoutMs: left }),
    });
    signal.removeEventListener('abort', kill);
    if (stopped.aborted) return 'interrupted';
    if (end === 'lost') {
      await endProcesses(id);
      return 'interrupted';
    }
    const { kept, outcome } = judged(name, end);
    results.scriptEnded(run, place, kept);
    executor.acknowledgeScript(id);
    if (signal.aborted && outcome !== 'timed_out') return 'cancelled';
    if (outcome !== undefined) return outcome;
    changed();
  }
  return 'ok';
}

/** How a script ended, as it is kept, and what the event comes to if it ends with it. */
export function judged(name: string, end: ScriptProcessEnd): { kept: KeptScript; outcome: EventOutcomeKind | undefined } {
  const { status: exitStatus, signal, fault, timedOut, gone, startedAt, durationMs, output, outputCut, debugOutput } = end;
  const judgement = judgeScript({
    exitStatus,
    ...(signal === undefined ? {} : { signal }),
    ...(fault === undefined ? {} : { fault }),
    ...(timedOut ? { timedOut } : {}),
    ...(gone ? { gone } : {}),
  });
  const { status, summary } = judgement;
  const reason = reasonOf(end, summary);
  const kept: KeptScript = {
    ...{ script: name, status, summary, startedAt, durationMs, output },
    ...(fault || signal !== undefined || timedOut ? {} : { exitStatus }),
    ...(signal === undefined ? {} : { signal }),
    ...(reason === undefined ? {} : { reason }),
    ...(outputCut === undefined ? {} : { outputCut }),
    ...(debugOutput === undefined ? {} : { debugOutput }),
  };
  return { kept, outcome: end.ended && !timedOut ? 'cancelled' : endsEvent(judgement) };
}

function reasonOf({ fault, timedOut, gone, ended, signal }: ScriptProcessEnd, summary: number): string | undefined {
  if (timedOut) return fault ? 'The deadline had passed before it could be started.' : undefined;
  if (gone) return 'Its file was not there any more when its turn came.';
  if (ended) return 'It was ended, because the event was cancelled.';
  if (fault?.code === 'no_interpreter' && fault.reason === undefined)
    return 'It is empty, or its first line names no interpreter: CTDB counts that as disabled.';
  if (fault?.code === 'not_executable') return 'It may not be executed by its owner.';
  if (fault) return startFaultSentence(fault);
  if (signal !== undefined) return `It was ended by the signal ${signal}.`;
  return summary < 0 ? `${errnoMessage(-summary)}.` : undefined;
}
