import { listRuns } from '@fallover/contract';
import type { Outcome } from '@fallover/events';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

const PAGE = 50;

export interface RunFilter {
  event?: string | undefined;
  outcome?: Outcome | undefined;
  /** ISO 8601: accepted at or after, and before. */
  since?: string | undefined;
  until?: string | undefined;
  text?: string | undefined;
  /** The page that begins behind this run. */
  before?: string | undefined;
}

export const runsQuery = (filter: RunFilter) => {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
  return queryOptions({
    queryKey: ['runs', 'list', given],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ask(listRuns, { query: { limit: PAGE, ...given } }, { signal }),
  });
};
