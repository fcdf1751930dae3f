/**
 * Who takes part in the cluster now, as the shared store's watch has told. A membership is a member key under a lease; its
 * number is the store's revision at which that key was created, so that a node which left and came back is another member.
 */
export interface Membership {
  readonly node: string;
  /**
   * The number of this node's own membership. Undefined while it is none, and from its deadline minus a second on: nothing
   * may be started then.
   */
  own(): number | undefined;
  /** By name of node; the numbers of their memberships. */
  members(): ReadonlyMap<string, number>;
  /** The coordinator, and the revision at which its key was created. */
  coordinator(): { node: string; created: number } | undefined;
  isCoordinator(): boolean;
  /** Called after any of these has changed. */
  subscribe(listener: () => void): () => void;
}

/** A cluster of one node on a store of its own: it takes part as long as its daemon runs. */
export function soleMembership(node: string): Membership {
  const members = new Map([[node, 1]]);
  return {
    node,
    own: () => 1,
    members: () => members,
    coordinator: () => ({ node, created: 1 }),
    isCoordinator: () => true,
    subscribe: () => () => {},
  };
}
