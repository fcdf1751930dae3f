import type { EntryView } from '@fallover/contract';
import type { Entry } from '@fallover/events';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { clusterQuery, entriesQuery } from '../../live/queries.ts';
import type { TopologyClass } from './class-panels.ts';

interface Topology {
  /** Of the class that is asked for. */
  entries: EntryView[];
  /** The entries of the draft that a field may name, and those of the class itself. */
  among: Entry[];
  cluster: string;
  liveNodes: string[];
}

/** What a form has to know of the others: all of it, or the query that has not answered yet. */
export function useTopology(
  entryClass: TopologyClass | 'cluster' | 'notification_method',
): Topology | { waitsFor: UseQueryResult<unknown, Error> } {
  const own = useQuery(entriesQuery(entryClass));
  const nodes = useQuery(entriesQuery('node'));
  const sites = useQuery(entriesQuery('site'));
  const networks = useQuery(entriesQuery('network'));
  const cluster = useQuery(clusterQuery);
  if (!own.data || !nodes.data || !sites.data || !networks.data || !cluster.data) {
    const all: UseQueryResult<unknown, Error>[] = [own, nodes, sites, networks, cluster];
    return { waitsFor: all.find(({ isError }) => isError) ?? all.find(({ data }) => data === undefined) ?? own };
  }
  const views = [...new Set([...own.data, ...nodes.data, ...sites.data, ...networks.data])];
  return {
    entries: own.data,
    among: views.flatMap(({ class: of, name, draft }) => (draft ? [{ class: of, name, fields: draft.fields } as Entry] : [])),
    cluster: cluster.data.cluster,
    liveNodes: cluster.data.nodes,
  };
}
