import type { getCluster, ReplyOf, RunSummary } from '@fallover/contract';

type Seen = ReplyOf<typeof getCluster>;

/** What is told of a cluster as it is looked at again and again: each thing once, when it has changed. */
export function story(): (seen: Seen) => string[] {
  const runs = new Map<string, string>();
  const ended = new Set<string>();
  const members = new Map<string, string>();
  let coordinator: string | undefined;
  return (seen) => {
    const told: string[] = [];
    for (const run of [...seen.last].reverse().concat(seen.beside, seen.running ?? [])) {
      // Read while it ended, or of a node that was away: a run that has ended runs no more.
      if (ended.has(run.id)) continue;
      if (run.state === 'ended' || run.state === 'cancelled') ended.add(run.id);
      const is = stateOf(run);
      if (runs.get(run.id) !== is) told.push(`${[run.event, ...run.args].join(' ')} ${is}`);
      runs.set(run.id, is);
    }
    for (const { node, state } of seen.members) {
      if (members.has(node) && members.get(node) !== state) told.push(`${node} is ${state}, as ${seen.node} sees it`);
      members.set(node, state);
    }
    if (seen.coordinator !== undefined && seen.coordinator !== coordinator) told.push(`${seen.coordinator} coordinates`);
    coordinator = seen.coordinator ?? coordinator;
    return told;
  };
}

function stateOf({ state, outcome, durationMs }: RunSummary): string {
  switch (state) {
    case 'queued':
      return 'waits';
    case 'running':
      return 'runs';
    case 'awaiting_decision':
      return 'has failed: the cluster is in RP_FAILED until somebody recovers it, in the console of any node';
    case 'ended':
      return `has ${outcome ?? 'ended'}${durationMs === undefined ? '' : ` after ${(durationMs / 1000).toFixed(1)} s`}`;
    case 'cancelled':
      return 'was cancelled';
  }
}
