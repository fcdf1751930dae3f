import type { EntryView } from '@fallover/contract';
import {
  type AnyFields,
  type CustomEvent,
  classWord,
  type EntryClass,
  type EventCustomization,
  findEvent,
  type NodeState,
  printCustomEventAttributes,
  printEntryAttributes,
  printEventAttributes,
} from '@fallover/events';
import { getCluster, getEvent, listCustomEvents, listEntries, listEvents } from '../addresses.ts';
import { customEventLines, eventLines } from '../event-lines.ts';
import { EXIT } from '../io.ts';
import { attributes, printLines, printReply } from '../print.ts';
import { clusterLines, nodeLines } from '../query-lines.ts';
import { refuse, reportFault } from '../report.ts';
import type { Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';
import { refuseUnknown } from './entry.ts';

export async function queryEvent(name: string | undefined, json: boolean, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  if (name !== undefined && !findEvent(name)) return queryCustomEvent(name, json, shell);
  if (name !== undefined) {
    const answer = await daemon.ask(getEvent, { parameters: { event: name } });
    if (!answer.ok) return reportFault(io, answer.fault);
    return printReply(io, answer, json, (event) => [
      // A recovery program has several lines; quoted as it is, a shell reads it back.
      ...printEventAttributes(event.name, (event.draft?.fields ?? {}) as EventCustomization).flatMap((line) =>
        line.split('\n').map(visibleLine),
      ),
      ...eventLines(event),
    ]);
  }
  const answer = await daemon.ask(listEvents);
  if (!answer.ok) return reportFault(io, answer.fault);
  printReply(io, answer, json, ({ events }) => events.map((event) => event.name));
  return json ? EXIT.done : queryCustomEvent(undefined, false, shell);
}

export async function queryCustomEvent(name: string | undefined, json: boolean, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  const answer = await daemon.ask(listCustomEvents);
  if (!answer.ok) return reportFault(io, answer.fault);
  const { customEvents } = answer.reply;
  if (name === undefined) return printReply(io, answer, json, () => customEvents.flatMap(namesInDraft));
  const found = customEvents.find((event) => event.name === name);
  if (!found) return refuseUnknown({ class: 'custom_event', name }, shell);
  // The contract has no reply for one of them: of its list, this one as it stands there.
  if (json) io.out(`${JSON.stringify(found)}\n`);
  else
    printLines(io, [
      ...printCustomEventAttributes(found.name, (found.draft?.fields ?? found.active ?? {}) as CustomEvent).map(visibleLine),
      ...customEventLines(found),
    ]);
  return EXIT.done;
}

/** What the other classes have in common: their names, or of one its attributes. */
export const queryClass =
  (entryClass: EntryClass) =>
  async (name: string | undefined, json: boolean, shell: Shell): Promise<number> => {
    const { io, daemon } = shell;
    const answer = await daemon.ask(listEntries, { parameters: { class: entryClass } });
    if (!answer.ok) return reportFault(io, answer.fault);
    const { entries } = answer.reply;
    if (name === undefined) return printReply(io, answer, json, () => entries.flatMap(namesInDraft));
    const found = entries.find((entry) => entry.name === name);
    if (!found) return refuseUnknown({ class: entryClass, name }, shell);
    if (json) io.out(`${JSON.stringify(found)}\n`);
    else printLines(io, entryLines(found));
    return EXIT.done;
  };

/** Deleted from the draft and not synchronised yet, an entry is still found by its name. */
const namesInDraft = ({ name, draft }: { name: string; draft?: object | undefined }): string[] => (draft ? [name] : []);

export const entryLines = (entry: EntryView): string[] => [
  ...printEntryAttributes(entry.class, entry.name, fieldsOf(entry)).map(visibleLine),
  ...entryFacts(entry),
];

const fieldsOf = (entry: EntryView | undefined): AnyFields => (entry?.draft?.fields ?? entry?.active ?? {}) as AnyFields;

const entryFacts = (entry: EntryView): string[] =>
  attributes({
    USEDBY: entry.usedBy.map((user) => `${classWord(user.class)}/${user.name}`).join(' '),
    SYNCHRONISED: entry.synchronised,
    DELETED: entry.draft ? undefined : true,
  });

/** The nodes whose cluster managers take part, and those that are defined. With --json what is defined stands in `entries` beside. */
export async function queryNode(name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const live = await daemon.ask(getCluster);
  if (!live.ok) return reportFault(io, live.fault);
  const defined = await daemon.ask(listEntries, { parameters: { class: 'node' } });
  if (!defined.ok) return reportFault(io, defined.fault);
  const { entries } = defined.reply;
  const names = [...new Set([...live.reply.nodes, ...entries.flatMap(namesInDraft)])];
  const entry = entries.find((one) => one.name === name);
  if (name !== undefined && !names.includes(name) && !entry)
    return refuse(io, `NAME: "${visibleLine(name)}" is not a node of this cluster. Its nodes: ${names.join(', ')}.`);
  if (json) io.out(`${JSON.stringify({ ...live.reply, entries })}\n`);
  else if (name === undefined) printLines(io, names.map(visibleLine));
  else
    printLines(io, [
      ...nodeLines(live.reply, name),
      ...attributes({ ...membershipOf(live.reply.members, name), DEFINED: entry !== undefined }),
      ...(entry ? entryLines(entry).slice(1) : []),
    ]);
  return EXIT.done;
}

/** A node takes part while it is a member, also while it is on its way in or out. */
function membershipOf(members: readonly { node: string; state: NodeState }[], name: string) {
  const state = members.find(({ node }) => node === name)?.state;
  return { SERVICES: state, LIVE: state === 'member' || state === 'joining' || state === 'stopping' };
}

/** What the cluster is and does, then what is configured for it. With --json that stands in `entries` beside. */
export async function queryCluster(_name: string | undefined, json: boolean, { io, daemon }: Shell): Promise<number> {
  const cluster = await daemon.ask(getCluster);
  if (!cluster.ok) return reportFault(io, cluster.fault);
  const defined = await daemon.ask(listEntries, { parameters: { class: 'cluster' } });
  if (!defined.ok) {
    // Without the store it is not known what is configured; what the cluster manager itself knows is wanted then most of all.
    if (json) io.out(`${JSON.stringify(cluster.reply)}\n`);
    else printLines(io, clusterLines(cluster.reply));
    return reportFault(io, defined.fault);
  }
  const { entries } = defined.reply;
  if (json) io.out(`${JSON.stringify({ ...cluster.reply, entries })}\n`);
  else
    printLines(io, [
      ...clusterLines(cluster.reply),
      ...printEntryAttributes('cluster', cluster.reply.cluster, fieldsOf(entries[0])).slice(1).map(visibleLine),
    ]);
  return EXIT.done;
}
