import type { EntryChangeView } from '@fallover/contract';
import { CLASS_WORDS, FIELD_KINDS, type FieldName, labelOf } from '@fallover/events';

/** Which of the changes are looked at. */
export interface ChangesFilter {
  /** Words that the name, a field's label, a node or a value has. */
  text?: string | undefined;
  class?: string | undefined;
  kind?: string | undefined;
}

export const CHANGE_KINDS = ['added', 'changed', 'deleted'] as const;

export const changesWords = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);

/** How many values an entry counts for: an entry that was added or deleted without any is one change too. */
const weightOf = ({ values }: Pick<EntryChangeView, 'values'>): number => Math.max(1, values.length);

export const countOf = (changes: readonly Pick<EntryChangeView, 'values'>[]): number =>
  changes.reduce((sum, change) => sum + weightOf(change), 0);

/** The changes that match. Of an entry whose own name and class do not have the words, only the values that do. */
export function matchingChanges<Change extends EntryChangeView>(
  changes: readonly Change[],
  { text = '', class: entryClass, kind }: ChangesFilter,
): Change[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (where: string): boolean => words.every((word) => where.toLowerCase().includes(word));
  return changes.flatMap((change) => {
    if ((entryClass && change.class !== entryClass) || (kind && change.kind !== kind)) return [];
    const head = `${change.name} ${CLASS_WORDS[change.class].one} ${change.kind}`;
    if (has(head)) return [change];
    const values = change.values.filter(({ field, node, before, after }) =>
      has(`${head} ${labelOf(field)} ${node ?? ''} ${valueText(field, before)} ${valueText(field, after)}`),
    );
    return values.length === 0 ? [] : [{ ...change, values }];
  });
}

/** The entries page by page, each page with about so many values; an entry is never torn apart. */
export function pagesOf<Change extends EntryChangeView>(changes: readonly Change[], most: number): Change[][] {
  const pages: Change[][] = [];
  let weight = most;
  for (const change of changes) {
    if (weight + weightOf(change) > most || pages.length === 0) {
      pages.push([]);
      weight = 0;
    }
    pages.at(-1)?.push(change);
    weight += weightOf(change);
  }
  return pages;
}

/** An element of a list as the panels show it: a sealed secret is of no use to whoever reads it. */
export const elementText = (field: string, element: string): string =>
  field === 'settings' ? element.replace(/=sealed:.*$/s, '=•••• (secret)') : element;

/** A value as the panels show it; nothing for one that is not given. */
export function valueText(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (Array.isArray(value)) return value.map((element) => elementText(field, String(element))).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  return FIELD_KINDS[field as FieldName] === 'digest' ? `SHA-256 ${text.slice(0, 12)}…` : text;
}
