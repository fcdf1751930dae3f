import type { ImportFormat } from './formats.ts';

/** What is to be imported, as the panel has it. An empty choice is left to the cluster manager. */
export interface Wanted {
  text: string;
  /** The name of the file that was brought; nothing: the text is typed or pasted. */
  file: string | undefined;
  format: ImportFormat | '';
  extent: 'whole' | 'part' | '';
}

export const importBody = ({ text, format, extent }: Wanted, dryRun: boolean) => ({
  text,
  dryRun,
  ...(format === '' ? {} : { format }),
  ...(extent === '' ? {} : { whole: extent === 'whole' }),
});
