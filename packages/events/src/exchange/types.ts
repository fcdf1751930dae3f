import type { FieldName } from '../definition/fields.ts';
import type { EntryClass } from '../definition/types.ts';
import type { ExchangeNote } from '../wording/exchange.ts';

export const EXPORT_FORMATS = ['json', 'csv', 'worksheet', 'odm', 'clmgr', 'fallover'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The formats that can be read, too. */
export const IMPORT_FORMATS = ['json', 'csv', 'worksheet', 'odm'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** One value that a file gives; undefined: the file says that it is empty. Of a script's content it is the text itself. */
export interface ImportedValue {
  field: FieldName;
  node?: string;
  value: unknown;
  line: number;
}

export interface ImportedEntry {
  class: EntryClass;
  name: string;
  line: number;
  values: ImportedValue[];
}

export interface ImportedFile {
  format: ImportFormat;
  /** The cluster that the file says it is of. */
  cluster?: string;
  entries: ImportedEntry[];
  /** What the file has and the configuration cannot hold, and what is worth knowing. */
  notes: ExchangeNote[];
}
