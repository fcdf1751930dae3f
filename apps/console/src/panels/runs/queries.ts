import { listRuns } from '@fallover/contract';
import type { Outcome } from '@fallover/events';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

const PAGE = 50;

export interface RunFilter {
  event?: string | undefined;
  outcome?: Outcome | undefined;
}

export const runsQuery = ({ event, outcome }: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', event ?? '', outcome ?? ''],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask(
        listRuns,
        { query: { limit: PAGE, before: pageParam, ...(event ? { event } : {}), ...(outcome ? { outcome } : {}) } },
        { signal },
      ),
    getNextPageParam: ({ runs, more }) => (more ? runs.at(-1)?.id : undefined),
  });
