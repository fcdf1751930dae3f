import { cleanEntries } from '../definition/canonical.ts';
import type { DefinitionDocument } from '../definition/types.ts';
import { writeClmgr } from './clmgr-lines.ts';
import { writeCsv } from './csv.ts';
import { writeFallover } from './fallover-lines.ts';
import { writeJson } from './json.ts';
import { writeOdm } from './odm.ts';
import type { ExportFormat } from './types.ts';
import type { TextOf } from './values-of.ts';
import { writeWorksheet } from './worksheet.ts';

/** The configuration as a file. Equal configurations are equal files. `textOf` has the texts of the library scripts. */
export function writeConfiguration(format: ExportFormat, document: DefinitionDocument, textOf: TextOf): string {
  const clean = { ...document, entries: cleanEntries(document) };
  switch (format) {
    case 'json':
      return writeJson(clean, textOf);
    case 'csv':
      return writeCsv(clean, textOf);
    case 'worksheet':
      return writeWorksheet(clean);
    case 'odm':
      return writeOdm(clean);
    case 'clmgr':
      return writeClmgr(clean);
    case 'fallover':
      return writeFallover(clean, textOf);
  }
}

/** What the name of such a file ends with. */
const FILE_ENDINGS: Record<ExportFormat, string> = {
  json: 'json',
  csv: 'csv',
  worksheet: 'worksheet.csv',
  odm: 'odm',
  clmgr: 'clmgr.sh',
  fallover: 'fallover.sh',
};

/** What the file is called that a configuration is written to: the draft, the active one, a snapshot or a revision, by its number. */
export const exportFileName = (cluster: string, of: string, format: ExportFormat): string =>
  `${cluster}-${/^[0-9]+$/.test(of) ? `revision-${of}` : of}.${FILE_ENDINGS[format]}`;
