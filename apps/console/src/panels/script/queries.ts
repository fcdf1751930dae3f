import { checkScript, getScript } from '@fallover/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, isRefused } from '../../api.ts';

/** One script with its text, or null where the library has none of that name. */
export const scriptQuery = (name: string) =>
  queryOptions({
    queryKey: ['configuration', 'scripts', name],
    queryFn: async ({ signal }) => {
      try {
        return await ask(getScript, { parameters: { name } }, { signal });
      } catch (error) {
        if (isRefused(error, 'not_found')) return null;
        throw error;
      }
    },
  });

/** What the interpreter says of a text; that of the text before stands there until the answer is known. */
export const syntaxQuery = (text: string) =>
  queryOptions({
    queryKey: ['syntax', text],
    queryFn: ({ signal }) => ask(checkScript, { body: { text } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
