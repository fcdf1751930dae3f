import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';

/** A row of a CSV file, with the line on which it begins: a cell in quotes may have several lines. */
export interface Row {
  line: number;
  cells: string[];
}

export type Separator = ',' | ';' | '\t';

/**
 * Reads CSV as RFC 4180 has it, and what spreadsheets make of that: other line ends, other separators, blank rows. Blanks
 * around a cell count only inside quotes.
 */
export function readRows(text: string, separator: Separator, firstLine = 1): Result<Row[], ExchangeFault> {
  const rows: Row[] = [];
  let at = 0;
  let line = firstLine;
  while (at < text.length) {
    const row: Row = { line, cells: [] };
    for (let more = true; more; ) {
      while (text[at] === ' ') at += 1;
      if (text[at] === '"') {
        const cell = quotedCell(text, at);
        if (!cell) return err({ code: 'quotes_not_closed', line });
        row.cells.push(unescaped(cell.value));
        at = cell.next;
        line += lineEnds(cell.value);
        const end = endOfCell(text, at, separator);
        const behind = text.slice(at, end).trim();
        if (behind !== '') return err({ code: 'text_behind_quotes', line, text: behind });
        at = end;
      } else {
        const end = endOfCell(text, at, separator);
        row.cells.push(unescaped(text.slice(at, end).trimEnd()));
        at = end;
      }
      more = text[at] === separator;
      if (more) at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    if (row.cells.some((cell) => cell !== '')) rows.push(row);
  }
  return ok(rows);
}

/** Quotes begin at `start`; two of them within stand for one. */
function quotedCell(text: string, start: number): { value: string; next: number } | undefined {
  const parts: string[] = [];
  for (let from = start + 1; ; ) {
    const close = text.indexOf('"', from);
    if (close < 0) return undefined;
    parts.push(text.slice(from, close));
    if (text[close + 1] !== '"') return { value: parts.join('"'), next: close + 1 };
    from = close + 2;
  }
}

function endOfCell(text: string, from: number, separator: Separator): number {
  const code = separator.charCodeAt(0);
  let end = from;
  for (; end < text.length; end += 1) {
    const at = text.charCodeAt(end);
    if (at === code || at === LF || at === CR) break;
  }
  return end;
}

const LF = 10;
const CR = 13;

/** CR LF, LF and CR alone each end a line. */
const lineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r']/;

/** A row as RFC 4180 writes it, with formulas made plain text. */
export const writtenRow = (cells: readonly string[]): string => `${cells.map(writtenCell).join(',')}\r\n`;

function writtenCell(value: string): string {
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The apostrophe that makes a formula plain text, or stands before an apostrophe of the value itself, is not of the value. */
const unescaped = (cell: string): string => (cell[0] === "'" && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell);
