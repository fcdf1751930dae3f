import { type EventView, emulate, listRuns } from '@fallover/contract';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../../api.ts';
import { valuesUsedBefore } from './arguments.ts';

/** What would be run now, by the active configuration or by the draft; made anew when the configuration changes. */
export const previewQuery = (event: string, args: readonly string[], draft = false) =>
  queryOptions({
    queryKey: ['configuration', 'preview', event, args, draft],
    queryFn: ({ signal }) => ask(emulate, { body: { event, args: [...args], draft } }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

const RUNS_LOOKED_AT = 200;

const earlierRunsQuery = queryOptions({
  queryKey: ['runs', 'arguments'],
  queryFn: ({ signal }) => ask(listRuns, { query: { limit: RUNS_LOOKED_AT } }, { signal }),
  staleTime: 60_000,
});

/** Suggestions for an entry, by the kind of its argument. */
export function useSuggestions(events: readonly EventView[]): (kind: string) => readonly string[] {
  const runs = useQuery(earlierRunsQuery).data?.runs;
  const values = useMemo(() => valuesUsedBefore(events, runs ?? []), [events, runs]);
  return (kind) => (kind === 'event' ? events.map(({ name }) => name) : (values[kind] ?? []));
}
