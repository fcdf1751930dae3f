import { type EventClass, findEvent, nextEvent, type RolledUp, rollUp } from '@fallover/events';
import type { QueuedEvent } from '@fallover/store';
import { effectsOfRun, participantsOf } from '../membership/duties.ts';
import { type ClusterNow, changed } from './cluster-now.ts';

/** When an event that is queued now comes to be processed, and by whom, if all that comes before it succeeds. */
export interface Turn {
  /** What the queue takes before it. */
  first: QueuedEvent[];
  participants: { node: string; membership: number }[];
  /** Who is a member then. */
  members: string[];
  /** What the queue takes behind it. */
  after: QueuedEvent[];
  rolledUp: RolledUp[];
}

const classOf = (event: string): EventClass => findEvent(event)?.eventClass ?? 'user_defined';

/** By the rules by which the coordinator takes events from the queue. */
export function turnOf(now: ClusterNow, event: QueuedEvent): Turn {
  const queue = [...now.queue, event];
  const rolledUp = rollUp(queue);
  let left = queue.filter(({ run }) => !rolledUp.some((one) => one.run === run));
  let then = now.current && now.current.state !== 'awaiting_decision' ? processed(now, now.current.plan) : now;
  const first: QueuedEvent[] = [];
  const taken = (): QueuedEvent | undefined =>
    nextEvent(
      left.filter((one) => participantsOf(one, then).length > 0),
      classOf,
    );
  for (let next = taken(); next !== undefined; next = taken()) {
    left = left.filter((one) => one !== next);
    if (next === event) {
      const participants = participantsOf(event, then);
      const members = [...then.members.keys()].sort();
      return { first, participants, members, after: restOf(left), rolledUp };
    }
    first.push(next);
    then = processed(then, next);
  }
  return { first, participants: [], members: [...then.members.keys()].sort(), after: [], rolledUp };
}

/** In the order of the queue's own rule. */
function restOf(left: readonly QueuedEvent[]): QueuedEvent[] {
  const next = nextEvent(left, classOf);
  return next === undefined ? [] : [next, ...restOf(left.filter((one) => one !== next))];
}

const processed = (now: ClusterNow, run: Pick<QueuedEvent, 'event' | 'args' | 'origin'>): ClusterNow =>
  effectsOfRun(run, { succeeded: true, at: new Date(0).toISOString() }).reduce(changed, now);
