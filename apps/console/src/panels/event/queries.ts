import { getEventHistory } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

export const historyQuery = (event: string) =>
  queryOptions({
    queryKey: ['runs', 'history', event],
    queryFn: ({ signal }) => ask(getEventHistory, { parameters: { event }, query: { limit: 10 } }, { signal }),
  });
