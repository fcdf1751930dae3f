import { writtenValue } from '../clmgr/attributes.ts';
import { isEmpty } from '../definition/canonical.ts';
import { FIELD_LABELS, type FieldName, labelOf, SHEET_OF_CUSTOM_EVENT, SHEET_OF_EVENT } from '../definition/fields.ts';
import type { DefinitionDocument, Entry, Field } from '../definition/types.ts';
import { valueAt } from '../definition/values.ts';
import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { collected, faultList } from './collect.ts';
import { type Row, writtenRow } from './csv-cells.ts';
import { readTable } from './table.ts';
import type { ImportedFile } from './types.ts';
import { ownNodes } from './values-of.ts';

type SheetField = (typeof SHEET_OF_CUSTOM_EVENT)[number] | (typeof SHEET_OF_EVENT)[number];

/** The fields that the worksheet has; the others of an event stay as they are. */
export const WORKSHEET_CARRIES: readonly FieldName[] = [...SHEET_OF_CUSTOM_EVENT, ...SHEET_OF_EVENT];

/** Whose row it is: of a node, or of the whole cluster when the cell is empty; and of which custom event. */
const NODE = 'Node';
const CUSTOM_EVENT = 'Custom Event';
const CLUSTER = FIELD_LABELS.cluster;
const EVENT = FIELD_LABELS.event;

/** The thirteen fields of the Cluster Event Worksheet in its order and words, behind the two that say whose row it is. */
export const WORKSHEET_HEADINGS: readonly string[] = [
  NODE,
  CUSTOM_EVENT,
  CLUSTER,
  ...SHEET_OF_CUSTOM_EVENT.map(labelOf),
  EVENT,
  ...SHEET_OF_EVENT.map(labelOf),
];

export function writeWorksheet({ cluster, entries }: DefinitionDocument): string {
  const rows = entries.flatMap((entry): string[][] => {
    if (entry.class !== 'custom_event' && entry.class !== 'event') return [];
    const isCustom = entry.class === 'custom_event';
    const cells = (node?: string): string[] => [
      node ?? '',
      isCustom ? entry.name : '',
      cluster,
      ...SHEET_OF_CUSTOM_EVENT.map((field) => (isCustom ? writtenValue(valueAt(entry, field, node)) : '')),
      isCustom ? '' : entry.name,
      ...SHEET_OF_EVENT.map((field) => (isCustom ? '' : writtenValue(valueAt(entry, field, node)))),
    ];
    const nodes = ownNodes(entry).filter((node) => hasSheetValue(entry, node));
    const forCluster = isCustom || hasSheetValue(entry);
    return [...(forCluster ? [cells()] : []), ...nodes.map((node) => cells(node))];
  });
  return [[...WORKSHEET_HEADINGS], ...rows].map(writtenRow).join('');
}

const hasSheetValue = (entry: Entry, node?: string): boolean => {
  const fields = entry.fields as { [Name in SheetField]?: Field<unknown> };
  const sheet = entry.class === 'event' ? SHEET_OF_EVENT : SHEET_OF_CUSTOM_EVENT;
  return sheet.some((field) => !isEmpty(node === undefined ? fields[field]?.cluster : fields[field]?.nodes?.[node]));
};

/** A row says all that its columns have: an empty cell empties the value, a column that is left out changes nothing. */
export function readWorksheet(text: string): Result<ImportedFile, ExchangeFault[]> {
  const table = readTable(text, WORKSHEET_HEADINGS, [EVENT]);
  if (!table.ok) return table;
  const { headings, columns, rows } = table.value;
  const faults = faultList();
  const entries = collected(faults);
  let cluster: string | undefined;
  for (const row of rows) {
    if (faults.full()) break;
    const fault = misplaced(row, headings, columns);
    if (fault) {
      faults.add(fault);
      continue;
    }
    const cell = (heading: string): string => row.cells[headings.get(heading) ?? -1] ?? '';
    cluster ??= cell(CLUSTER).trim() || undefined;
    const custom = cell(CUSTOM_EVENT).trim();
    const node = cell(NODE).trim();
    const entry =
      custom === ''
        ? ({ class: 'event', name: cell(EVENT).trim() } as const)
        : ({ class: 'custom_event', name: custom } as const);
    if (!entries.entry(entry, row.line)) continue;
    for (const field of custom === '' ? SHEET_OF_EVENT : SHEET_OF_CUSTOM_EVENT) {
      const column = headings.get(labelOf(field));
      if (column !== undefined) entries.text({ ...entry, field, node: node || undefined }, row.cells[column] ?? '', row.line);
    }
  }
  const wrong = faults.list();
  if (wrong.length > 0) return err(wrong);
  return ok({ format: 'worksheet', ...(cluster === undefined ? {} : { cluster }), entries: entries.done(), notes: [] });
}

const NOT_ON_CUSTOM_EVENT = [EVENT, ...SHEET_OF_EVENT.map(labelOf)];
const NOT_ON_EVENT = SHEET_OF_CUSTOM_EVENT.map(labelOf);

/** A row is of a custom event or of an event that is customised, never of both. */
function misplaced({ line, cells }: Row, headings: ReadonlyMap<string, number>, columns: number): ExchangeFault | undefined {
  if (cells.length > columns) return { code: 'too_many_cells', line, count: cells.length, most: columns };
  const has = (heading: string): boolean => (cells[headings.get(heading) ?? -1] ?? '').trim() !== '';
  if (!has(CUSTOM_EVENT) && !has(EVENT)) return { code: 'cell_missing', line, heading: EVENT };
  const [others, row] = has(CUSTOM_EVENT)
    ? [NOT_ON_CUSTOM_EVENT, 'a custom event']
    : [NOT_ON_EVENT, 'an event that is customised'];
  const heading = others.find(has);
  return heading === undefined ? undefined : { code: 'cell_out_of_place', line, heading, row };
}
