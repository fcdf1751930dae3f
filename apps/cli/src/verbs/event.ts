import {
  attributeOf,
  type CustomEvent,
  type EventCustomization,
  findEvent,
  inputSentence,
  labelOf,
  printCustomEventAttributes,
  printEventAttributes,
} from '@fallover/events';
import { deleteCustomEvent, getEvent, listCustomEvents, listEvents } from '../addresses.ts';
import type { DaemonFault } from '../control-socket.ts';
import { contested } from '../draft-change.ts';
import { customEvent, type EntryAccess, predefinedEvent } from '../event-entries.ts';
import { customEventLines, eventLines, eventNames } from '../event-lines.ts';
import { EXIT, type Io } from '../io.ts';
import { nearest } from '../nearest.ts';
import { printLines, printReply } from '../print.ts';
import { refuse, reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { visibleLine } from '../visible.ts';

const JSON_OPTION = { json: 'flag' } as const;

/** `custom` is what `query` calls the class of custom events alone. */
const isEventClass = (text: string): boolean => text === 'event' || text === 'custom';

export const add: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, JSON_OPTION, { usage, least: 2, most: Number.POSITIVE_INFINITY });
  if (!read) return EXIT.refused;
  const [entryClass = '', name = '', ...words] = read.words;
  if (!isEventClass(entryClass)) return refuseClass(io, entryClass, 'added', usage);
  const entry = customEvent(daemon, name);
  const change = entry.changeBy(words);
  if (!change.ok) return refuseFaults(io, change.error, usage);
  const written = await entry.write({ revision: 0, fields: change.value({}) });
  if (isChangedMeanwhile(written))
    return refuse(
      io,
      `NAME: there is a custom event ${visibleLine(name)} already; change it with "fallover modify event ${visibleLine(name)} …".`,
    );
  if (!written.ok) return reportFault(io, inAttributes(written.fault));
  return printWritten(io, entry, written, read.options.json, 'is added');
};

export const modify: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, JSON_OPTION, { usage, least: 3, most: Number.POSITIVE_INFINITY });
  if (!read) return EXIT.refused;
  const [entryClass = '', name = '', ...words] = read.words;
  if (!isEventClass(entryClass)) return refuseClass(io, entryClass, 'modified', usage);
  const entry = findEvent(name) ? predefinedEvent(daemon, name) : customEvent(daemon, name);
  const change = entry.changeBy(words);
  if (!change.ok) return refuseFaults(io, change.error, usage);

  const before = await entry.read();
  if (!before.ok) return reportFault(io, before.fault);
  if (entry.kind === 'custom_event' && before.reply.revision === 0) return refuseUnknown(name, { io, daemon });
  const wanted = change.value(before.reply.fields);
  let written = await entry.write({ revision: before.reply.revision, fields: wanted });
  if (isChangedMeanwhile(written)) {
    // Somebody else saved it between our reading and writing. What they changed stays; once, for the same may happen again.
    const now = await entry.read();
    if (!now.ok) return reportFault(io, now.fault);
    const both = contested(before.reply.fields, wanted, now.reply.fields);
    if (both.length > 0)
      return refuse(
        io,
        `${both.map(attributeOf).join(', ')}: somebody else changed that meanwhile, to something else. Nothing was changed here.`,
        `Look at it with "fallover query event ${name}", then give the command again if it is still wanted.`,
      );
    written = await entry.write({ revision: now.reply.revision, fields: change.value(now.reply.fields) });
  }
  if (!written.ok) return reportFault(io, inAttributes(written.fault));
  return printWritten(io, entry, written, read.options.json, 'is changed');
};

export const remove: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, {}, { usage, least: 2 });
  if (!read) return EXIT.refused;
  const [entryClass = '', name = ''] = read.words;
  if (!isEventClass(entryClass)) return refuseClass(io, entryClass, 'deleted', usage);
  if (findEvent(name))
    return refuse(
      io,
      `NAME: ${name} is a predefined event, which stays; only custom events are deleted.`,
      `"fallover modify event ${name} NOTIFYCOMMAND= …" empties what is customised on it.`,
    );
  const entry = await customEvent(daemon, name).read();
  if (!entry.ok) return reportFault(io, entry.fault);
  const { revision } = entry.reply;
  if (revision === 0) return refuseUnknown(name, shell);
  const answer = await daemon.ask(deleteCustomEvent, { parameters: { name }, query: { revision } });
  if (!answer.ok) return reportFault(io, inAttributes(answer.fault));
  printLines(io, [`Custom event ${name} is deleted from the draft; "fallover sync" makes that active`]);
  return EXIT.done;
};

