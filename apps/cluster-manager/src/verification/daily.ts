import type { DefinitionDocument } from '@fallover/events';

/** When and where the active revision is verified by itself; undefined when it is not. */
export function dailyOf(document: DefinitionDocument, liveNodes: readonly string[]): { hour: number; node: string } | undefined {
  const settings = document.entries.find((entry) => entry.class === 'cluster')?.fields ?? {};
  if (settings.dailyVerification?.cluster === false) return undefined;
  const asked = settings.verificationNode?.cluster;
  // A node that does not take part would never do it.
  const node = asked !== undefined && liveNodes.includes(asked) ? asked : liveNodes.toSorted()[0];
  return node === undefined ? undefined : { hour: settings.verificationHour?.cluster ?? 0, node };
}

/** The last moment at or before `now` at which it was this hour, in the node's local time. */
export function lastMoment(now: number, hour: number): number {
  const today = atHour(now, hour, 0);
  return today <= now ? today : atHour(now, hour, -1);
}

/** The next one after `now`. */
export function nextMoment(now: number, hour: number): number {
  const today = atHour(now, hour, 0);
  return today > now ? today : atHour(now, hour, 1);
}

function atHour(now: number, hour: number, days: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return date.setHours(hour, 0, 0, 0);
}
