import type { EntryView } from '@fallover/contract';
import type { FieldSpec } from '../../smit/definition/specs.ts';

/** A value as its line shows it: of the draft; of an entry that is deleted there, the active one. Nothing where none is given. */
export function valueWords({ draft, active }: EntryView, { name, kind }: FieldSpec): string {
  const value = (draft?.fields ?? active)?.[name]?.cluster;
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return kind === 'yes_no' ? (value === true ? 'yes' : 'no') : String(value);
}

/** Whether every typed word stands in the line of the entry. */
export function matches(entry: EntryView, specs: readonly FieldSpec[], typed: string): boolean {
  const line = [entry.name, ...specs.map((spec) => valueWords(entry, spec)), ...entry.usedBy.map(({ name }) => name)]
    .join(' ')
    .toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => line.includes(word));
}
