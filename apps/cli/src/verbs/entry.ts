import { applyAttributes, CLASS_WORDS, classWord, type EntryClass, parseEntryAttributes } from '@fallover/events';
import { getCluster, listEntries, listNodes } from '../addresses.ts';
import { CLASS_NAMES, capital, classWayOut, entryClassOf, entryWords } from '../classes.ts';
import type { DaemonFault } from '../control-socket.ts';
import { contestedValues } from '../draft-change.ts';
import { digestOf, type EntryAccess, entryAccess, scriptAccess } from '../entry-access.ts';
import { inAttribute, inAttributes, refuseFaults, shellWord } from '../entry-wording.ts';
import { eventNames } from '../event-lines.ts';
import { EXIT, type Io } from '../io.ts';
import { nearest } from '../nearest.ts';
import { printLines, printReply } from '../print.ts';
import { refuse, reportFault, reportWarnings, wordsOf } from '../report.ts';
import type { Result } from '../result.ts';
import { readSecretSettings } from '../secret-settings.ts';
import type { RunVerb, Shell } from '../shell.ts';
import { type AttributesRead, readProgramFile } from '../program-file.ts';
import { readText, textSentence } from '../text-file.ts';
import { shownValue } from '../value-text.ts';
import { visibleLine } from '../visible.ts';
import { addComponent, deleteComponent, modifyComponent } from './component.ts';
import { addJoinToken } from './join.ts';
import { endSilence } from './silence.ts';
import { addSnapshot, deleteSnapshot } from './snapshot.ts';

const JSON_OPTION = { json: 'flag' } as const;

/** The entry that a command line is about, and the change that its attributes ask for. */
interface Wanted {
  entry: EntryAccess;
  change(fields: object): object;
}

export const add: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, JSON_OPTION, { usage, least: 2, most: Number.POSITIVE_INFINITY });
  if (!read) return EXIT.refused;
  const [word = '', name = '', ...attributes] = read.words;
  if (word === 'join_token') return addJoinToken(name, attributes, read.options.json, shell);
  if (word === 'component') return addComponent(name, attributes, read.options.json, shell);
  if (word === 'snapshot') return addSnapshot(name, attributes, read.options.json, shell);
  // What is added is a custom event, also where the name is a predefined event's, which the daemon then refuses.
  const entryClass = entryClassOf(word, '');
  if (!entryClass) return refuseClass(io, word, 'added', [...CLASS_NAMES, 'component', 'snapshot', 'join_token'], usage);
  if (entryClass === 'cluster')
    return refuse(io, 'CLASS: the cluster is there already; "fallover modify cluster ATTR=VALUE…" changes what holds for it.');
  const wanted = await readWanted(entryClass, name, attributes, shell);
  if (!wanted.ok) return wanted.error;
  const { entry, change } = wanted.value;
  if (entryClass === 'script' && !attributes.some((attribute) => /^(FILE|CONTENT)=/i.test(attribute)))
    return refuse(io, 'FILE is missing. Give FILE=PATH of the script, or FILE=- to read it from the input.', `Usage: ${usage}`);
  const written = await entry.write({ revision: 0, fields: change({}) });
  if (isChangedMeanwhile(written)) {
    // Somebody may have saved something else meanwhile: only where the entry is there, it is there already.
    const now = await entryAccess(daemon, entryClass, name).read();
    if (now.ok && now.reply.revision > 0)
      return refuse(
        io,
        `NAME: there is a ${entryWords(entry)} already; change it with "fallover modify ${classWord(entryClass)} ${visibleLine(name)} …".`,
      );
  }
  if (!written.ok) return reportFault(io, inAttributes(written.fault, entryClass));
  return printWritten(io, entry, written, read.options.json, 'is added');
};

