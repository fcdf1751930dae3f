import { compareRevisions, getRevision } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

/** A revision never changes; what it is called, and whether it is active, does. */
export const revisionQuery = (number: number) =>
  queryOptions({
    queryKey: ['configuration', 'revision', number],
    queryFn: ({ signal }) => ask(getRevision, { parameters: { number } }, { signal }),
  });

export const compareQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['configuration', 'compare', from, to],
    queryFn: ({ signal }) => ask(compareRevisions, { query: { from, to } }, { signal }),
  });
