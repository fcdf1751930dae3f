import type { KnownNames } from '../catalogue/check-arguments.ts';
import { nearestName } from '../catalogue/nearest-name.ts';
import { CLASS_FIELDS, FIELD_KINDS, type FieldName, NAMED_CLASS } from './fields.ts';
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

/** The entries that name this one in a field. */
export function usersOfEntry({ class: entryClass, name }: Named, among: readonly Entry[]): Named[] {
  const naming = (field: FieldName): boolean => NAMED_CLASS[field] === entryClass;
  return usersOfValue(name, naming, among);
}

/** The entries that have this full pathname as a command. */
export const usersOfCommand = (path: string, among: readonly Entry[]): Named[] =>
  usersOfValue(path, (field) => FIELD_KINDS[field] === 'command', among);

function usersOfValue(value: string, isMeant: (field: FieldName) => boolean, among: readonly Entry[]): Named[] {
  const users = among.filter((entry) => {
    const given = entry.fields as { [Name in FieldName]?: Field<unknown> };
    const values = (field: FieldName) => [given[field]?.cluster, ...Object.values(given[field]?.nodes ?? {})].flat();
    return CLASS_FIELDS[entry.class].some((field) => isMeant(field) && values(field).includes(value));
  });
  return users.map((user) => ({ class: user.class, name: user.name }));
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
