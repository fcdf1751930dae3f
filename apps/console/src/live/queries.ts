import {
  getChanges,
  getCluster,
  getConfiguration,
  getEvent,
  getRun,
  getSession,
  getVerification,
  listCustomEvents,
  listEntries,
  listEvents,
  listNodes,
  listProcesses,
  listRevisions,
  listScripts,
} from '@fallover/contract';
import type { EntryClass } from '@fallover/events';
import { keepPreviousData, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { ask, isSignedOut, OutOfReach } from '../api.ts';
import type { Connection } from './connection.ts';

/** Whether somebody signs out on purpose: nothing that ends with the session is shown then. */
export const LEAVING = ['leaving'] as const;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => ask(getSession, {}, { signal }),
  staleTime: 60_000,
});

export const clusterQuery = queryOptions({
  queryKey: ['cluster'],
  queryFn: ({ signal }) => ask(getCluster, {}, { signal }),
  // Beside the stream, which a dead network can leave open and silent.
  refetchInterval: 15_000,
});

/** What each node is in the cluster. */
export const nodesQuery = queryOptions({
  queryKey: ['cluster', 'nodes'],
  queryFn: async ({ signal }) => (await ask(listNodes, {}, { signal })).nodes,
  refetchInterval: 15_000,
});

export const configurationQuery = queryOptions({
  queryKey: ['configuration', 'active'],
  queryFn: ({ signal }) => ask(getConfiguration, {}, { signal }),
});

/** Draft against active, value by value. */
export const changesQuery = queryOptions({
  queryKey: ['configuration', 'changes'],
  queryFn: ({ signal }) => ask(getChanges, {}, { signal }),
});

export const verificationQuery = queryOptions({
  queryKey: ['configuration', 'verification'],
  queryFn: ({ signal }) => ask(getVerification, {}, { signal }),
});

/** The newest revisions, or those before a number. */
export const revisionsQuery = (before?: number) =>
  queryOptions({
    queryKey: ['configuration', 'revisions', before ?? 'newest'],
    queryFn: ({ signal }) => ask(listRevisions, { query: before === undefined ? {} : { before } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const runQuery = (run: string) =>
  queryOptions({
    queryKey: ['runs', 'one', run],
    queryFn: ({ signal }) => ask(getRun, { parameters: { run } }, { signal }),
  });

/** What an interrupted step left running, as its node says. */
export const leftProcessesQuery = (run: string, step: string) =>
  queryOptions({
    queryKey: ['runs', 'processes', run, step],
    queryFn: ({ signal }) => ask(listProcesses, { parameters: { run }, query: { step } }, { signal }),
    refetchInterval: 5_000,
  });

export const eventsQuery = queryOptions({
  queryKey: ['configuration', 'events'],
  queryFn: async ({ signal }) => (await ask(listEvents, {}, { signal })).events,
});

export const eventQuery = (event: string) =>
  queryOptions({
    queryKey: ['configuration', 'events', event],
    queryFn: ({ signal }) => ask(getEvent, { parameters: { event } }, { signal }),
  });

export const customEventsQuery = queryOptions({
  queryKey: ['configuration', 'custom-events'],
  queryFn: async ({ signal }) => (await ask(listCustomEvents, {}, { signal })).customEvents,
});

/** The entries of one class, as the draft and the active revision have them. */
export const entriesQuery = (entryClass: EntryClass) =>
  queryOptions({
    queryKey: ['configuration', 'entries', entryClass],
    queryFn: async ({ signal }) => (await ask(listEntries, { parameters: { class: entryClass } }, { signal })).entries,
  });

export const scriptsQuery = queryOptions({
  queryKey: ['configuration', 'scripts'],
  queryFn: ({ signal }) => ask(listScripts, {}, { signal }),
});

/** Every answer says that the cluster manager is there; one that never comes, that it is away; a 401, that nobody is signed in. */
export function newQueryClient(connection: Connection): QueryClient {
  const failed = (error: unknown): void => {
    if (error instanceof OutOfReach) connection.lost();
    if (isSignedOut(error))
      queries.setQueryData(sessionQuery.queryKey, (known) => {
        if (!known) return known;
        const { principal, ...others } = known;
        return others;
      });
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError: failed, onSuccess: connection.heard }),
    mutationCache: new MutationCache({ onError: failed, onSuccess: connection.heard }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (count, error) => error instanceof OutOfReach && count < 1,
        retryDelay: 500,
        staleTime: 5_000,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return queries;
}
