import type { EntryChangeView } from '@fallover/contract';
import { attributeOf, CLASS_FIELDS, type EntryClass } from '@fallover/events';
import { compareRevisions, getChanges, revertChanges } from '../addresses.ts';
import { entryWords } from '../classes.ts';
import { EXIT, type Io } from '../io.ts';
import { printLines, printReply } from '../print.ts';
import { refuse, reportFault, wordsOf } from '../report.ts';
import { placeText, type RevertPlace, readPlaces } from '../revert-places.ts';
import type { RunVerb } from '../shell.ts';
import { countWords, entryChangeLines } from '../value-text.ts';
import { visibleLine } from '../visible.ts';

export const changes: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage });
  if (!read) return EXIT.refused;
  const answer = await daemon.ask(getChanges);
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, read.options.json, ({ active, count, changes: found }) => {
    const against = active ? `revision ${active.number}, which is active` : 'nothing, since no revision is active';
    if (count === 0) return [`The draft says the same as ${against}`];
    return [
      `${countWords(count, 'change')} of the draft against ${against}:`,
      ...entryChangeLines(found),
      '"fallover sync" makes them active, "fallover revert CLASS NAME [ATTR] [NODE=NAME]" takes them back',
    ];
  });
};

export const diff: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { json: 'flag' } as const, { usage, most: 2 });
  if (!read) return EXIT.refused;
  const [from = 'active', to = 'draft'] = read.words;
  const answer = await daemon.ask(compareRevisions, { query: { from, to } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, read.options.json, ({ count, changes: found }) => [
    count === 0
      ? `${visibleLine(from)} and ${visibleLine(to)} say the same`
      : `${countWords(count, 'change')} from ${visibleLine(from)} to ${visibleLine(to)}:`,
    ...entryChangeLines(found),
  ]);
};

export const revert: RunVerb = async (args, { io, daemon, usage }) => {
  const read = wordsOf(io, args, { all: 'flag', json: 'flag' } as const, { usage, most: Number.POSITIVE_INFINITY });
  if (!read) return EXIT.refused;
  const { all, json } = read.options;
  if (all && read.words.length > 0)
    return refuse(io, '--all takes every change back; give it alone, or without it what to take back.', `Usage: ${usage}`);
  if (!all && read.words.length === 0)
    return refuse(io, 'Something is missing here: what to take back, or --all.', `Usage: ${usage}`);
  const places = readPlaces(read.words);
  if (!all && !places.ok) return refuse(io, places.error, `Usage: ${usage}`);
  const found = await daemon.ask(getChanges);
  if (!found.ok) return reportFault(io, found.fault);
  const open = found.reply.changes;
  const asked = all || !places.ok ? open.map(({ class: entryClass, name }) => ({ class: entryClass, name })) : places.value;
  const wanted: Wanted[] = [];
  for (const place of asked) {
    const change = open.find(({ class: entryClass, name }) => place.class === entryClass && place.name === name);
    if (!change) return refuseEntry(io, place, open);
    const value = changedValue(place, change);
    if (!value) return refuseValue(io, place, change);
    wanted.push({ class: change.class, name: change.name, revision: change.revision, ...value });
  }
  if (wanted.length === 0) {
    printLines(io, ['There is nothing to take back: the draft says what is active']);
    return EXIT.done;
  }
  const answer = await daemon.ask(revertChanges, { body: { changes: wanted } });
  if (!answer.ok) return reportFault(io, answer.fault);
  return printReply(io, answer, json, ({ count }) => [
    ...wanted.map((one) => `Taken back: ${placeText(one)}`),
    count === 0
      ? 'The draft says what is active'
      : `${countWords(count, 'change')} left that ${count === 1 ? 'is' : 'are'} not synchronised`,
  ]);
};

interface Wanted {
  class: EntryClass;
  name: string;
  revision: number;
  field?: string;
  node?: string;
}

type OpenChange = EntryChangeView & { revision: number };

/** Which changed value of the entry is meant, the whole entry without an attribute; undefined when that is not changed. */
function changedValue({ attribute, node }: RevertPlace, change: OpenChange): Pick<Wanted, 'field' | 'node'> | undefined {
  if (attribute === undefined) return {};
  const field = CLASS_FIELDS[change.class].find((name) => attributeOf(name) === attribute.toUpperCase() || name === attribute);
  const value = change.values.find((one) => one.field === field && one.node === node);
  return value && { field: value.field, ...(value.node === undefined ? {} : { node: value.node }) };
}

function refuseEntry(io: Io, place: RevertPlace, open: readonly OpenChange[]): number {
  const listed = open.slice(0, 10).map(entryWords).join(', ');
  const more = open.length > 10 ? ` and ${open.length - 10} more; "fallover changes" lists them` : '';
  const way = open.length === 0 ? 'The draft says what is active.' : `Changed: ${listed}${more}.`;
  return refuse(io, `NAME: nothing is changed in ${entryWords(place)}. ${way}`);
}

function refuseValue(io: Io, { attribute = '', node }: RevertPlace, change: OpenChange): number {
  const where = node === undefined ? '' : ` on node ${visibleLine(node)}`;
  const changed = change.values.map((value) => placeText(value)).join(', ');
  return refuse(
    io,
    `${visibleLine(attribute)}: that is not changed in ${entryWords(change)}${where}. Changed: ${changed || 'only that it is there'}.`,
  );
}
