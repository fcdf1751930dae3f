import { useFilter } from '../../smit/use-filter.ts';
import { Export } from './Export.tsx';
import { Import } from './Import.tsx';

/** Writes the configuration as a file, or reads one into the draft. Which of both stands in the address. */
export default function ImportExport() {
  const [{ do: wanted }] = useFilter(['do'] as const);
  return wanted === 'import' ? <Import /> : <Export />;
}