export const modify: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, JSON_OPTION, { usage, least: 2, most: Number.POSITIVE_INFINITY });
  if (!read) return EXIT.refused;
  const [word = '', ...words] = read.words;
  if (word === 'component') return modifyComponent(words[0] ?? '', words.slice(1), read.options.json, shell);
  // There is one cluster, so its name may be left out.
  const unnamed = word === 'cluster' && words[0]?.includes('=') === true;
  const [name, attributes] = unnamed ? [undefined, words] : [words[0] ?? '', words.slice(1)];
  const entryClass = entryClassOf(word, name ?? '');
  if (!entryClass) return refuseClass(io, word, 'modified', [...CLASS_NAMES, 'component'], usage);
  if (attributes.length === 0) return refuse(io, 'Something is missing here.', `Usage: ${usage}`);
  const cluster = name === undefined ? await daemon.ask(getCluster) : undefined;
  if (cluster && !cluster.ok) return reportFault(io, cluster.fault);
  const wanted = await readWanted(entryClass, name ?? cluster?.reply.cluster ?? '', attributes, shell);
  if (!wanted.ok) return wanted.error;
  const { entry, change } = wanted.value;

  const before = await entry.read();
  if (!before.ok) return reportFault(io, before.fault);
  if (before.reply.revision === 0 && !isAlwaysThere(entryClass)) return refuseUnknown(entry, shell);
  const mine = change(before.reply.fields);
  const written = await entry.write({ revision: before.reply.revision, fields: mine });
  const saved = isChangedMeanwhile(written) ? await writeBeside(wanted.value, before.reply.fields, mine, io) : written;
  if (typeof saved === 'number') return saved;
  if (!saved.ok) return reportFault(io, inAttributes(saved.fault, entryClass));
  return printWritten(io, entry, saved, read.options.json, 'is changed');
};

/**
 * Somebody else saved the entry between our reading and writing. What they changed stays, unless we change the same: then both
 * versions are shown and nothing is written. Once, for the same may happen again.
 */
async function writeBeside(
  { entry, change }: Wanted,
  before: object,
  mine: object,
  io: Io,
): Promise<Awaited<ReturnType<EntryAccess['write']>> | number> {
  const now = await entry.read();
  if (!now.ok) return reportFault(io, now.fault);
  if (now.reply.revision === 0 && !isAlwaysThere(entry.class))
    return refuse(io, `NAME: somebody else has deleted the ${entryWords(entry)} meanwhile. Nothing was changed here.`);
  const both = contestedValues(before, mine, now.reply.fields);
  if (both.length === 0) return entry.write({ revision: now.reply.revision, fields: change(now.reply.fields) });
  const attributeOf = (field: string): string => shellWord(field, entry.class);
  return refuse(
    io,
    `${[...new Set(both.map(({ field }) => attributeOf(field)))].join(', ')}: somebody else changed that meanwhile, to something else. Nothing was changed here.`,
    ...both.map(
      ({ field, node, mine: ours, theirs }) =>
        `${attributeOf(field)}${node === undefined ? '' : ` NODE=${visibleLine(node)}`} is ${shownValue(field, node, theirs)} now; here it was to be ${shownValue(field, node, ours)}`,
    ),
    `Look at it with "fallover query ${classWord(entry.class)} ${visibleLine(entry.name)}", then give the command again if it is still wanted.`,
  );
}

export const remove: RunVerb = async (args, shell) => {
  const { io, daemon, usage } = shell;
  const read = wordsOf(io, args, {}, { usage, least: 2 });
  if (!read) return EXIT.refused;
  const [word = '', name = ''] = read.words;
  if (word === 'snapshot') return deleteSnapshot(name, shell);
  if (word === 'component') return deleteComponent(name, shell);
  if (word === 'silence') return endSilence(name, shell);
  const entryClass = entryClassOf(word, name);
  if (!entryClass) return refuseClass(io, word, 'deleted', [...CLASS_NAMES, 'component', 'snapshot', 'silence'], usage);
  if (entryClass === 'event')
    return refuse(
      io,
      `NAME: ${name} is a predefined event, which stays; only custom events are deleted.`,
      `"fallover modify event ${name} NOTIFYCOMMAND= …" empties what is customised on it.`,
    );
  if (entryClass === 'cluster')
    return refuse(
      io,
      'CLASS: the cluster stays.',
      '"fallover modify cluster VERIFICATION_HOUR= …" empties what is configured for it.',
    );
  const entry = entryAccess(daemon, entryClass, name);
  const found = await entry.read();
  if (!found.ok) return reportFault(io, found.fault);
  if (found.reply.revision === 0) return (await refuseMember(entry, shell)) ?? refuseUnknown(entry, shell);
  const answer = await entry.remove(found.reply.revision);
  if (!answer.ok) return reportFault(io, inAttributes(answer.fault, entryClass));
  printLines(io, [`${capital(entryWords(entry))} is deleted from the draft; "fallover sync" makes that active`]);
  return EXIT.done;
};

/** A predefined event and the cluster need no entry to be customised. */
const isAlwaysThere = (entryClass: EntryClass): boolean => entryClass === 'event' || entryClass === 'cluster';

