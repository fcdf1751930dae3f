import { byCodeUnits, sortKeys } from '../sort-keys.ts';
import { cleanEntries, isEmpty } from './canonical.ts';
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
  const old = byKey(before);
  const now = byKey(after);
  return [...new Set([...old.keys(), ...now.keys()])].sort(byCodeUnits).flatMap((key): EntryChange[] => {
    const [from, to] = [old.get(key), now.get(key)];
    const { class: entryClass, name } = (to ?? from) as Entry;
    const values = valueChanges(entryClass, from, to);
    if (from && to && values.length === 0) return [];
    return [{ class: entryClass, name, kind: !from ? 'added' : !to ? 'deleted' : 'changed', values }];
  });
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
  return CLASS_FIELDS[entryClass].flatMap((field): ValueChange[] => {
    if (!(from && fieldsOf(from)[field]) && !(to && fieldsOf(to)[field])) return [];
    const nodes = [from, to].flatMap((entry) => Object.keys((entry && fieldsOf(entry)[field]?.nodes) ?? {}));
    return [undefined, ...[...new Set(nodes)].sort(byCodeUnits)].flatMap((node): ValueChange[] => {
      const [before, after] = [from && valueAt(from, field, node), to && valueAt(to, field, node)];
      if (isSame(before, after)) return [];
      return [
        {
          field,
          ...(node === undefined ? {} : { node }),
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        },
      ];
    });
  });
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));

const fieldsOf = (entry: Entry): { [Name in FieldName]?: Field<unknown> } =>
  entry.fields as { [Name in FieldName]?: Field<unknown> };

/** NUL sorts before every character of a name, so that the order is by class, then name. */
const byKey = (document: DefinitionDocument | undefined): Map<string, Entry> =>
  new Map(cleanEntries(document).map((entry) => [`${entry.class}\u0000${entry.name}`, entry]));
