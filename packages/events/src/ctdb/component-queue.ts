/** An event that was asked for in a component. */
export interface AskedEvent {
  run: string;
  event: string;
}

/** One event at a time, the others in the order in which they were asked for. */
export interface ComponentQueue {
  running?: AskedEvent & {
    /** Its script has been told to end; the next event waits until it has. */
    ending?: true;
  };
  waiting: readonly AskedEvent[];
}

export type QueueEffect =
  | { kind: 'start'; run: string }
  /** The script of the running event is to be killed; `ended` follows. */
  | { kind: 'end'; run: string }
  /** It is over without having been started: a monitor beside another event, or one whose caller has gone. */
  | { kind: 'cancel'; run: string };

export interface QueueStep {
  queue: ComponentQueue;
  effects: readonly QueueEffect[];
}

export const EMPTY_QUEUE: ComponentQueue = { waiting: [] };

const MONITOR = 'monitor';

/** Any new event ends a running monitor; a monitor asked for while another event runs or waits is refused as cancelled. */
export function askEvent(queue: ComponentQueue, asked: AskedEvent): QueueStep {
  const { running, waiting } = queue;
  if (running === undefined) return { queue: { running: asked, waiting }, effects: [{ kind: 'start', run: asked.run }] };
  const isBusy = running.event !== MONITOR || waiting.some(({ event }) => event !== MONITOR);
  if (asked.event === MONITOR && isBusy) return { queue, effects: [{ kind: 'cancel', run: asked.run }] };
  // A monitor that waits behind one that is being ended has had its turn as little as a running one.
  const outdone = waiting.filter(({ event }) => event === MONITOR);
  const next = { running, waiting: [...waiting.filter(({ event }) => event !== MONITOR), asked] };
  const ends = running.event === MONITOR && !running.ending;
  return {
    queue: ends ? { ...next, running: { ...running, ending: true } } : next,
    effects: [
      ...(ends ? [{ kind: 'end', run: running.run } as const] : []),
      ...outdone.map(({ run }) => ({ kind: 'cancel', run }) as const),
    ],
  };
}

/** The running event is over, and no script of it runs any more. */
export function eventEnded(queue: ComponentQueue, run: string): QueueStep {
  if (queue.running?.run !== run) return { queue, effects: [] };
  const [next, ...waiting] = queue.waiting;
  if (next === undefined) return { queue: EMPTY_QUEUE, effects: [] };
  return { queue: { running: next, waiting }, effects: [{ kind: 'start', run: next.run }] };
}

/** Nobody wants the event any more: its caller has gone away, or a person cancels it. */
export function giveUpEvent(queue: ComponentQueue, run: string): QueueStep {
  if (queue.running?.run === run) {
    if (queue.running.ending) return { queue, effects: [] };
    return { queue: { ...queue, running: { ...queue.running, ending: true } }, effects: [{ kind: 'end', run }] };
  }
  if (!queue.waiting.some((asked) => asked.run === run)) return { queue, effects: [] };
  return {
    queue: { ...queue, waiting: queue.waiting.filter((asked) => asked.run !== run) },
    effects: [{ kind: 'cancel', run }],
  };
}
