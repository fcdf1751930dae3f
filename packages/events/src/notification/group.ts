import { counterpartOf } from './message.ts';
import { isUnsent } from './schedule.ts';
import type { Notification } from './types.ts';

/** A flapping event holds its notification back so many times at most. */
const MOST_HOLDS = 4;

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

/** The new notification with what it tells of besides; never later than the earliest of them may be held. */
export function groupedInto(fresh: Notification, earlier: readonly Notification[], holdMs: number): Notification {
  const undone = earlier.filter(({ run }) => run !== fresh.run);
  // That it has begun, everything later says.
  const byTime = earlier
    .filter(({ moment, run }) => moment !== 'start' || run !== fresh.run)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const updates = earlier.filter(({ run, notBefore }) => run === fresh.run && notBefore !== undefined);
  const began = Math.min(...earlier.map(({ at }) => Date.parse(at)), Date.parse(fresh.at));
  const latest = began + MOST_HOLDS * holdMs;
  const held = fresh.notBefore === undefined ? [] : [Date.parse(fresh.notBefore)];
  const bounds = [...held, ...updates.map(({ notBefore }) => Date.parse(notBefore ?? ''))];
  const notBefore = bounds.length === 0 ? undefined : Math.min(...bounds, ...(undone.length === 0 ? [] : [latest]));
  const before = byTime.map(({ subject, at }) => `Before, at ${at}: ${subject}`);
  return {
    ...fresh,
    text: [fresh.text, ...before].join('\n'),
    tellsOf: [...new Set([...(fresh.tellsOf ?? []), ...earlier.flatMap(({ id, tellsOf = [] }) => [...tellsOf, id])])],
    ...(notBefore === undefined ? {} : { notBefore: new Date(notBefore).toISOString() }),
  };
}
