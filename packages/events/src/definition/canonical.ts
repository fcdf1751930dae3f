import { byCodeUnits, sortKeys } from '../sort-keys.ts';
import { ALL_FIELDS, FIELD_DEFAULTS, type FieldName } from './fields.ts';
import type { AnyFields, DefinitionDocument, Entry, Field } from './types.ts';

/**
 * Drops what is empty (an empty text or list, the default as the cluster's value) and puts the rest in the worksheet's
 * order, so that two equal configurations are equal JSON. A node whose value is emptied has the cluster's again.
 */
export function cleanFields<Fields extends AnyFields>(fields: Fields): Fields {
  const given = fields as Record<string, Field<unknown> | undefined>;
  const kept: Record<string, Field<unknown>> = {};
  for (const name of inOrder(Object.keys(given))) {
    const field = cleanField(given[name], FIELD_DEFAULTS[name]);
    if (field) kept[name] = field;
  }
  return kept as unknown as Fields;
}

const PLACES: ReadonlyMap<string, number> = new Map(ALL_FIELDS.map((name, place) => [name, place]));

/** Those that are fields, as the worksheet has them. An entry has few of them: it is not asked for each that there is. */
function inOrder(names: string[]): FieldName[] {
  const known = names.filter((name) => PLACES.has(name)) as FieldName[];
  return known.length < 2 ? known : known.sort((a, b) => (PLACES.get(a) ?? 0) - (PLACES.get(b) ?? 0));
}

function cleanField({ cluster, nodes }: Field<unknown> = {}, standard: unknown): Field<unknown> | undefined {
  const clusterGiven = !isEmpty(cluster) && cluster !== standard;
  const own = nodes && cleanNodes(nodes);
  if (own) return clusterGiven ? { cluster, nodes: own } : { nodes: own };
  return clusterGiven ? { cluster } : undefined;
}

function cleanNodes(nodes: Record<string, unknown>): Record<string, unknown> | undefined {
  const given = Object.entries(nodes).filter(([, value]) => !isEmpty(value));
  return given.length === 0 ? undefined : Object.fromEntries(given.sort(([a], [b]) => byCodeUnits(a, b)));
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
    .sort(byClassAndName);
}

export const byClassAndName = (a: Pick<Entry, 'class' | 'name'>, b: Pick<Entry, 'class' | 'name'>): number =>
  a.class === b.class ? byCodeUnits(a.name, b.name) : byCodeUnits(a.class, b.class);

/** An event that is not customised and a cluster without settings of its own need no entry; everything else is there by its name. */
export const saysSomething = ({ class: entryClass, fields }: Entry): boolean =>
  (entryClass !== 'event' && entryClass !== 'cluster') || Object.keys(fields).length > 0;
