import { cleanFields, saysSomething } from '../definition/canonical.ts';
import { differsByNode, type FieldName } from '../definition/fields.ts';
import { ENTRY_CLASSES, type Entry, type EntryClass, type Field } from '../definition/types.ts';
import { ODM_CARRIES } from './odm.ts';
import type { ImportedEntry, ImportedFile, ImportFormat } from './types.ts';
import { WORKSHEET_CARRIES } from './worksheet.ts';

/** What a format has a place for: a whole file deletes nothing that it could not have said. */
interface Carries {
  classes: readonly EntryClass[];
  fields: readonly FieldName[] | 'all';
  nodes: boolean;
}

export const CARRIES: Record<ImportFormat, Carries> = {
  json: { classes: ENTRY_CLASSES, fields: 'all', nodes: true },
  csv: { classes: ENTRY_CLASSES, fields: 'all', nodes: true },
  worksheet: { classes: ['custom_event', 'event'], fields: WORKSHEET_CARRIES, nodes: true },
  odm: { classes: ['custom_event', 'event'], fields: ODM_CARRIES, nodes: false },
};

export interface MergeOptions {
  /** What the file does not have is deleted. */
  whole: boolean;
  /** Of the draft that is read into: the entry of the cluster's settings has its name. */
  cluster: string;
  /** The SHA-256 of a library script's text. */
  digestOf(text: string): string;
}

/** The entries as they are once the file is read into them: value by value, those that it does not name as they were. */
export function readInto(draft: readonly Entry[], file: ImportedFile, { whole, cluster, digestOf }: MergeOptions): Entry[] {
  const carries = CARRIES[file.format];
  const entries = new Map(draft.map((entry) => [keyOf(entry), whole ? withoutCarried(entry, carries) : entry]));
  const named = file.entries.map((entry) => (entry.class === 'cluster' ? { ...entry, name: cluster } : entry));
  for (const entry of named) entries.set(keyOf(entry), withValues(entries.get(keyOf(entry)), entry, digestOf));
  const inFile = new Set(named.map(keyOf));
  return [...entries.values()].filter(
    (entry) => saysSomething(entry) && (inFile.has(keyOf(entry)) || !whole || staysWithout(entry, carries)),
  );
}

/** An event keeps what the format has no place for; anything else that a whole file does not have is gone. */
const staysWithout = (entry: Entry, { classes }: Carries): boolean => entry.class === 'event' || !classes.includes(entry.class);

/** What is left of an entry of which a whole file says all that it can. */
function withoutCarried(entry: Entry, { classes, fields, nodes }: Carries): Entry {
  if (!classes.includes(entry.class)) return entry;
  const kept = Object.entries(entry.fields as Record<string, Field<unknown>>).flatMap(
    ([name, field]): [string, Field<unknown>][] => {
      if (fields !== 'all' && !fields.includes(name as FieldName)) return [[name, field]];
      return nodes || !field.nodes ? [] : [[name, { nodes: field.nodes }]];
    },
  );
  return { ...entry, fields: Object.fromEntries(kept) } as Entry;
}

function withValues(
  before: Entry | undefined,
  { class: entryClass, name, values }: ImportedEntry,
  digestOf: MergeOptions['digestOf'],
): Entry {
  const fields = new Map<string, { cluster?: unknown; nodes: Map<string, unknown> }>();
  for (const [field, { cluster, nodes = {} }] of Object.entries((before?.fields ?? {}) as Record<string, Field<unknown>>))
    fields.set(field, { cluster, nodes: new Map(Object.entries(nodes)) });
  for (const { field, node, value } of values) {
    const given = field === 'content' && typeof value === 'string' ? digestOf(value) : value;
    const known = fields.get(field) ?? { cluster: undefined, nodes: new Map<string, unknown>() };
    if (node === undefined) known.cluster = given;
    else if (differsByNode(entryClass)) known.nodes.set(node, given);
    fields.set(field, known);
  }
  const written = [...fields].map(([field, { cluster, nodes }]) => [field, { cluster, nodes: Object.fromEntries(nodes) }]);
  return { class: entryClass, name, fields: cleanFields(Object.fromEntries(written)) } as Entry;
}

const keyOf = ({ class: entryClass, name }: Pick<Entry, 'class' | 'name'>): string => `${entryClass}\u0000${name}`;
