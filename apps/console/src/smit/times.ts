const two = (value: number): string => String(value).padStart(2, '0');

/** `14:22:10` today, `Nov 23 14:22:10` on other days, `Nov 23 2027 14:22:10` in another year; in the browser's time zone. */
export function clockTime(iso: string, now: number = Date.now()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const today = new Date(now);
  if (at.toDateString() === today.toDateString()) return time;
  const year = at.getFullYear() === today.getFullYear() ? '' : ` ${at.getFullYear()}`;
  return `${MONTHS[at.getMonth()]} ${at.getDate()}${year} ${time}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment in a sentence: its words there, and the same in ISO 8601. */
export interface Moment {
  words: string;
  at: string;
}

/** What stands in quotes is what somebody typed or has to type: it stays as it is. */
const QUOTED_OR_MOMENT =
  /"(?:[^"\\]|\\.)*"|\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)| \d\d:\d\d:\d\d UTC)(?![\w:])/g;

/**
 * A sentence of the cluster manager's, in pieces. It names its moments in UTC, as it does not know where it is read:
 * `2026-11-23T14:22:10.000Z` or `2026-11-23 14:22:10 UTC`.
 */
export function sentencePieces(sentence: string): (string | Moment)[] {
  const pieces: (string | Moment)[] = [];
  let from = 0;
  for (const { 0: words, index } of sentence.matchAll(QUOTED_OR_MOMENT)) {
    const at = words.replace(' UTC', 'Z').replace(' ', 'T');
    if (words.startsWith('"') || Number.isNaN(Date.parse(at))) continue;
    pieces.push(sentence.slice(from, index), { words, at });
    from = index + words.length;
  }
  return [...pieces, sentence.slice(from)].filter((piece) => piece !== '');
}

/** A sentence of the cluster manager's with its moments as all others on the screen are shown. */
export const withClockTimes = (sentence: string, now: number = Date.now()): string =>
  sentencePieces(sentence)
    .map((piece) => (typeof piece === 'string' ? piece : clockTime(piece.at, now)))
    .join('');

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(seconds < 0.1 ? 3 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Behind a time that has gone by: how long it may take before config_too_long warns, and whether it has. */
export const untilWarningWords = (seconds: number, late: boolean): string =>
  late ? `, past the ${duration(seconds * 1000)} until warning` : ` of ${duration(seconds * 1000)} until warning`;

export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = '';
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

export const elapsedMs = (
  run: { startedAt?: string | undefined; endedAt?: string | undefined },
  now: number,
): number | undefined =>
  run.startedAt === undefined ? undefined : Date.parse(run.endedAt ?? new Date(now).toISOString()) - Date.parse(run.startedAt);
