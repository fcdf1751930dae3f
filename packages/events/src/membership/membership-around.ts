/**
 * PRE_EVENT_MEMBERSHIP and POST_EVENT_MEMBERSHIP of an event that happens: the node that joins or leaves is in only one of them,
 * whether or not it takes part.
 */
export function membershipAround(
  event: string,
  [node = '']: readonly string[],
  participants: readonly string[],
): { before: string[]; after: string[] } {
  const without = participants.filter((other) => other !== node);
  const withIt = [...without, node].sort();
  switch (event) {
    case 'node_up':
      return { before: without, after: withIt };
    case 'node_down':
      return { before: withIt, after: without };
    default:
      return { before: [...participants], after: [...participants] };
  }
}
