import { byCodeUnits, sortKeys } from '../sort-keys.ts';
import { ALL_FIELDS, FIELD_DEFAULTS } from './fields.ts';
import type { AnyFields, DefinitionDocument, Entry, EntryClass, Field } from './types.ts';

/**
 * Drops what is empty (an empty text or list, the default as the cluster's value) and puts the rest in the worksheet's
 * order, so that two equal configurations are equal JSON. A node whose value is emptied has the cluster's again.
 */
export function cleanFields<Fields extends AnyFields>(fields: Fields): Fields {
  const given = fields as Record<string, Field<unknown> | undefined>;
  const kept = ALL_FIELDS.flatMap((name): [string, Field<unknown>][] => {
    const field = cleanField(given[name], FIELD_DEFAULTS[name]);
    return field ? [[name, field]] : [];
  });
  return Object.fromEntries(kept) as unknown as Fields;
}

function cleanField(field: Field<unknown> | undefined, standard: unknown): Field<unknown> | undefined {
  const nodes = Object.entries(field?.nodes ?? {})
    .filter(([, value]) => !isEmpty(value))
    .sort(([a], [b]) => byCodeUnits(a, b));
  const cluster = field?.cluster;
  const clusterGiven = !isEmpty(cluster) && cluster !== standard;
  if (!clusterGiven && nodes.length === 0) return undefined;
  return { ...(clusterGiven ? { cluster } : {}), ...(nodes.length === 0 ? {} : { nodes: Object.fromEntries(nodes) }) };
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The text that a revision's hash is made of: keys sorted, entries by class and name, nothing empty. */
export function canonicalDocument(document: DefinitionDocument): string {
  return JSON.stringify(sortKeys({ ...document, entries: cleanEntries(document) }));
}

/** Sorted and clean. */
export function cleanEntries(document: DefinitionDocument | undefined): Entry[] {
  return (document?.entries ?? [])
    .map((entry) => ({ ...entry, fields: cleanFields(entry.fields) }) as Entry)
    .filter((entry) => saysSomething(entry))
    .sort((a, b) => byCodeUnits(a.class, b.class) || byCodeUnits(a.name, b.name));
}

/** An event that is not customised and a cluster without settings of its own need no entry; everything else is there by its name. */
export const saysSomething = ({ class: entryClass, fields }: Entry): boolean =>
  (entryClass !== 'event' && entryClass !== 'cluster') || Object.keys(fields).length > 0;

export interface DocumentChange {
  class: EntryClass;
  name: string;
  kind: 'added' | 'changed' | 'deleted';
  /** The fields that differ, in the worksheet's order. */
  fields: string[];
}

/** The entries in which two documents differ, by class and name. */
export function diffDocuments(before: DefinitionDocument | undefined, after: DefinitionDocument): DocumentChange[] {
  const old = new Map(cleanEntries(before).map((entry) => [keyOf(entry), entry]));
  const now = new Map(cleanEntries(after).map((entry) => [keyOf(entry), entry]));
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(byCodeUnits);
  return keys.flatMap((key): DocumentChange[] => {
    const [from, to] = [old.get(key), now.get(key)];
    const { class: entryClass, name } = (to ?? from) as Entry;
    const fields = ALL_FIELDS.filter((field) => textOf(from, field) !== textOf(to, field));
    if (from && to && fields.length === 0) return [];
    return [{ class: entryClass, name, kind: !from ? 'added' : !to ? 'deleted' : 'changed', fields }];
  });
}

/** NUL sorts before every character of a name, so that the order is by class, then name. */
const keyOf = (entry: Entry): string => `${entry.class}\u0000${entry.name}`;

const textOf = (entry: Entry | undefined, field: string): string | undefined =>
  entry && JSON.stringify(sortKeys((entry.fields as Record<string, unknown>)[field]));
