/** The events of these are queued by whether a cluster manager takes part, and by nothing else. */
const OF_A_NODE: readonly string[] = ['node_up', 'node_up_complete', 'node_down', 'node_down_complete'];
const OF_A_SITE: readonly string[] = ['site_up', 'site_up_complete', 'site_down', 'site_down_complete'];

/** What is known of the cluster when other software reports an event. */
export interface ManagedNodes {
  /** The nodes that have a cluster manager of this cluster, whether it runs or not. */
  managed: readonly string[];
  /** The nodes of each site that is defined. */
  sites: ReadonlyMap<string, readonly string[]>;
}

export interface QueuedByMembership {
  code: 'queued_by_membership';
  event: string;
  of: { node: string } | { site: string; node: string };
}

/**
 * Why an event that other software reports is the cluster's own to queue: a node that has a cluster manager joins and leaves by
 * its membership, and a second node_down of it, seen by Pacemaker a moment later, would move its resources once more. Of a
 * node without one nobody else tells; nor in a cluster of one node, which cannot see itself go.
 */
export function queuedByMembership(
  event: string,
  args: readonly string[],
  { managed, sites }: ManagedNodes,
): QueuedByMembership | undefined {
  const [name] = args;
  if (name === undefined || managed.length < 2) return undefined;
  if (OF_A_NODE.includes(event))
    return managed.includes(name) ? { code: 'queued_by_membership', event, of: { node: name } } : undefined;
  if (!OF_A_SITE.includes(event)) return undefined;
  const node = sites.get(name)?.find((node) => managed.includes(node));
  return node === undefined ? undefined : { code: 'queued_by_membership', event, of: { site: name, node } };
}
