import { byCodeUnits, sortKeys } from '../sort-keys.ts';
import { ALL_FIELDS, FIELD_DEFAULTS } from './fields.ts';
import type { AnyFields, DefinitionDocument, Entry, Field } from './types.ts';

/**
 * Drops what is empty (an empty text or list, the default as the cluster's value) and puts the rest in the worksheet's
 * order, so that two equal configurations are equal JSON. A node whose value is emptied has the cluster's again.
 */
export function cleanFields<Fields extends AnyFields>(fields: Fields): Fields {
  const given = fields as Record<string, Field<unknown> | undefined>;
  const kept: Record<string, Field<unknown>> = {};
  for (const name of ALL_FIELDS) {
    const field = given[name] && cleanField(given[name], FIELD_DEFAULTS[name]);
    if (field) kept[name] = field;
  }
  return kept as unknown as Fields;
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
