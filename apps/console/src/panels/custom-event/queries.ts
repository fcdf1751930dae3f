import { queryOptions } from '@tanstack/react-query';
import { customEventsQuery } from '../../live/queries.ts';

/** One of them, or null: the contract has no endpoint for one. */
export const customEventQuery = (name: string) =>
  queryOptions({ ...customEventsQuery, select: (all) => all.find((customEvent) => customEvent.name === name) ?? null });
