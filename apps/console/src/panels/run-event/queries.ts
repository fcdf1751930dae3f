import { emulate } from '@fallover/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

/** What would be run now; made anew when the configuration changes. */
export const previewQuery = (event: string, args: readonly string[]) =>
  queryOptions({
    queryKey: ['configuration', 'preview', event, args],
    queryFn: ({ signal }) => ask(emulate, { body: { event, args: [...args], draft: false } }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
