import { err, ok, type Result } from '../result.ts';
import type { ExchangeFault } from '../wording/exchange.ts';
import { CSV_HEADINGS, readCsv } from './csv.ts';
import { readJsonFile } from './json.ts';
import { LONGEST_IMPORT } from './limits.ts';
import { readOdm } from './odm.ts';
import { headingsOf } from './table.ts';
import type { ImportedFile, ImportFormat } from './types.ts';
import { readWorksheet, WORKSHEET_HEADINGS } from './worksheet.ts';

/** Reads a file in the format that is said, or in the one that its beginning tells. What it says is not looked at yet. */
export function readConfiguration(given: string, format?: ImportFormat): Result<ImportedFile, ExchangeFault[]> {
  if (given.length > LONGEST_IMPORT) return err([{ code: 'file_too_long', length: given.length, most: LONGEST_IMPORT }]);
  const text = given.startsWith('\ufeff') ? given.slice(1) : given;
  const found: Result<ImportFormat, ExchangeFault> = format === undefined ? formatOf(text) : ok(format);
  if (!found.ok) return err([found.error]);
  switch (found.value) {
    case 'json':
      return readJsonFile(text);
    case 'csv':
      return readCsv(text);
    case 'worksheet':
      return readWorksheet(text);
    case 'odm':
      return readOdm(text);
  }
}

const STANZA = /^[A-Za-z_][A-Za-z0-9_]*[ \t]*:[ \t]*$/;

/** Which format it is, by the first line that says something. */
function formatOf(text: string): Result<ImportFormat, ExchangeFault> {
  let at = 0;
  for (let line = 1; at < text.length; line += 1) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end;
    const words = text.slice(at, Math.min(next, at + 2000)).trim();
    if (words !== '' && !words.startsWith('#')) {
      const format = formatOfLine(words, text.slice(at));
      return format ? ok(format) : err({ code: 'format_not_recognised', line, text: words });
    }
    at = next + 1;
  }
  return err({ code: 'file_empty' });
}

function formatOfLine(line: string, text: string): ImportFormat | undefined {
  if (line.startsWith('{') || line.startsWith('[')) return 'json';
  if (STANZA.test(line)) return 'odm';
  const headings = headingsOf(text);
  const has = (heading: string): boolean => headings.includes(heading.toLowerCase());
  if (has(CSV_HEADINGS[0]) && has(CSV_HEADINGS[2])) return 'csv';
  return WORKSHEET_HEADINGS.filter(has).length >= 2 ? 'worksheet' : undefined;
}
