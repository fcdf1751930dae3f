import { exportConfiguration, listRevisions } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask, askBytes } from '../../api.ts';
import type { ExportFormat } from './formats.ts';

/** Which configurations can be exported beside draft and active: the newest revisions, and all that have a name. */
export const exportableQuery = queryOptions({
  queryKey: ['configuration', 'revisions', 'exportable'],
  queryFn: ({ signal }) => ask(listRevisions, { query: { limit: 50 } }, { signal }),
});

export const exportQuery = (format: ExportFormat, of: string) =>
  queryOptions({
    queryKey: ['configuration', 'export', format, of],
    queryFn: async ({ signal }) => {
      const { bytes } = await askBytes(exportConfiguration, { query: { format, of } }, { signal });
      return new TextDecoder().decode(bytes);
    },
    retry: false,
  });
