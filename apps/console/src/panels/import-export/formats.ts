import type { EXPORT_FORMATS, IMPORT_FORMATS } from '@fallover/contract';

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

interface FormatWords {
  label: string;
  /** What it is for, and what it cannot carry. */
  help: string;
}

export const FORMATS: Record<ExportFormat, FormatWords> = {
  json: {
    label: 'JSON',
    help: 'The whole configuration, library scripts with their text. It can be kept in git and read in again.',
  },
  csv: {
    label: 'CSV, a row a value',
    help: 'The whole configuration for a spreadsheet, a row for each value. Formulas are escaped.',
  },
  worksheet: {
    label: 'Cluster Event Worksheet as CSV',
    help: 'The thirteen fields of the worksheet, in its order and words. It has events and custom events only.',
  },
  odm: {
    label: 'ODM stanzas of AIX',
    help: 'As odmget prints HACMPevent and HACMPcustom. It has events and custom events only.',
  },
  clmgr: {
    label: 'Lines of clmgr, for PowerHA',
    help: 'What a PowerHA cluster is given to have the same events. What its clmgr cannot carry stands there as a comment.',
  },
  fallover: {
    label: 'Lines of fallover, for a shell',
    help: 'A script that makes the same configuration on another cluster.',
  },
};

/** JSON is the whole configuration unless it is said otherwise; the others add and change. */
export const isWholeUnlessSaid = (format: ImportFormat | undefined): boolean => format === 'json';
