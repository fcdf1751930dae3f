import { byEntry } from '../definition/by-entry.ts';
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
  digestOf: DigestOf;
  /** The settings of a remote notification method as they are kept. */
  sealed(settings: readonly string[]): string[];
}

type DigestOf = (text: string) => string;

/** An entry as it is once the file is read, and what the file says of it. */
export interface ReadEntry {
  entry: Entry;
  imported?: ImportedEntry | undefined;
}

/** The entries as they are once the file is read into them: value by value, those that it does not name as they were. */
export function readInto(draft: readonly Entry[], file: ImportedFile, options: MergeOptions): ReadEntry[] {
  const { whole, cluster } = options;
  const carries = CARRIES[file.format];
  const named = byEntry<ImportedEntry>();
  for (const entry of file.entries) named.set(entry.class === 'cluster' ? { class: 'cluster', name: cluster } : entry, entry);
  const known = byEntry<true>();
  const read: ReadEntry[] = [];
  for (const entry of draft) {
    known.set(entry, true);
    const imported = named.get(entry);
    const kept = whole ? withoutCarried(entry, carries) : entry;
    if (imported) read.push({ entry: withValues(kept, imported, options), imported });
    else if (!whole || staysWithout(entry, carries)) read.push({ entry: kept });
  }
  for (const imported of file.entries) {
    const entry = { class: imported.class, name: imported.class === 'cluster' ? cluster : imported.name, fields: {} } as Entry;
    if (!known.has(entry)) read.push({ entry: withValues(entry, imported, options), imported });
  }
  return read.filter(({ entry }) => saysSomething(entry));
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

function withValues({ class: entryClass, name, fields: before }: Entry, { values }: ImportedEntry, kept: Kept): Entry {
  const fields: Record<string, { cluster?: unknown; nodes?: Record<string, unknown> }> = {};
  for (const [field, { cluster, nodes }] of Object.entries(before as Record<string, Field<unknown>>))
    fields[field] = { cluster, nodes: { ...nodes } };
  for (const { field, node, value } of values) {
    const given = keptValue(field, value, kept);
    let known = fields[field];
    if (!known) {
      known = {};
      fields[field] = known;
    }
    if (node === undefined) known.cluster = given;
    else if (differsByNode(entryClass)) {
      known.nodes ??= {};
      known.nodes[node] = given;
    }
  }
  return { class: entryClass, name, fields: cleanFields(fields) } as Entry;
}

type Kept = Pick<MergeOptions, 'digestOf' | 'sealed'>;

/** A script's text is kept under its digest, and a secret sealed. */
function keptValue(field: FieldName, value: unknown, { digestOf, sealed }: Kept): unknown {
  if (field === 'content' && typeof value === 'string') return digestOf(value);
  if (field === 'settings' && Array.isArray(value)) return sealed(value.map(String));
  return value;
}
