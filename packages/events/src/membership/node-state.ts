/**
 * `lost`: it left without being stopped, and its `node_down` has not been processed. `unmanaged`: its cluster services were
 * stopped and its resource groups left as they were.
 */
export const NODE_STATES = ['member', 'joining', 'stopping', 'lost', 'down', 'unmanaged'] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** What becomes of a node's resource groups when its cluster services are stopped; clmgr's MANAGE has the same words. */
export const STOP_WAYS = ['offline', 'move', 'unmanage'] as const;
export type StopWay = (typeof STOP_WAYS)[number];

/** The second argument of `node_down`, by the way of stopping. */
export const STOP_ARGUMENT = { offline: 'graceful', move: 'takeover', unmanage: 'forced' } as const satisfies Record<
  StopWay,
  string
>;

/** Now, whenever the node's daemon starts, or both; clmgr's WHEN has the same words. */
export const START_WHEN = ['now', 'restart', 'both'] as const;
export type StartWhen = (typeof START_WHEN)[number];

/** What the shared store says of a node, as far as its state follows from it. */
export interface KnownNode {
  /** The membership whose `node_up` is in the queue or was processed, and whose `node_down` is not. */
  up?: number;
  /** `node_up` has been processed to its end. */
  upSince?: string;
  stopping?: { at: string };
  stopped?: { how: (typeof STOP_ARGUMENT)[StopWay]; at: string };
  lost?: { membership: number; at: string };
}

/** The state of a node, and since when it is in it. `member` is what it says of itself while its lease lives. */
export function nodeStateOf(
  known: KnownNode,
  member: { membership: number; since: string } | undefined,
): { state: NodeState; since?: string } {
  const { up, upSince, stopping, stopped, lost } = known;
  // Whether it is back or not: what it had when it was lost is to be dealt with first.
  if (up !== undefined && up !== member?.membership)
    return lost?.membership === up ? { state: 'lost', since: lost.at } : { state: 'lost' };
  if (member === undefined) {
    if (stopped) return { state: stopped.how === 'forced' ? 'unmanaged' : 'down', since: stopped.at };
    return lost ? { state: 'down', since: lost.at } : { state: 'down' };
  }
  if (stopping) return { state: 'stopping', since: stopping.at };
  return upSince === undefined ? { state: 'joining', since: member.since } : { state: 'member', since: upSince };
}

export const CLUSTER_STATES = ['up', 'down', 'unknown'] as const;
export type ClusterState = (typeof CLUSTER_STATES)[number];
export const CLUSTER_SUBSTATES = ['stable', 'unstable', 'error', 'not_configured', 'unknown'] as const;
export type ClusterSubstate = (typeof CLUSTER_SUBSTATES)[number];

/**
 * The cluster's state and substate, as `clstat` has them: up as long as one node is a member; unstable while an event is
 * processed or waits, or a node is on its way in or out; error while a person has to decide something. Without the store
 * nothing is known of the others.
 */
export function clusterStateOf(facts: {
  connected: boolean;
  configured: boolean;
  failed: boolean;
  busy: boolean;
  nodes: readonly { state: NodeState; fencingFailed?: boolean }[];
}): { state: ClusterState; substate: ClusterSubstate } {
  if (!facts.connected) return { state: 'unknown', substate: 'unknown' };
  const is = (...states: NodeState[]): boolean => facts.nodes.some(({ state }) => states.includes(state));
  const state = is('member', 'stopping') ? 'up' : 'down';
  if (facts.failed || facts.nodes.some(({ fencingFailed }) => fencingFailed)) return { state, substate: 'error' };
  if (facts.busy || is('joining', 'stopping', 'lost')) return { state, substate: 'unstable' };
  return { state, substate: facts.configured ? 'stable' : 'not_configured' };
}
