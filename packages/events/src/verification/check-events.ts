import { defaultTimeUntilWarning, findEvent } from '../catalogue/catalogue.ts';
import { isEmpty } from '../definition/canonical.ts';
import { whereItHolds } from '../definition/check.ts';
import { valueOn } from '../definition/effective.ts';
import type { Entry, Field } from '../definition/types.ts';
import { CHILD_EVENTS } from '../runs/plan.ts';
import { at, finding } from './finding.ts';
import type { Finding, PastDurations } from './types.ts';

type EventEntry = Extract<Entry, { class: 'event' }>;
type CustomEventEntry = Extract<Entry, { class: 'custom_event' }>;

interface Known {
  events: readonly EventEntry[];
  customEvents: readonly CustomEventEntry[];
  nodes: readonly string[];
  durations: ReadonlyMap<string, PastDurations>;
}

/** What is configured for events, beside what else is configured and what the events took before. */
export function checkEvents(entries: readonly Entry[], around: Pick<Known, 'nodes' | 'durations'>): Finding[] {
  const known: Known = {
    ...around,
    events: entries.filter((entry): entry is EventEntry => entry.class === 'event'),
    customEvents: entries.filter((entry): entry is CustomEventEntry => entry.class === 'custom_event'),
  };
  return [
    ...notUsed(known),
    ...scriptsOfAnother(known),
    ...known.events.flatMap((entry) => [
      ...notifiedByACustomEvent(entry, known),
      ...notifiedOfTheFailure(entry, known),
      ...notifiedRemotelyToo(entry, known),
      ...shorterThanItTook(entry, known),
    ]),
  ];
}

function notUsed({ events, customEvents }: Known): Finding[] {
  const used = new Set(events.flatMap(({ fields }) => [fields.preEventCommand, fields.postEventCommand].flatMap(everyName)));
  return customEvents.filter(({ name }) => !used.has(name)).map((entry) => finding(at(entry), { code: 'custom_event_not_used' }));
}

const everyName = (field: Field<string[]> | undefined): string[] =>
  [field?.cluster ?? [], ...Object.values(field?.nodes ?? {})].flat();

/** Of custom events with one script the first by name is left in peace. */
function scriptsOfAnother({ customEvents, nodes }: Known): Finding[] {
  const firstWith = new Map(nodes.map((node) => [node, new Map<string, string>()]));
  return customEvents.flatMap((entry) => {
    const others = new Map<string, { node: string; path: string; other: string }>();
    for (const node of nodes) {
      const path = valueOn(entry.fields.script, node);
      const first = firstWith.get(node);
      const other = path === undefined ? undefined : first?.get(path);
      if (path !== undefined && other !== undefined) others.set(node, { node, path, other });
      else if (path !== undefined) first?.set(path, entry.name);
    }
    const [one] = others.values();
    if (!one) return [];
    const isSame = [...others.values()].every(({ path, other }) => path === one.path && other === one.other);
    if (isSame && others.size === nodes.length)
      return [finding(at(entry, 'script'), { code: 'script_of_another', path: one.path, other: one.other })];
    return [...others.values()].map(({ node, path, other }) =>
      finding(at(entry, 'script', node), { code: 'script_of_another', path, other }),
    );
  });
}

/** The notify command as a pre- or post-event of the same event. */
function notifiedByACustomEvent(entry: EventEntry, { customEvents, nodes }: Known): Finding[] {
  const { notifyCommand, preEventCommand, postEventCommand } = entry.fields;
  if (notifyCommand === undefined) return [];
  const listed = [
    ['before', preEventCommand],
    ['after', postEventCommand],
  ] as const;
  return listed.flatMap(([when, names]) =>
    [...new Set(everyName(names))].flatMap((customEvent) => {
      const script = customEvents.find(({ name }) => name === customEvent)?.fields.script;
      const runs = (node: string): boolean =>
        valueOn(names, node)?.includes(customEvent) === true && isSame(valueOn(script, node), valueOn(notifyCommand, node));
      return whereItHolds(nodes, runs).map(({ node }) => {
        const path = valueOn(notifyCommand, node ?? (nodes[0] as string)) as string;
        return finding(at(entry, 'notifyCommand', node), { code: 'notified_by_a_custom_event', path, customEvent, when });
      });
    }),
  );
}

/**
 * "All cluster nodes run the event_error event if any node has a fatal error": a notify command that was told of the failed
 * event's end hears of it again from each node.
 */
function notifiedOfTheFailure(entry: EventEntry, { events, nodes }: Known): Finding[] {
  if (entry.name !== 'event_error') return [];
  const ownOn = (node: string) => valueOn(entry.fields.notifyCommand, node);
  const others = events.filter(({ name }) => !(CHILD_EVENTS as readonly string[]).includes(name));
  const tells = (node: string) => others.find(({ fields }) => isSame(valueOn(fields.notifyCommand, node), ownOn(node)));
  return whereItHolds(nodes, (node) => tells(node) !== undefined).map(({ node }) => {
    const on = node ?? (nodes[0] as string);
    const event = (tells(on) as EventEntry).name;
    const path = ownOn(on) as string;
    return finding(at(entry, 'notifyCommand', node), { code: 'notified_of_the_failure_already', path, event });
  });
}

const isSame = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

function notifiedRemotelyToo(entry: EventEntry, { nodes }: Known): Finding[] {
  const { notifyCommand, notificationText, notificationLocation } = entry.fields;
  const isGiven = (field: Field<unknown> | undefined, node: string): boolean => !isEmpty(valueOn(field, node));
  return whereItHolds(
    nodes,
    (node) => isGiven(notifyCommand, node) && (isGiven(notificationText, node) || isGiven(notificationLocation, node)),
  ).map(({ node }) => finding(at(entry, 'notifyCommand', node), { code: 'notified_remotely_too', event: entry.name }));
}

/** Time until warning, configured or by default, below what the event took in the past. */
function shorterThanItTook(entry: EventEntry, { nodes, durations }: Known): Finding[] {
  const event = findEvent(entry.name);
  const past = durations.get(entry.name);
  if (!event || past?.longestMs === undefined || past.medianMs === undefined) return [];
  if ((CHILD_EVENTS as readonly string[]).includes(event.name)) return [];
  const { timed: runs, medianMs, longestMs } = past;
  const given = (node: string) => valueOn(entry.fields.timeUntilWarning, node);
  const secondsOn = (node: string): number => given(node) ?? defaultTimeUntilWarning(event);
  return whereItHolds(nodes, (node) => secondsOn(node) * 1000 < longestMs).map(({ node }) => {
    const on = node ?? (nodes[0] as string);
    return finding(at(entry, 'timeUntilWarning', node), {
      code: 'shorter_than_it_took',
      event: event.name,
      seconds: secondsOn(on),
      isDefault: given(on) === undefined,
      runs,
      medianMs,
      longestMs,
    });
  });
}
