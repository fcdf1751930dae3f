import type { EntryChangeView } from '@fallover/contract';
import {
  attributeOf,
  CLASS_WORDS,
  FIELD_DEFAULTS,
  FIELD_KINDS,
  type FieldName,
  isEmpty,
  labelOf,
  writtenValue,
} from '@fallover/events';
import { visibleLine } from './visible.ts';

/** A value of the definition for reading, in quotes; what is empty says what holds then. */
export function shownValue(field: string, node: string | undefined, value: unknown): string {
  if (isEmpty(value)) {
    if (node !== undefined) return '(that of the cluster)';
    const standard = FIELD_DEFAULTS[field as FieldName];
    return standard === undefined ? '(empty)' : `(default ${String(standard)})`;
  }
  if (FIELD_KINDS[field as FieldName] === 'program') return `"${programInALine(String(value))}"`;
  const text = visibleLine(writtenValue(value));
  return FIELD_KINDS[field as FieldName] === 'digest' ? `SHA-256 ${text.slice(0, 12)}` : `"${text}"`;
}

/** What is run, without comments: `other "node_up" 0 NULL / barrier / …`. */
const programInALine = (text: string): string =>
  text
    .split('\n')
    .map((line) => visibleLine(line.trim()))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join(' / ');

/** Each entry that differs, and below it each of its values, by the worksheet's name and the attribute; of one that goes, what it said. */
export const entryChangeLines = (changes: readonly EntryChangeView[]): string[] =>
  changes.flatMap(({ kind, class: entryClass, name, values }) => [
    `${kind} ${CLASS_WORDS[entryClass].one} ${visibleLine(name)}`,
    ...values.map(({ field, node, before, after }) => {
      const where = node === undefined ? '' : ` on node ${visibleLine(node)}`;
      const [from, to] = [shownValue(field, node, before), shownValue(field, node, after)];
      const values = kind === 'changed' ? `${from} -> ${to}` : kind === 'added' ? to : from;
      return `  ${labelOf(field)}${where} (${attributeOf(field)}): ${values}`;
    }),
  ]);

export const countWords = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);
