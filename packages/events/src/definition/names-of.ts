import type { KnownNames } from '../catalogue/check-arguments.ts';
import { nearestName } from '../catalogue/nearest-name.ts';
import { byEntry } from './by-entry.ts';
import { CLASS_FIELDS, commandsIn, type FieldName, NAMED_CLASS } from './fields.ts';
import type { DefinitionDocument, Entry, EntryClass, Field } from './types.ts';

type Named = Pick<Entry, 'class' | 'name'>;

export const namesOf = (entries: readonly Named[], entryClass: EntryClass): string[] =>
  entries.filter((entry) => entry.class === entryClass).map(({ name }) => name);

/** The nodes that a value can be given for: those whose cluster managers take part, and those that are defined. */
export const nodesOf = (entries: readonly Named[], liveNodes: readonly string[]): string[] => [
  ...new Set([...liveNodes, ...namesOf(entries, 'node')]),
];

/** The names that arguments of events are checked against and chosen from. */
export const knownNames = ({ entries }: Pick<DefinitionDocument, 'entries'>, liveNodes: readonly string[]): KnownNames => ({
  nodes: nodesOf(entries, liveNodes),
  sites: namesOf(entries, 'site'),
  networks: namesOf(entries, 'network'),
  interfaces: namesOf(entries, 'interface'),
  serviceLabels: namesOf(entries, 'service_label'),
});

/** Which entries name which, in the order in which they stand. */
export interface EntryUsers {
  /** Those that name this one in a field. */
  ofEntry(entry: Named): Named[];
  /** Those that have this full pathname as a command. */
  ofCommand(path: string): Named[];
}

export function entryUsers(among: readonly Entry[]): EntryUsers {
  const ofEntries = byEntry<Set<Entry>>();
  const ofCommands = new Map<string, Set<Entry>>();
  for (const entry of among) {
    const given = entry.fields as { [Name in FieldName]?: Field<unknown> };
    for (const field of CLASS_FIELDS[entry.class]) {
      const named = NAMED_CLASS[field];
      const values = [given[field]?.cluster, ...Object.values(given[field]?.nodes ?? {})];
      for (const value of named === undefined ? values.flatMap((each) => commandsIn(field, each)) : values.flat()) {
        if (typeof value !== 'string') continue;
        const key = { class: named ?? entry.class, name: value };
        const users = (named === undefined ? ofCommands.get(value) : ofEntries.get(key)) ?? new Set<Entry>();
        if (named === undefined) ofCommands.set(value, users);
        else ofEntries.set(key, users);
        users.add(entry);
      }
    }
  }
  const listed = (users: Set<Entry> | undefined): Named[] =>
    [...(users ?? [])].map(({ class: entryClass, name }) => ({ class: entryClass, name }));
  return { ofEntry: (entry) => listed(ofEntries.get(entry)), ofCommand: (path) => listed(ofCommands.get(path)) };
}

/** Names to look one up in, however many there are. */
export interface NameIndex {
  list: readonly string[];
  has(name: string): boolean;
  /** The one that was probably meant. A suggestion is a courtesy: where it would take long, there is none. */
  nearest(text: string): string | undefined;
}

/** Names that are compared for suggestions before there are no more. */
const MOST_COMPARED = 20_000;

export function nameIndex(names: readonly string[] | NameIndex): NameIndex {
  if ('has' in names) return names;
  const known = new Set(names);
  let left = MOST_COMPARED;
  return {
    list: names,
    has: (name) => known.has(name),
    nearest(text) {
      left -= names.length;
      return left < 0 ? undefined : nearestName(text, names);
    },
  };
}
