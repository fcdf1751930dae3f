import { isEmpty } from '../definition/canonical.ts';
import { CLASS_FIELDS, type FieldName } from '../definition/fields.ts';
import type { Entry, Field } from '../definition/types.ts';
import { byCodeUnits } from '../sort-keys.ts';

/** The text of a library script, by its SHA-256. */
export type TextOf = (sha256: string) => string | undefined;

export interface GivenValue {
  field: FieldName;
  node?: string;
  value: unknown;
}

/** Every value of an entry that is not empty: the cluster's and each node's, in the order of its panel. A script's content is its text. */
export function eachValue(entry: Entry, textOf: TextOf): GivenValue[] {
  const given = entry.fields as { [Name in FieldName]?: Field<unknown> };
  return CLASS_FIELDS[entry.class].flatMap((field): GivenValue[] => {
    const { cluster, nodes = {} } = given[field] ?? {};
    const values: GivenValue[] = [
      { field, value: cluster },
      ...Object.keys(nodes)
        .sort(byCodeUnits)
        .map((node) => ({ field, node, value: nodes[node] })),
    ];
    return values
      .map((one) => (field === 'content' ? { ...one, value: textOf(String(one.value)) } : one))
      .filter(({ value }) => !isEmpty(value));
  });
}

/** The nodes on which an entry has values of its own, in order. */
export function ownNodes(entry: Entry): string[] {
  const fields = Object.values(entry.fields as Record<string, Field<unknown>>);
  return [...new Set(fields.flatMap(({ nodes = {} }) => Object.keys(nodes)))].sort(byCodeUnits);
}
