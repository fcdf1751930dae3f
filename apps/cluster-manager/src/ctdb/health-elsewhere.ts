import type { Journal } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';

export interface UnhealthyElsewhere {
  node: string;
  component: string;
  state: 'unhealthy';
  since: string;
  isTrouble: true;
  sentence: string;
}

/** Among the newest of each of the two events is looked; what is older than all of these has long been looked at. */
const SEEN = 100;

/** What the other nodes have told the cluster of their health, from the events that every node's journal has. */
export function unhealthyElsewhere(journal: Pick<Journal, 'list'>, others: readonly string[]): UnhealthyElsewhere[] {
  if (others.length === 0) return [];
  const newest = new Map<string, RunRow>();
  for (const event of ['node_unhealthy', 'node_healthy'])
    for (const row of journal.list({ event, limit: SEEN })) {
      // One that a person has run to try the configuration changes nothing.
      if (row.origin.kind !== 'cluster_manager' || !others.includes(row.args[0] ?? '')) continue;
      const of = row.args.join(' ');
      if (row.id > (newest.get(of)?.id ?? '')) newest.set(of, row);
    }
  return [...newest.values()].flatMap(({ event, args: [node = '', component = ''], acceptedAt }) =>
    event === 'node_unhealthy'
      ? [
          {
            ...{ node, component, state: 'unhealthy' as const, since: acceptedAt, isTrouble: true as const },
            sentence: `Node ${node} is UNHEALTHY in component ${component}. Home of that node says which script failed.`,
          },
        ]
      : [],
  );
}
