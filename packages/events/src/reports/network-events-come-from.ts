import { findEvent } from '../catalogue/catalogue.ts';
import type { EventClass } from '../catalogue/types.ts';
import { utcTime } from '../wording/utc-time.ts';

/** A run, as much of it as says who saw its event. */
export interface SeenRun {
  event: string;
  origin: { kind: 'person' | 'cluster_manager' | 'report'; name: string };
  acceptedAt: string;
}

/** A monitor of Fallover itself, by the class of the events that it detects. */
export interface Monitor {
  eventClass: EventClass;
}

export type NetworkEventsComeFrom = { from: 'nowhere' } | { from: 'reports'; source: string; at: string } | { from: 'monitors' };

const CLASSES: readonly (EventClass | undefined)[] = ['network', 'network_interface'];

/**
 * From where the cluster manager gets to know that a network or an interface fails: from a monitor of its own, from what other
 * software reports (the newest of the runs that are kept says so), or from nowhere. What a person runs tells of no source.
 */
export function networkEventsComeFrom(runs: readonly SeenRun[], monitors: readonly Monitor[]): NetworkEventsComeFrom {
  if (monitors.some(({ eventClass }) => CLASSES.includes(eventClass))) return { from: 'monitors' };
  const newest = runs
    .filter(({ event, origin }) => origin.kind === 'report' && CLASSES.includes(findEvent(event)?.eventClass))
    .reduce<SeenRun | undefined>((last, run) => (last && last.acceptedAt >= run.acceptedAt ? last : run), undefined);
  return newest ? { from: 'reports', source: newest.origin.name, at: newest.acceptedAt } : { from: 'nowhere' };
}

/** What home says where network events would come from; undefined where a monitor sees to it. */
export function networkEventsSentence(come: NetworkEventsComeFrom): string | undefined {
  switch (come.from) {
    case 'monitors':
      return undefined;
    case 'reports':
      return `No monitor configured: network events come from ${come.source} alone, which last reported one at ${utcTime(come.at)}.`;
    case 'nowhere':
      return 'No monitor configured: nothing tells Fallover that a network or a network interface fails, so it is not acted upon. Let other software report it with "fallover report" (samples are in examples/reports), or run the event by hand.';
  }
}
