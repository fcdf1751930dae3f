import type { ReportedScript } from './read-status.ts';
import type { EventOutcomeKind } from './words.ts';

/** The date in `ctdb event status` is by the second, and is taken when CTDB starts the script. */
const SECOND = 1000;

/** What a status that was just read says of an event that was seen at `at` (milliseconds since 1970, by the hook's clock). */
export type Sighting =
  /** It has not ended yet, or it was cancelled: the status is that of an earlier one. */
  | { kind: 'earlier' }
  | { kind: 'ended'; outcome: EventOutcomeKind }
  /** The same event has run once more since, and its status has taken the place. */
  | { kind: 'overtaken' };

/** The hook is the first script of its component, so the first that has a time tells when the event began. */
export function sighted(at: number, scripts: readonly ReportedScript[]): Sighting {
  const began = scripts.find(({ startedAt }) => startedAt !== undefined)?.startedAt;
  if (began === undefined || began < Math.floor(at / SECOND) * SECOND - SECOND) return { kind: 'earlier' };
  if (began > at + SECOND) return { kind: 'overtaken' };
  if (scripts.some(({ status }) => status === 'TIMEDOUT')) return { kind: 'ended', outcome: 'timed_out' };
  return { kind: 'ended', outcome: scripts.some(({ status }) => status !== 'OK' && status !== 'DISABLED') ? 'failed' : 'ok' };
}

/** Milliseconds after it was seen at which its status is read; the last one is past every EventScriptTimeout that is usual. */
export const LOOK_AFTER_MS: readonly number[] = [100, 300, 700, 1_500, 3_000, 6_000, 12_000, 20_000, 31_000, 45_000, 65_000];
