import { writtenValue } from '../clmgr/attributes.ts';
import { CLASS_FIELDS, CLMGR_ATTRIBUTES, differsByNode, FIELD_LABELS, type FieldName } from '../definition/fields.ts';
import { type DefinitionDocument, ENTRY_CLASSES, type EntryClass } from '../definition/types.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { collected, faultList } from './collect.ts';
import { writtenRow } from './csv-cells.ts';
import { readTable } from './table.ts';
import type { ImportedFile } from './types.ts';
import { eachValue, type TextOf } from './values-of.ts';

/** The whole configuration, one value a row; what a field is called is clmgr's attribute. */
export const CSV_HEADINGS = ['Class', 'Name', 'Field', 'Node', 'Value'] as const;

/** An entry has a row without a field too when it has no values: that it is there says something. */
export function writeCsv({ entries }: DefinitionDocument, textOf: TextOf): string {
  const rows = entries.flatMap((entry) => {
    const values = eachValue(entry, textOf).map(({ field, node = '', value }) => [
      entry.class,
      entry.name,
      CLMGR_ATTRIBUTES[field],
      node,
      writtenValue(value),
    ]);
    return values.length === 0 ? [[entry.class, entry.name, '', '', '']] : values;
  });
  return [[...CSV_HEADINGS], ...rows].map(writtenRow).join('');
}

export function readCsv(text: string): Result<ImportedFile, ExchangeFault[]> {
  const table = readTable(text, CSV_HEADINGS, ['Class', 'Name', 'Field', 'Value']);
  if (!table.ok) return table;
  const { headings, columns, rows } = table.value;
  const faults = faultList();
  const entries = collected(faults);
  for (const { line, cells } of rows) {
    if (faults.full()) break;
    const cell = (heading: (typeof CSV_HEADINGS)[number]): string => cells[headings.get(heading) ?? -1] ?? '';
    if (cells.length > columns) {
      faults.add({ code: 'too_many_cells', line, count: cells.length, most: columns });
      continue;
    }
    const classGiven = cell('Class').trim().toLowerCase();
    const entryClass = ENTRY_CLASSES.find((one) => one === classGiven);
    if (!entryClass) {
      faults.add({ code: 'unknown_class', line, text: cell('Class'), known: ENTRY_CLASSES });
      continue;
    }
    const name = cell('Name').trim();
    if (!entries.entry({ class: entryClass, name }, line)) continue;
    const given = cell('Field').trim();
    const node = cell('Node').trim();
    if (given === '') {
      for (const heading of ['Node', 'Value'] as const)
        if (cell(heading).trim() !== '') faults.add({ code: 'cell_missing', line, heading: 'Field' });
      continue;
    }
    const field = FIELDS_BY_NAME[entryClass].get(given.toLowerCase());
    if (!field) {
      const known = CLASS_FIELDS[entryClass].map((one) => CLMGR_ATTRIBUTES[one]);
      faults.add({ code: 'unknown_field', line, class: entryClass, text: given, known });
      continue;
    }
    if (node !== '' && !differsByNode(entryClass)) {
      const fault = { code: 'same_on_every_node', field, text: node } as const;
      faults.add({ code: 'value_not_accepted', line, class: entryClass, name, fault });
      continue;
    }
    entries.text({ class: entryClass, name, field, node: node || undefined }, cell('Value'), line);
  }
  const wrong = faults.list();
  return wrong.length > 0 ? err(wrong) : ok({ format: 'csv', entries: entries.done(), notes: [] });
}

/** By the attribute of clmgr, as it is written, or by the label of the panels, in small letters. */
const FIELDS_BY_NAME = Object.fromEntries(
  ENTRY_CLASSES.map((entryClass): [EntryClass, Map<string, FieldName>] => {
    const fields: readonly FieldName[] = CLASS_FIELDS[entryClass];
    const named = (names: Record<FieldName, string>) => fields.map((field) => [names[field].toLowerCase(), field] as const);
    return [entryClass, new Map([...named(FIELD_LABELS), ...named(CLMGR_ATTRIBUTES)])];
  }),
) as Record<EntryClass, Map<string, FieldName>>;
