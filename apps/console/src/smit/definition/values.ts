import type { Field } from '@fallover/events';
import { commandLine } from '../shell-words.ts';
import type { FieldKind, FieldSpec } from './specs.ts';

export type Fields = Record<string, Field<unknown> | undefined>;
export type Entry = string | string[];

/** What is typed for the whole cluster (no node) or for one node; an empty entry says nothing there. */
export interface Sheet {
  node?: string;
  entries: Record<string, Entry>;
}

/** Kinds that are typed as a list; the words of a `words` are typed in one line. */
const LISTS: readonly FieldKind[] = ['names', 'events', 'choices', 'settings'];
export const isTypedAsList = ({ kind }: FieldSpec): boolean => LISTS.includes(kind);

const clean = (entry: Entry | undefined): Entry => (typeof entry === 'string' ? entry.trim() : (entry ?? ''));
const same = (one: Entry | undefined, other: Entry | undefined): boolean =>
  JSON.stringify(clean(one)) === JSON.stringify(clean(other));

/** The sheets of an entry: the cluster's first, then one for each node. */
export function sheetsOf(specs: readonly FieldSpec[], fields: Fields, nodes: readonly string[]): Sheet[] {
  const named = Object.values(fields).flatMap((field) => Object.keys(field?.nodes ?? {}));
  const all = [...new Set([...nodes, ...named])].sort();
  return [{ entries: entriesOf(specs, fields) }, ...all.map((node) => ({ node, entries: entriesOf(specs, fields, node) }))];
}

function entriesOf(specs: readonly FieldSpec[], fields: Fields, node?: string): Record<string, Entry> {
  return Object.fromEntries(
    specs.map((spec) => {
      const field = fields[spec.name];
      return [spec.name, typed(spec, node === undefined ? field?.cluster : field?.nodes?.[node])];
    }),
  );
}

function typed(spec: FieldSpec, value: unknown): Entry {
  if (isTypedAsList(spec)) return Array.isArray(value) ? value.map(String) : [];
  if (Array.isArray(value)) return value.join(' ');
  return value === undefined ? '' : String(value);
}

/**
 * The entry as the sheets say; where a sheet is as `base` has it, `base` is kept to the letter, and so is a field that this form
 * does not have: another panel has it.
 */
export function fieldsOf(specs: readonly FieldSpec[], sheets: readonly Sheet[], base: Fields): Fields {
  const fields: Fields = { ...base };
  for (const spec of specs) {
    delete fields[spec.name];
    const field: Field<unknown> = {};
    for (const { node, entries } of sheets) {
      const entry = entries[spec.name];
      const kept = node === undefined ? base[spec.name]?.cluster : base[spec.name]?.nodes?.[node];
      const value = same(entry, typed(spec, kept)) ? kept : meant(spec, entry ?? '');
      if (value === undefined) continue;
      if (node === undefined) field.cluster = value;
      else field.nodes = { ...field.nodes, [node]: value };
    }
    if (field.cluster !== undefined || field.nodes !== undefined) fields[spec.name] = field;
  }
  return fields;
}

function meant(spec: FieldSpec, entry: Entry): unknown {
  const value = clean(entry);
  if (typeof value !== 'string') return value.length === 0 ? undefined : value;
  if (value === '') return undefined;
  if (spec.kind === 'words') return value.split(/\s+/);
  // To the letter: its faults name its lines.
  if (spec.kind === 'program') return entry;
  // What is no number stays as it was typed, for the rules to refuse in its own words.
  if (spec.kind === 'number') return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return spec.kind === 'yes_no' ? value === 'true' : value;
}

export interface Difference {
  spec: FieldSpec;
  node?: string;
  before: Entry;
  after: Entry;
}

export function differences(specs: readonly FieldSpec[], before: readonly Sheet[], after: readonly Sheet[]): Difference[] {
  return after.flatMap(({ node, entries }) =>
    specs.flatMap((spec) => {
      const was = before.find((sheet) => sheet.node === node)?.entries[spec.name] ?? (isTypedAsList(spec) ? [] : '');
      const is = entries[spec.name] ?? '';
      return same(was, is) ? [] : [{ spec, ...(node === undefined ? {} : { node }), before: was, after: is }];
    }),
  );
}

/** Mine where I changed something, theirs everywhere else. */
export function rebase(
  specs: readonly FieldSpec[],
  base: readonly Sheet[],
  mine: readonly Sheet[],
  theirs: readonly Sheet[],
): Sheet[] {
  const changed = differences(specs, base, mine);
  const all = [...theirs, ...mine.filter(({ node }) => !theirs.some((sheet) => sheet.node === node))];
  return all.map(({ node, entries }) => {
    const own = changed.filter((difference) => difference.node === node).map(({ spec, after }) => [spec.name, after]);
    return { ...(node === undefined ? {} : { node }), entries: { ...entries, ...Object.fromEntries(own) } };
  });
}

/** The lines of F6 Command: one for the cluster, one for each node that differs, with only what is changed. */
export function modifyCommands(
  action: 'add' | 'modify',
  entryClass: string,
  name: string | undefined,
  changed: readonly Difference[],
): string[] {
  const scopes = [...new Set(changed.map(({ node }) => node))];
  return scopes.map((node, index) => {
    const attributes = changed
      .filter((difference) => difference.node === node)
      .map(
        ({ spec, after }) =>
          `${spec.attribute}=${typeof after === 'string' ? after.trim() : after.map(spec.commandAs ?? asItIs).join(' ')}`,
      );
    const verb = index === 0 ? action : 'modify';
    return commandLine([
      'fallover',
      verb,
      entryClass,
      ...(name === undefined ? [] : [name]),
      ...attributes,
      ...(node === undefined ? [] : [`NODE=${node}`]),
    ]);
  });
}

/** An entry for reading: what a list of changes or a conflict shows. */
export function shown(spec: FieldSpec, entry: Entry | undefined): string {
  const value = clean(entry);
  if (typeof value !== 'string') return value.length === 0 ? '(empty)' : value.map(spec.shownAs ?? asItIs).join(', ');
  if (value === '') return '(empty)';
  if (spec.kind === 'yes_no') return value === 'true' ? 'yes' : 'no';
  return value;
}

const asItIs = (element: string): string => element;
