import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isOver, localClock, outputPrefix, type RunRecord, runningSteps, scopeOf } from '@fallover/events';
import { type HacmpOut, type OutputFollower, outputFollower } from '@fallover/hacmp-out';
import { endLines, linesOf, plannedStep } from './hacmp-lines.ts';
import type { LiveRun } from './live-run.ts';

/** Writes hacmp.out from what the journal has recorded, with the output of commands between. */
export interface HacmpLog {
  recorded(run: LiveRun, records: readonly RunRecord[]): void;
  /** After a restart: writes the markers that the earlier daemon had no time for, and follows output again. */
  takeUp(run: LiveRun): void;
  /** Copies new output, and rotates when it is due; to be called every so often. */
  tick(): void;
  close(): void;
}

export function hacmpLog(out: HacmpOut, fileOf: (step: string) => string, timeZone?: string): HacmpLog {
  const local = localClock(timeZone);
  const time = (at: string) => local(Date.parse(at));
  const open = new Set<string>();
  const followers = new Map<string, OutputFollower>();
  const positionsFile = `${out.path}.positions`;
  let kept = '{}';

  function follow(step: string, event: string, from = 0): void {
    followers.set(step, outputFollower({ file: fileOf(step), prefix: outputPrefix(step, event), out, from }));
  }

  return {
    recorded(run, records) {
      for (const record of records) {
        const step = 'step' in record ? record.step : undefined;
        // All that a command has written stands before the word that it has ended.
        if (step !== undefined && (record.kind === 'finished' || record.kind === 'interrupted')) {
          followers.get(step)?.finish();
          followers.delete(step);
        }
        const lines = linesOf(run.state, record, { time, isFirst: (scope) => !open.has(scope) });
        if (record.kind === 'started') {
          open.add(scopeOf(record.step));
          follow(record.step, plannedStep(run.state, record.step)?.pipeline.event ?? '');
        }
        if (record.kind === 'finished') lines.push(...endOf(run, record.step));
        if (lines.length > 0) out.append(lines);
      }
    },
    takeUp(run) {
      const written = new Set(readTail(out.path).split('\n'));
      for (const record of run.records) {
        const lines = linesOf(run.state, record, { time, isFirst: (scope) => !open.has(scope) });
        if (record.kind === 'started') open.add(scopeOf(record.step));
        if (record.kind === 'finished') lines.push(...endOf(run, record.step));
        // The lines of a record are written by one call; the one behind a step's prefix, else the first, tells them from all others.
        const known = lines.find((line) => line.startsWith('|')) ?? lines[0];
        if (known !== undefined && !written.has(known)) out.append(lines);
      }
      const positions = readPositions(positionsFile);
      for (const step of runningSteps(run.state))
        follow(step, plannedStep(run.state, step)?.pipeline.event ?? '', positions[step] ?? 0);
    },
    tick() {
      out.rotateIfDue();
      const began = performance.now();
      for (const follower of followers.values())
        while (follower.poll() && performance.now() - began < TICK_BUDGET_MS) keepPositions();
      keepPositions();
    },
    close() {
      for (const follower of followers.values()) follower.poll();
      keepPositions();
      out.close();
    },
  };

  /** How far each step's output is copied: where the next daemon goes on, should this one die. */
  function keepPositions(): void {
    const text = JSON.stringify(Object.fromEntries([...followers].map(([step, follower]) => [step, follower.position()])));
    if (text === kept) return;
    kept = text;
    try {
      writeFileSync(positionsFile, text, { mode: 0o600 });
    } catch {
      // A full disk: the next daemon then copies from the beginning.
    }
  }

  function endOf(run: LiveRun, step: string): string[] {
    const scope = scopeOf(step);
    const pipeline = run.state.pipelines[scope];
    if (!pipeline || !isOver(pipeline) || lastFinished(run.records, scope) !== step) return [];
    open.delete(scope);
    return endLines(run.state, scope, run.records, time);
  }
}

function lastFinished(records: readonly RunRecord[], scope: string): string | undefined {
  const last = records.findLast((record) => record.kind === 'finished' && scopeOf(record.step) === scope);
  return last?.kind === 'finished' ? last.step : undefined;
}

/** Copying output takes no more of a tick than this. */
const TICK_BUDGET_MS = 25;

function readPositions(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}

const TAIL = 8 * 1024 * 1024;

/** The newest part of the log, where whatever an earlier daemon wrote last must stand. */
function readTail(path: string): string {
  const text = (file: string): string => (existsSync(file) ? readFileSync(file).subarray(-TAIL).toString('utf8') : '');
  return text(`${path}.1`) + text(path);
}
