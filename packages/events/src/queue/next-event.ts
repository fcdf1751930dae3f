import { EVENT_CLASSES, type EventClass } from '../catalogue/types.ts';

/**
 * Of several outstanding events the one of the highest class comes first; within a class, first come first served
 * (DOMAIN.md section 4). The queue is in the order in which the events were accepted.
 */
export function nextEvent<Queued extends { event: string }>(
  queue: readonly Queued[],
  classOf: (event: string) => EventClass,
): Queued | undefined {
  const rank = (queued: Queued): number => EVENT_CLASSES.indexOf(classOf(queued.event));
  return queue.reduce<Queued | undefined>((first, queued) => (first && rank(first) <= rank(queued) ? first : queued), undefined);
}