/** The change that the attributes ask for; or the exit status, once the person has been told what is wrong with them. */
async function readWanted(
  entryClass: EntryClass,
  name: string,
  attributes: readonly string[],
  { io, daemon, usage }: Shell,
): Promise<Result<Wanted, number>> {
  const file =
    entryClass === 'script'
      ? await readScriptFile(attributes, io)
      : entryClass === 'event'
        ? await readProgramFile(attributes, io)
        : undefined;
  if (file && !file.ok) return file;
  const parsed = parseEntryAttributes(entryClass, file?.value.attributes ?? attributes);
  if (!parsed.ok) return { ok: false, error: refuseFaults(io, parsed.error, entryClass, usage) };
  const changes = entryClass === 'notification_method' ? await readSecretSettings(name, parsed.value, io) : parsed;
  if (!changes.ok) return { ok: false, error: refuse(io, changes.error) };
  const text = file?.value.text;
  const entry = text === undefined ? entryAccess(daemon, entryClass, name) : scriptAccess(daemon, name, text);
  return { ok: true, value: { entry, change: (fields) => applyAttributes(fields, changes.value) } };
}

/** With FILE=PATH read: in its stead the attribute that the definition has, the SHA-256 of the text. */
async function readScriptFile(attributes: readonly string[], io: Io): Promise<Result<AttributesRead, number>> {
  const at = attributes.findIndex((attribute) => /^FILE=./i.test(attribute));
  if (at < 0) return { ok: true, value: { attributes: [...attributes] } };
  // Loaded only here: the contract's schemas take longer to load than most verbs take.
  const { LONGEST_SCRIPT } = await import('@fallover/contract');
  const text = await readText((attributes[at] ?? '').slice('FILE='.length), io, LONGEST_SCRIPT);
  if (!text.ok) return { ok: false, error: refuse(io, textSentence(text.error, 'FILE')) };
  if (text.value === '') return { ok: false, error: refuse(io, 'FILE: it is empty. Give a script with an interpreter line.') };
  return { ok: true, value: { attributes: attributes.with(at, `CONTENT=${digestOf(text.value)}`), text: text.value } };
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
  const warnings = written.reply.warnings.map((warning) => ({ sentence: inAttribute(warning, entry.class) }));
  reportWarnings(io, warnings);
  return printReply(io, written, json, () => [
    `${capital(entryWords(entry))} ${what} in the draft; "fallover sync" makes it active`,
  ]);
}

function refuseClass(io: Io, word: string, verb: string, known: readonly string[], usage: string): number {
  return refuse(
    io,
    `CLASS: nothing of class "${visibleLine(word)}" can be ${verb}. ${classWayOut(word, known)}`,
    `Usage: ${usage}`,
  );
}

/** A node is known from its membership too, which no draft ends. */
async function refuseMember(
  { class: entryClass, name }: EntryAccess,
  { io, daemon }: Pick<Shell, 'io' | 'daemon'>,
): Promise<number | undefined> {
  if (entryClass !== 'node') return undefined;
  const answer = await daemon.ask(listNodes);
  if (!answer.ok || !answer.reply.nodes.some(({ node }) => node === name)) return undefined;
  return refuse(
    io,
    `NAME: there is no node "${visibleLine(name)}" in the draft, but it is a node of this cluster.`,
    `"fallover remove-node ${visibleLine(name)}" removes it from the cluster once it is down.`,
  );
}

export async function refuseUnknown(
  entry: { class: EntryClass; name: string },
  shell: Pick<Shell, 'io' | 'daemon'>,
): Promise<number> {
  const events = entry.class === 'event' || entry.class === 'custom_event';
  const meant = nearest(entry.name, events ? await eventNames(shell.daemon) : await namesIn(entry.class, shell));
  const way = meant === undefined ? `"fallover query ${classWord(entry.class)}" lists them all.` : `Did you mean ${meant}?`;
  const what = events
    ? `event "${visibleLine(entry.name)}", neither predefined nor custom`
    : `${CLASS_WORDS[entry.class].one} "${visibleLine(entry.name)}" in the configuration`;
  return refuse(shell.io, `NAME: there is no ${what}. ${way}`);
}

async function namesIn(entryClass: EntryClass, { daemon }: Pick<Shell, 'daemon'>): Promise<string[]> {
  const answer = await daemon.ask(listEntries, { parameters: { class: entryClass } });
  return answer.ok ? answer.reply.entries.flatMap(({ name, draft }) => (draft ? [name] : [])) : [];
}
