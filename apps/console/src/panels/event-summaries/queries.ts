import { listEventSummaries, saveEventSummaries } from '@fallover/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, urlOf } from '../../api.ts';

export const SUMMARY_OUTCOMES = ['succeeded', 'failed', 'unknown'] as const;
export interface SummaryFilter {
  days: number;
  event?: string | undefined;
  node?: string | undefined;
  text?: string | undefined;
  outcome?: (typeof SUMMARY_OUTCOMES)[number] | undefined;
}

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
