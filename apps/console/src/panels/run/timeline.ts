import type { RunView, StepView } from '@fallover/contract';

/** The one time axis of a run's steps, in milliseconds since 1970; `tick` apart stand the marks on it. */
export interface Axis {
  from: number;
  to: number;
  tick: number;
}

export interface Span {
  startedAt?: string | undefined;
  endedAt?: string | undefined;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TICKS = [
  ...[0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12, 24].map((hours) => hours * HOUR),
];
const MOST_TICKS = 8;
const SHORTEST_MS = 100;

/** From the first step to the last end, or to now while something runs; the time until warning is in view once half of it is over. */
export function axisOf(
  run: Pick<RunView, 'startedAt' | 'steps' | 'warnedAt' | 'timeUntilWarning'>,
  now: number,
  children: readonly Span[] = [],
): Axis | undefined {
  const spans: Span[] = [...run.steps, ...children];
  const starts = [run.startedAt, ...spans.map(({ startedAt }) => startedAt)].flatMap((at) => (at ? [Date.parse(at)] : []));
  if (starts.length === 0) return undefined;
  const from = Math.min(...starts);
  const running = run.steps.some(({ state }) => state === 'running');
  const ends = spans.flatMap(({ startedAt, endedAt }) => (startedAt ? [endOf(startedAt, endedAt, now)] : []));
  const reached = Math.max(from, ...ends, ...run.warnedAt.map(({ at }) => Date.parse(at)));
  const limit = from + (run.timeUntilWarning ?? Number.POSITIVE_INFINITY) * SECOND;
  const wanted = running && Number.isFinite(limit) && reached - from > (limit - from) / 2 ? Math.max(reached, limit) : reached;
  const to = from + Math.max(SHORTEST_MS, (wanted - from) * 1.02);
  return { from, to, tick: tickOf(to - from) };
}

const tickOf = (length: number): number =>
  TICKS.find((tick) => length / tick <= MOST_TICKS) ?? Math.ceil(length / MOST_TICKS / (24 * HOUR)) * 24 * HOUR;

const endOf = (startedAt: string, endedAt: string | undefined, now: number): number =>
  Math.max(Date.parse(startedAt), endedAt === undefined ? now : Date.parse(endedAt));

/** Where a moment stands on the axis, in percent. */
export const placeOf = (axis: Axis, at: number): number =>
  Math.min(100, Math.max(0, ((at - axis.from) / (axis.to - axis.from)) * 100));

/** The bar of something that began, in percent of the axis. */
export function barOf(axis: Axis, { startedAt, endedAt }: Span, now: number): { left: number; width: number } | undefined {
  if (startedAt === undefined) return undefined;
  const left = placeOf(axis, Date.parse(startedAt));
  return { left, width: placeOf(axis, endOf(startedAt, endedAt, now)) - left };
}

/** The marks of the axis, in milliseconds from its beginning. */
export function ticksOf({ from, to, tick }: Axis): number[] {
  const ticks: number[] = [];
  for (let at = 0; at < to - from; at += tick) ticks.push(at);
  return ticks;
}

/** `0`, `200 ms`, `5 s`, `2 min`, `1 h 30 min`: what stands at a mark. */
export function tickWords(ms: number): string {
  if (ms === 0) return '0';
  if (ms < SECOND || (ms < MINUTE && ms % SECOND !== 0)) return ms < SECOND ? `${ms} ms` : `${ms / SECOND} s`;
  if (ms < MINUTE) return `${ms / SECOND} s`;
  if (ms < HOUR) {
    const seconds = (ms % MINUTE) / SECOND;
    return seconds === 0 ? `${ms / MINUTE} min` : `${Math.floor(ms / MINUTE)} min ${seconds} s`;
  }
  const minutes = (ms % HOUR) / MINUTE;
  return minutes === 0 ? `${ms / HOUR} h` : `${Math.floor(ms / HOUR)} h ${minutes} min`;
}

export interface Mark {
  at: number;
  kind: 'limit' | 'warned';
  says: string;
}

/** When the time until warning of one pipeline was reached, or will be, and each config_too_long since. */
export function marksOf(
  axis: Axis,
  steps: readonly Pick<StepView, 'startedAt'>[],
  warnings: RunView['warnedAt'],
  timeUntilWarning: number | undefined,
  words: (seconds: number) => string,
): Mark[] {
  const warned = warnings.map(
    ({ at, seconds }): Mark => ({
      at: Date.parse(at),
      kind: 'warned',
      says: `config_too_long after ${words(seconds)}`,
    }),
  );
  const first = steps[0];
  if (warned.length > 0 || !first || timeUntilWarning === undefined) return warned;
  const at = Date.parse(first.startedAt) + timeUntilWarning * SECOND;
  return at <= axis.to ? [{ at, kind: 'limit', says: `time until warning: ${words(timeUntilWarning)}` }] : [];
}
