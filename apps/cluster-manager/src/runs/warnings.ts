import { warnedPipelines, nextWarningAfter } from '@fallover/events';
import { type Clock, elapsed } from './clock.ts';
import type { LiveRun } from './live-run.ts';

export interface DueWarning {
  scope: string;
  event: string;
  /** Seconds from the first step on. */
  seconds: number;
  inMs: number;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The next warning of each pipeline of this node (DOMAIN.md section 2). */
export const dueWarnings = (run: LiveRun, node: string, clock: Clock): DueWarning[] =>
  warnedPipelines(run.state)
    .filter(({ planned }) => planned.node === node)
    .flatMap(({ planned: { scope, event, timeUntilWarning } }) => {
      const began = run.began.get(scope);
      if (!began || timeUntilWarning === undefined) return [];
      const given = run.state.warnings.filter((warning) => warning.scope === scope).length;
      const seconds = nextWarningAfter(timeUntilWarning, given);
      return [{ scope, seconds, event, inMs: seconds * 1000 - elapsed(clock, began) }];
    });

/** Calls when the soonest warning of a run is due, instead of what was scheduled before. */
export function scheduleWarning(run: LiveRun, { node, clock }: { node: string; clock: Clock }, warn: () => void): void {
  clearTimeout(run.warningTimer);
  const soonest = Math.min(...dueWarnings(run, node, clock).map(({ inMs }) => inMs));
  if (!Number.isFinite(soonest)) return;
  run.warningTimer = setTimeout(warn, Math.min(Math.max(soonest, 0), LONGEST_TIMER_MS));
}
