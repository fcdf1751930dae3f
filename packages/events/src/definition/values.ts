import { byCodeUnits, sortKeys } from '../sort-keys.ts';
import { byClassAndName, cleanEntries, isEmpty } from './canonical.ts';
import { CLASS_FIELDS, type FieldName } from './fields.ts';
import type { DefinitionDocument, Entry, EntryClass, Field } from './types.ts';

/** One value of an entry that differs: of a field, for the cluster or for one node. A side that is missing is empty there. */
export interface ValueChange {
  field: FieldName;
  node?: string;
  before?: unknown;
  after?: unknown;
}

/** An entry that differs, value by value. */
export interface EntryChange {
  class: EntryClass;
  name: string;
  kind: 'added' | 'changed' | 'deleted';
  values: ValueChange[];
}

/** Which value of which entry; without a field the whole entry. */
export interface ValuePlace {
  class: EntryClass;
  name: string;
  field?: FieldName;
  node?: string;
}

/** In what two documents differ, value by value: entries by class and name, fields in the order of their panel. */
export function changesBetween(before: DefinitionDocument | undefined, after: DefinitionDocument): EntryChange[] {
  const changes: EntryChange[] = [];
  for (const [from, to] of inPairs(cleanEntries(before), cleanEntries(after))) {
    const { class: entryClass, name } = (to ?? from) as Entry;
    const values = valueChanges(entryClass, from, to);
    if (from && to && values.length === 0) continue;
    changes.push({ class: entryClass, name, kind: !from ? 'added' : !to ? 'deleted' : 'changed', values });
  }
  return changes;
}

/** The entries of two sorted lists, each with the one of the other list that has its class and name. */
function* inPairs(old: readonly Entry[], now: readonly Entry[]): Generator<[Entry | undefined, Entry | undefined]> {
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    const [from, to] = [old[i], now[j]];
    const order = !from ? 1 : !to ? -1 : byClassAndName(from, to);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
    yield [order <= 0 ? from : undefined, order >= 0 ? to : undefined];
  }
}

/** How many changes an administrator counts: each value, and each entry that was added or deleted without any. */
export const countChanges = (changes: readonly EntryChange[]): number =>
  changes.reduce((sum, { values }) => sum + Math.max(1, values.length), 0);

/** The fields that differ, in the order of their panel. */
export const changedFields = ({ values }: EntryChange): FieldName[] => [...new Set(values.map(({ field }) => field))];

/**
 * The entry as it is once a change is taken back: this value, or without a field the whole entry, is as in `to`. A deleted
 * entry comes back whole. Undefined: there is no such entry then.
 */
export function reverted(
  entry: Entry | undefined,
  to: Entry | undefined,
  { field, node }: Pick<ValuePlace, 'field' | 'node'>,
): Entry | undefined {
  if (field === undefined || !entry) return to;
  return withValue(entry, field, node, to && valueAt(to, field, node));
}

export function valueAt(entry: Entry, field: FieldName, node?: string): unknown {
  const given = fieldsOf(entry)[field];
  if (node === undefined) return given?.cluster;
  return Object.hasOwn(given?.nodes ?? {}, node) ? given?.nodes?.[node] : undefined;
}

function withValue(entry: Entry, field: FieldName, node: string | undefined, value: unknown): Entry {
  const { cluster, nodes = {} } = fieldsOf(entry)[field] ?? {};
  const next: Field<unknown> =
    node === undefined
      ? { ...(isEmpty(value) ? {} : { cluster: value }), nodes }
      : { ...(cluster === undefined ? {} : { cluster }), nodes: { ...nodes, [node]: value } };
  return { ...entry, fields: { ...entry.fields, [field]: next } } as Entry;
}

function valueChanges(entryClass: EntryClass, from: Entry | undefined, to: Entry | undefined): ValueChange[] {
  const changes: ValueChange[] = [];
  for (const field of CLASS_FIELDS[entryClass]) {
    const old = from && fieldsOf(from)[field];
    const now = to && fieldsOf(to)[field];
    if (old === now) continue;
    const nodes =
      old?.nodes || now?.nodes ? [...new Set([...Object.keys(old?.nodes ?? {}), ...Object.keys(now?.nodes ?? {})])] : [];
    for (const node of [undefined, ...nodes.sort(byCodeUnits)]) {
      const [before, after] = [from && valueAt(from, field, node), to && valueAt(to, field, node)];
      if (isSame(before, after)) continue;
      const change: ValueChange = node === undefined ? { field } : { field, node };
      if (before !== undefined) change.before = before;
      if (after !== undefined) change.after = after;
      changes.push(change);
    }
  }
  return changes;
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b)));

const fieldsOf = (entry: Entry): { [Name in FieldName]?: Field<unknown> } =>
  entry.fields as { [Name in FieldName]?: Field<unknown> };