export async function queryEvent(name: string | undefined, json: boolean, shell: Shell): Promise<number> {
  const { io, daemon } = shell;
  if (name !== undefined && !findEvent(name)) return queryCustomEvent(name, json, shell);
  if (name !== undefined) {
    const answer = await daemon.ask(getEvent, { parameters: { event: name } });
    if (!answer.ok) return reportFault(io, answer.fault);
    return printReply(io, answer, json, (event) => [
      ...printEventAttributes(event.name, (event.draft?.fields ?? {}) as EventCustomization).map(visibleLine),
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
  if (name === undefined) return printReply(io, answer, json, () => customEvents.map((event) => event.name));
  const found = customEvents.find((event) => event.name === name);
  if (!found) return refuseUnknown(name, shell);
  // The contract has no reply for one of them: of its list, this one as it stands there.
  if (json) io.out(`${JSON.stringify(found)}\n`);
  else
    printLines(io, [
      ...printCustomEventAttributes(found.name, (found.draft?.fields ?? {}) as CustomEvent).map(visibleLine),
      ...customEventLines(found),
    ]);
  return EXIT.done;
}

const isChangedMeanwhile = (answer: { ok: true } | { ok: false; fault: DaemonFault }): boolean =>
  !answer.ok && answer.fault.code === 'refused' && answer.fault.problem.code === 'changed_meanwhile';

function printWritten(
  io: Io,
  entry: EntryAccess,
  written: Extract<Awaited<ReturnType<EntryAccess['write']>>, { ok: true }>,
  json: true | undefined,
  what: string,
): number {
  reportWarnings(
    io,
    written.reply.warnings.map((warning) => ({ sentence: inAttribute(warning) })),
  );
  const noun = entry.kind === 'event' ? 'Event' : 'Custom event';
  return printReply(io, written, json, () => [`${noun} ${entry.name} ${what} in the draft; "fallover sync" makes it active`]);
}

/** How a field is called on a command line. */
const shellWord = (field: string): string => (field === 'name' || field === 'event' ? 'NAME' : attributeOf(field));

/** The browser's words for a field are its label in the panel; here it is the attribute. */
function inAttribute({ field, sentence }: { field?: string | undefined; sentence: string }): string {
  const label = field === undefined ? undefined : labelOf(field);
  return field !== undefined && label !== undefined && sentence.startsWith(label)
    ? shellWord(field) + sentence.slice(label.length)
    : sentence;
}

function inAttributes(fault: DaemonFault): DaemonFault {
  if (fault.code !== 'refused' || !fault.problem.faults) return fault;
  const faults = fault.problem.faults.map((one) => ({ ...one, sentence: inAttribute(one) }));
  return { ...fault, problem: { ...fault.problem, title: faults.map(({ sentence }) => sentence).join(' '), faults } };
}

function refuseFaults(io: Io, faults: readonly Parameters<typeof inputSentence>[0][], usage: string): number {
  const [first = '', ...more] = faults.map((fault) => visibleLine(inputSentence(fault, shellWord)));
  return refuse(io, first, ...more, `Usage: ${usage}`);
}

function refuseClass(io: Io, entryClass: string, verb: string, usage: string): number {
  const meant = nearest(entryClass, ['event']);
  const way = meant === undefined ? 'Only the class event can be here.' : `Did you mean ${meant}?`;
  return refuse(io, `CLASS: nothing of class "${visibleLine(entryClass)}" can be ${verb}. ${way}`, `Usage: ${usage}`);
}

async function refuseUnknown(name: string, shell: Pick<Shell, 'io' | 'daemon'>): Promise<number> {
  const meant = nearest(name, await eventNames(shell.daemon));
  const way = meant === undefined ? '"fallover query event" lists them all.' : `Did you mean ${meant}?`;
  return refuse(shell.io, `NAME: there is no event "${visibleLine(name)}", neither predefined nor custom. ${way}`);
}
