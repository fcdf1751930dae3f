import { getEvent } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';
import { customEventsQuery } from '../../live/queries.ts';

export const eventQuery = (event: string) =>
  queryOptions({
    queryKey: ['configuration', 'events', event],
    queryFn: ({ signal }) => ask(getEvent, { parameters: { event } }, { signal }),
  });

/** Only those that the draft has: a deleted one can no longer be listed. */
export const customEventNamesQuery = queryOptions({
  ...customEventsQuery,
  select: (all) => all.filter(({ draft }) => draft).map(({ name }) => name),
});
