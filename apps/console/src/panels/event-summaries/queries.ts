import { getHacmpOut, listEventSummaries, saveEventSummaries, searchHacmpOut } from '@fallover/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, type Reply, urlOf } from '../../api.ts';
import type { SummaryFilter } from './filter.ts';

const given = (filter: SummaryFilter): SummaryFilter =>
  Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''),
  ) as unknown as SummaryFilter;

export const summariesQuery = (filter: SummaryFilter) =>
  queryOptions({
    queryKey: ['summaries', given(filter)],
    queryFn: ({ signal }) => ask(listEventSummaries, { query: given(filter) }, { signal }),
    placeholderData: keepPreviousData,
  });

export const saveUrl = (filter: SummaryFilter): string => urlOf(saveEventSummaries, { query: given(filter) });

interface Cursor {
  file: string;
  from: number;
}

/** The place in the log that a `Search on:` text leads to: in the verbose part, not in the summary itself. */
export const placeQuery = (node: string | undefined, text: string, file: string) =>
  queryOptions({
    queryKey: ['log', 'place', node ?? '', text, file],
    queryFn: async ({ signal }) => {
      let cursor: Cursor | undefined = { file, from: 0 };
      let summary: { file: string; offset: number } | undefined;
      while (cursor) {
        const { file, from }: Cursor = cursor;
        const reply: Reply<typeof searchHacmpOut> = await ask(
          searchHacmpOut,
          { query: { ...on(node), text, file, from, limit: 20 } },
          { signal },
        );
        const verbose = reply.matches.find((match) => !match.text.includes('Search on:'));
        if (verbose) return { node, file: verbose.file, offset: verbose.offset };
        summary ??= reply.matches[0];
        cursor = reply.cursor;
      }
      return summary ? { node, file: summary.file, offset: summary.offset } : null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

interface Place {
  node: string | undefined;
  file: string;
  offset: number;
}

const on = (node: string | undefined): { node?: string } => (node === undefined ? {} : { node });

export const linesQuery = ({ node, file, offset: from }: Place, before: number, length: number) =>
  queryOptions({
    queryKey: ['log', 'lines', node ?? '', file, from, before, length],
    queryFn: ({ signal }) => ask(getHacmpOut, { query: { ...on(node), file, from, before, length } }, { signal }),
    placeholderData: keepPreviousData,
  });
