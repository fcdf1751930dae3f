import { CUSTOM_EVENT_FIELDS, EVENT_FIELDS } from './fields.ts';
import { byCodeUnits, sortKeys } from '../sort-keys.ts';
import type { CustomEvent, DefinitionDocument, Entry, EntryClass, EventCustomization, Field } from './types.ts';

/** A field that has this value for the cluster says the same as one that is not given. */
const DEFAULTS: Record<string, unknown> = { recoveryCounter: 0, failOnPrePost: false };

/**
 * Drops what is empty (an empty text or list, the default as the cluster's value) and puts the rest in the worksheet's
 * order, so that two equal configurations are equal JSON. A node whose value is emptied has the cluster's again.
 */
export function cleanFields<Fields extends EventCustomization | CustomEvent>(fields: Fields): Fields {
  const given = fields as Record<string, Field<unknown> | undefined>;
  const kept = [...EVENT_FIELDS, ...CUSTOM_EVENT_FIELDS].flatMap((name): [string, Field<unknown>][] => {
    const field = cleanField(given[name], DEFAULTS[name]);
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

/** Sorted and clean. An event on which nothing is customised says the same as one without an entry. */
function cleanEntries(document: DefinitionDocument | undefined): Entry[] {
  return (document?.entries ?? [])
    .map((entry) => ({ ...entry, fields: cleanFields(entry.fields) }) as Entry)
    .filter((entry) => entry.class !== 'event' || Object.keys(entry.fields).length > 0)
    .sort((a, b) => byCodeUnits(a.class, b.class) || byCodeUnits(a.name, b.name));
}

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
    const fields = [...EVENT_FIELDS, ...CUSTOM_EVENT_FIELDS].filter((field) => textOf(from, field) !== textOf(to, field));
    if (from && to && fields.length === 0) return [];
    return [{ class: entryClass, name, kind: !from ? 'added' : !to ? 'deleted' : 'changed', fields }];
  });
}

/** NUL sorts before every character of a name, so that the order is by class, then name. */
const keyOf = (entry: Entry): string => `${entry.class}\u0000${entry.name}`;

const textOf = (entry: Entry | undefined, field: string): string | undefined =>
  entry && JSON.stringify(sortKeys((entry.fields as Record<string, unknown>)[field]));
