import { counterpartOf } from './message.ts';
import { isUnsent } from './schedule.ts';
import type { Notification } from './types.ts';

/** A flapping event holds its notification back so many times at most. */
const MOST_HOLDS = 4;
/** A message names so many of what it tells of besides. */
const MOST_NAMED = 6;

/**
 * Those of the pending ones that a new notification tells of as well: an earlier moment of the same run, or what it undoes
 * while that is still held back. Nothing that has left is among them.
 */
export function toldWith(fresh: Notification, pending: readonly Notification[], holdMs: number): Notification[] {
  return pending.filter(
    (earlier) =>
      earlier.id !== fresh.id &&
      earlier.method === fresh.method &&
      earlier.moment !== 'test' &&
      earlier.escalatedFrom === fresh.escalatedFrom &&
      earlier.at <= fresh.at &&
      isUnsent(earlier) &&
      (isUpdatedBy(earlier, fresh) || (holdMs > 0 && isUndoneBy(earlier, fresh))),
  );
}

/** The order of what is told of one run. A later moment is never told by an earlier one, in whichever order they are made. */
const ORDER: readonly Notification['moment'][] = ['start', 'warning', 'failure', 'success'];

const isUpdatedBy = (earlier: Notification, fresh: Notification): boolean =>
  earlier.run !== undefined && earlier.run === fresh.run && ORDER.indexOf(earlier.moment) < ORDER.indexOf(fresh.moment);

const isUndoneBy = (earlier: Notification, fresh: Notification): boolean =>
  earlier.state === 'waiting' &&
  earlier.notBefore !== undefined &&
  counterpartOf(earlier.event) === fresh.event &&
  earlier.args[0] === fresh.args[0];

/**
 * The new notification with what it tells of besides. An update of the same run is sent when the earlier one was to be; what
 * undoes another waits its own time, until it tells of so many that it waits no longer than they do.
 */
export function groupedInto(
  fresh: Notification,
  earlier: readonly Notification[],
  { isVerbatim }: { isVerbatim: boolean } = { isVerbatim: false },
): Notification {
  const bounds = earlier
    .filter(({ run, tellsOf = [] }) => run === fresh.run || tellsOf.length >= MOST_HOLDS - 1)
    .map(({ notBefore }) => notBefore);
  const soonest = [fresh.notBefore, ...bounds].flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  return {
    ...fresh,
    // To what a numeric pager shows nothing can be added.
    text: isVerbatim ? fresh.text : [fresh.text, ...before(fresh, earlier)].join('\n'),
    tellsOf: [...new Set([...(fresh.tellsOf ?? []), ...earlier.flatMap(({ id, tellsOf = [] }) => [...tellsOf, id])])],
    ...(soonest.length === 0 ? {} : { notBefore: new Date(Math.min(...soonest)).toISOString() }),
  };
}

const STILL_EARLIER = 'The delivery log has what was before that.';
const NAMED = /^Before, at /;

/** A line for each that is told of besides, and for each that these were to tell of, by their time; the newest when they are many. */
function before(fresh: Notification, earlier: readonly Notification[]): string[] {
  const lines = earlier.flatMap((one) => {
    // That it has begun, everything later says.
    const isBegin = one.moment === 'start' && one.run === fresh.run;
    return [...besides(one), ...(isBegin ? [] : [`Before, at ${one.at}: ${one.subject}`])];
  });
  const named = [...new Set(lines)].filter((line) => line !== STILL_EARLIER).sort();
  const isCut = named.length > MOST_NAMED || lines.includes(STILL_EARLIER);
  return [...(isCut ? [STILL_EARLIER] : []), ...named.slice(-MOST_NAMED)];
}

/** The lines that were put behind its own text. */
function besides({ text, tellsOf = [] }: Notification): string[] {
  if (tellsOf.length === 0) return [];
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => !NAMED.test(line) && line !== STILL_EARLIER);
  return lines.slice(last + 1);
}
