import { type EventView, emulate, emulateNodeDeath, listRuns } from '@fallover/contract';
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask } from '../../api.ts';
import { entriesQuery } from '../../live/queries.ts';
import type { ListValue } from '../panel-context.ts';
import { classesOf, valuesUsedBefore } from './arguments.ts';
import { describedEntry } from './described-entry.ts';

/** What is emulated besides the event: which configuration, as whom, on which nodes. */
export interface Supposed {
  draft?: boolean;
  /** It happens, and is not run by a person. */
  happens?: boolean;
  /** Where a person runs it. */
  node?: string;
  /** As if these were the members of the cluster. */
  nodes?: readonly string[];
}

const emulatedOn = ({ draft = false, nodes = [] }: Supposed) => ({ draft, ...(nodes.length === 0 ? {} : { nodes: [...nodes] }) });

/** What would be run now; made anew when the configuration or the cluster changes. */
export const previewQuery = (event: string, args: readonly string[], supposed: Supposed = {}) =>
  queryOptions({
    queryKey: ['configuration', 'preview', event, args, supposed],
    queryFn: ({ signal }) =>
      ask(
        emulate,
        {
          body: {
            event,
            args: [...args],
            ...emulatedOn(supposed),
            origin: supposed.happens ? 'cluster_manager' : 'person',
            ...(supposed.node === undefined ? {} : { node: supposed.node }),
          },
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** What would follow if a node died now. The cluster goes on meanwhile: it is asked again. */
export const nodeDeathQuery = (node: string, supposed: Supposed) =>
  queryOptions({
    queryKey: ['cluster', 'node-death', node, supposed],
    queryFn: ({ signal }) => ask(emulateNodeDeath, { parameters: { node }, body: emulatedOn(supposed) }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

const RUNS_LOOKED_AT = 200;

const earlierRunsQuery = queryOptions({
  queryKey: ['runs', 'arguments'],
  queryFn: ({ signal }) => ask(listRuns, { query: { limit: RUNS_LOOKED_AT } }, { signal }),
  staleTime: 60_000,
});

/**
 * Suggestions for an entry, by the kind of its argument: what is defined, in the draft or in what is active; then what earlier
 * runs were given, which may be defined nowhere.
 */
export function useSuggestions(
  events: readonly EventView[],
  args: EventView['arguments'],
  draft: boolean,
): (kind: string) => readonly ListValue[] {
  const classes = [...new Set(args.flatMap(({ kind }) => classesOf(kind)))];
  const lists = useQueries({ queries: classes.map(entriesQuery) });
  const defined = classes.map((_, index) => (lists[index]?.data ?? []).flatMap((entry) => describedEntry(entry, draft) ?? []));
  const runs = useQuery(earlierRunsQuery).data?.runs;
  const values = useMemo(() => valuesUsedBefore(events, runs ?? []), [events, runs]);
  return (kind) => {
    if (kind === 'event') return events.map(({ name, meaning }) => ({ value: name, description: meaning }));
    const known = classesOf(kind).flatMap((entryClass) => defined[classes.indexOf(entryClass)] ?? []);
    const before = (values[kind] ?? []).filter((value) => !known.some((one) => one.value === value));
    const hint = classesOf(kind).length > 0 ? 'used before, not defined' : 'used before';
    return [...known, ...before.map((value) => ({ value, description: hint }))];
  };
}
