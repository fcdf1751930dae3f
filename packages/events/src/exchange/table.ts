import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { type Row, readRows, type Separator } from './csv-cells.ts';

/** The rows of a CSV file below its headings. */
export interface Table<Heading extends string> {
  headings: ReadonlyMap<Heading, number>;
  /** As many as the first row has; further cells are out of place. */
  columns: number;
  rows: Row[];
}

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

/** Which separator a CSV file has: that which cuts its first line into the most cells. Excel may say it in a line of its own. */
function separatorOf(text: string): { separator: Separator; begin: number } {
  const said = /^sep=([,;\t])\r?\n/i.exec(text);
  if (said) return { separator: said[1] as Separator, begin: said[0].length };
  const end = text.search(/[\r\n]/);
  const first = (end < 0 ? text : text.slice(0, end)).slice(0, 2000);
  const count = (separator: string): number => first.split(separator).length;
  const [most] = [...SEPARATORS].sort((a, b) => count(b) - count(a));
  return { separator: most as Separator, begin: 0 };
}

/** Reads a CSV file whose first row has the headings. */
export function readTable<Heading extends string>(
  text: string,
  known: readonly Heading[],
  required: readonly Heading[],
): Result<Table<Heading>, ExchangeFault[]> {
  const { separator, begin } = separatorOf(text);
  const read = readRows(text.slice(begin), separator, begin > 0 ? 2 : 1);
  if (!read.ok) return err([read.error]);
  const [first, ...rows] = read.value;
  if (!first) return err([{ code: 'file_empty' }]);
  const faults: ExchangeFault[] = [];
  const headings = new Map<Heading, number>();
  for (const [column, cell] of first.cells.entries()) {
    if (cell === '') continue;
    const heading = known.find((one) => one.toLowerCase() === cell.trim().toLowerCase());
    if (heading === undefined) faults.push({ code: 'unknown_heading', line: first.line, text: cell, known });
    else if (headings.has(heading)) faults.push({ code: 'heading_twice', line: first.line, text: heading });
    else headings.set(heading, column);
    if (faults.length > 20) break;
  }
  for (const heading of required)
    if (!headings.has(heading)) faults.push({ code: 'heading_missing', line: first.line, text: heading });
  return faults.length > 0
    ? err(faults)
    : ok({ headings, columns: first.cells.length, rows: withoutEmptyEnds(rows, first.cells.length) });
}

/** Spreadsheets leave empty cells behind the last one that has something. */
function withoutEmptyEnds(rows: Row[], columns: number): Row[] {
  return rows.map((row) => {
    let length = row.cells.length;
    while (length > columns && row.cells[length - 1] === '') length -= 1;
    return length === row.cells.length ? row : { ...row, cells: row.cells.slice(0, length) };
  });
}

/** The headings that the first line of a text has, in whatever format. */
export function headingsOf(text: string): string[] {
  const { separator, begin } = separatorOf(text);
  const line = text.slice(begin, begin + 2000).split(/[\r\n]/, 1)[0] ?? '';
  const read = readRows(line, separator);
  return read.ok ? (read.value[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase()) : [];
}
