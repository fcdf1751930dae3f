import { readFileSync, writeFileSync } from 'node:fs';
import {
  applyRecord,
  localClock,
  outputPrefix,
  type RunPlan,
  type RunRecord,
  type RunState,
  runningSteps,
  scopeOf,
  startRun,
} from '@fallover/events';
import { filesOfLog, type HacmpOut, type OutputFollower, outputFollower } from '@fallover/hacmp-out';
import { endLines, hasEnded, linesOf, plannedStep } from './hacmp-lines.ts';
import type { LiveRun } from './live-run.ts';

/** Writes hacmp.out from what the journal has recorded, with the output of commands between. */
export interface HacmpLog {
  recorded(run: Pick<LiveRun, 'id'>, records: readonly RunRecord[]): void;
  /** After a restart: writes what the earlier daemon had no time for, also of a run that is over, and follows output again. */
  takeUp(run: Pick<LiveRun, 'id' | 'state' | 'records'>): void;
  /** Copies new output, and rotates when it is due; to be called every so often. */
  tick(): void;
  close(): void;
}

export interface HacmpLogParts {
  /** Only its own pipelines are written; every node has a log of its own. */
  node: string;
  out: HacmpOut;
  /** Where a step's output is. */
  fileOf(step: string): string;
  timeZone?: string;
}

export function hacmpLog({ node, out, fileOf, timeZone }: HacmpLogParts): HacmpLog {
  const local = localClock(timeZone);
  const time = (at: string) => local(Date.parse(at));
  const runs = new Map<string, ToldRun>();
  const followers = new Map<string, OutputFollower>();
  const positionsFile = `${out.path}.positions`;
  let kept = '{}';

  function follow(step: string, event: string, from = 0): void {
    followers.set(step, outputFollower({ file: fileOf(step), prefix: outputPrefix(step, event), out, from }));
  }

  /** The lines that a record stands for, as the run is then. */
  function lines(told: ToldRun, record: RunRecord): string[] {
    told.state = record.kind === 'planned' ? startRun(record.plan) : applyRecord(told.state, record);
    told.records.push(record);
    if (isOfAnother(record)) return [];
    const said = linesOf(told.state, record, { time, isFirst: (scope) => !told.open.has(scope) });
    if (record.kind === 'started') told.open.add(scopeOf(record.step));
    // Sub-events first: what a pipeline has called ends before it.
    for (const scope of [...told.open].reverse()) {
      if (!hasEnded(told.state, scope)) continue;
      told.open.delete(scope);
      said.push(...endLines(told.state, scope, told.records, time));
    }
    return said;
  }

  /** What another node's pipeline has done; what holds for the whole run is written by all. */
  function isOfAnother(record: RunRecord): boolean {
    const about = record.kind === 'warned' ? record.scope : 'step' in record ? record.step : undefined;
    return about !== undefined && record.kind !== 'abort' && about.split('/')[2] !== node;
  }

  return {
    recorded({ id }, records) {
      for (const record of records) {
        const told = runs.get(id) ?? (record.kind === 'planned' ? toldRun(record.plan) : undefined);
        if (!told) continue;
        runs.set(id, told);
        const step = 'step' in record && !isOfAnother(record) ? record.step : undefined;
        // All that a command has written stands before the word that it has ended.
        if (step !== undefined && (record.kind === 'finished' || record.kind === 'interrupted')) endOutput(step);
        const said = lines(told, record);
        if (record.kind === 'started' && !isOfAnother(record)) follow(record.step, eventOf(told.state, record.step));
        if (said.length > 0) out.append(said);
        if (told.state.state === 'ended') runs.delete(id);
      }
    },
    takeUp({ id, state, records: [first, ...records] }) {
      if (first?.kind !== 'planned') return;
      const told = toldRun(first.plan);
      const said = [first, ...records].map((record) => ({ record, lines: lines(told, record) }));
      const isOver = state.state === 'ended';
      const last = lastWritten(
        out.path,
        said.map((one) => one.lines),
      );
      const positions = readPositions(positionsFile);
      // The log of a run that is over may have been moved away since; what lacks is only ever its end.
      for (const { record, lines } of last === undefined && isOver ? [] : said.slice((last ?? -1) + 1)) {
        if ((record.kind === 'finished' || record.kind === 'interrupted') && !isOfAnother(record)) {
          follow(record.step, eventOf(state, record.step), positions[record.step] ?? 0);
          endOutput(record.step);
        }
        if (lines.length > 0) out.append(lines);
      }
      if (isOver) return;
      runs.set(id, told);
      for (const step of runningSteps(state).filter((id) => id.split('/')[2] === node))
        follow(step, eventOf(state, step), positions[step] ?? 0);
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

  function endOutput(step: string): void {
    followers.get(step)?.finish();
    followers.delete(step);
  }
}

/** What of a run is written: the run as it was after each record, so that no later one changes what an earlier one says. */
interface ToldRun {
  state: RunState;
  records: RunRecord[];
  /** Pipelines whose start is written and whose end is not. */
  open: Set<string>;
}

const toldRun = (plan: RunPlan): ToldRun => ({ state: startRun(plan), records: [], open: new Set() });

const eventOf = (run: RunState, step: string): string => plannedStep(run, step)?.pipeline.event ?? '';

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

/**
 * The last of these groups of lines that an earlier daemon has written; it wrote them in this order. The lines of a group are
 * one write; the one behind a step's prefix, else the first, tells them from all others.
 */
function lastWritten(path: string, groups: string[][]): number | undefined {
  for (const file of filesOfLog(path).reverse()) {
    const written = new Set(readFileSync(file).subarray(-TAIL).toString('utf8').split('\n'));
    const last = groups.findLastIndex((lines) => {
      const known = lines.find((line) => line.startsWith('|')) ?? lines[0];
      return known !== undefined && written.has(known);
    });
    if (last >= 0) return last;
  }
  return undefined;
}
