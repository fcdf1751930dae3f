import { counterpartOf } from './message.ts';
import { isUnsent } from './schedule.ts';
import type { NotificationTransport } from './transports.ts';
import type { Notification } from './types.ts';

/** A flapping event holds its notification back so many times at most. */
const MOST_HOLDS = 4;

/** What of a method says how its notifications are grouped. */
export interface Grouping {
  holdMs: number;
  transport?: NotificationTransport | undefined;
}

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
      ((earlier.run !== undefined && earlier.run === fresh.run) || (holdMs > 0 && isUndoneBy(earlier, fresh))),
  );
}

const isUndoneBy = (earlier: Notification, fresh: Notification): boolean =>
  earlier.state === 'waiting' &&
  earlier.notBefore !== undefined &&
  counterpartOf(earlier.event) === fresh.event &&
  earlier.args[0] === fresh.args[0];

/**
 * The new notification with what it tells of besides. An update of the same run is sent when the earlier one was to be; what
 * undoes another waits its own time, until it tells of so many that it waits no longer than they do.
 */
export function groupedInto(fresh: Notification, earlier: readonly Notification[], { holdMs, transport }: Grouping): Notification {
  const bounds = earlier
    .filter(({ run, tellsOf = [] }) => holdMs === 0 || run === fresh.run || tellsOf.length >= MOST_HOLDS - 1)
    .map(({ notBefore }) => notBefore);
  const soonest = [fresh.notBefore, ...bounds].flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  return {
    ...fresh,
    // A numeric pager shows digits and nothing else.
    text: transport === 'numeric_pager' ? fresh.text : [fresh.text, ...before(fresh, earlier)].join('\n'),
    tellsOf: [...new Set([...(fresh.tellsOf ?? []), ...earlier.flatMap(({ id, tellsOf = [] }) => [...tellsOf, id])])],
    ...(soonest.length === 0 ? {} : { notBefore: new Date(Math.min(...soonest)).toISOString() }),
  };
}

/** One line for each that is told of besides, and one for all that these were to tell of themselves. */
function before(fresh: Notification, earlier: readonly Notification[]): string[] {
  // That it has begun, everything later says.
  const told = earlier.filter(({ moment, run }) => moment !== 'start' || run !== fresh.run);
  const byTime = [...told].sort((a, b) => (a.at < b.at ? -1 : 1));
  const more = new Set(told.flatMap(({ tellsOf = [] }) => tellsOf)).size;
  return [
    ...byTime.map(({ subject, at }) => `Before, at ${at}: ${subject}`),
    ...(more === 0 ? [] : [`Before that: ${more} more. The delivery log has ${more === 1 ? 'it' : 'them all'}.`]),
  ];
}
