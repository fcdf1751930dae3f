/** What is known of the cluster when somebody asks for an event. */
export interface LiveMembers {
  /** The nodes that are members now. */
  live: readonly string[];
  /** The nodes of each site that is defined. */
  sites: ReadonlyMap<string, readonly string[]>;
}

export type MembershipRefusal =
  | { code: 'node_is_a_member'; event: string; node: string }
  | { code: 'site_has_members'; event: string; site: string; nodes: readonly string[] };

/**
 * Why an event that a person or other software asks for would tell of the end of a node that goes on: its commands would move
 * what that node still has (DOMAIN.md section 1). A drill is run all the same, and so is all in a cluster of one node, where
 * nobody else could take anything.
 */
export function refusedByMembership(
  event: string,
  args: readonly string[],
  { live, sites }: LiveMembers,
  drill: boolean,
): MembershipRefusal | undefined {
  const [name] = args;
  if (drill || name === undefined || live.length < 2) return undefined;
  if (event === 'node_down') return live.includes(name) ? { code: 'node_is_a_member', event, node: name } : undefined;
  if (event !== 'site_down') return undefined;
  const nodes = (sites.get(name) ?? []).filter((node) => live.includes(node));
  return nodes.length > 0 ? { code: 'site_has_members', event, site: name, nodes } : undefined;
}

/** For a person, who can mark it as a drill. */
export function membershipSentence(refusal: MembershipRefusal): string {
  return `${whatGoesOn(refusal)} If it is to be tried out without that, mark the run as a drill (--drill).`;
}

function whatGoesOn(refusal: MembershipRefusal): string {
  switch (refusal.code) {
    case 'node_is_a_member':
      return `${refusal.event} ${refusal.node}: node ${refusal.node} is a member of the cluster and goes on; the event alone would not end that. Stop the cluster services of ${refusal.node} instead.`;
    case 'site_has_members': {
      const { nodes } = refusal;
      const are = nodes.length === 1 ? `its node ${nodes[0]} is` : `its nodes ${nodes.join(', ')} are`;
      const members = nodes.length === 1 ? 'a member of the cluster and goes on' : 'members of the cluster and go on';
      return `${refusal.event} ${refusal.site}: ${are} ${members}; the event alone would not end that. Stop the cluster services of ${nodes.join(', ')} instead.`;
    }
  }
}
