import type { SilentMembers } from '../verification/quorum.ts';
import { leftToLose } from './left-to-lose.ts';
import { listed } from './listed.ts';

/** Which members of etcd do not answer and where they run, what the next loss means, and what to do. */
export function silentMembersSentence({ members, of, more }: SilentMembers): string {
  // Where a member has its node's name, that says where it is.
  const places = members.map(({ name, host }) => (name === host ? name : `${name} on ${host}`));
  return `Of the ${of} members of etcd ${listed(places)} ${places.length === 1 ? 'does' : 'do'} not answer: ${leftToLose(more)}. Start etcd there again, or restore the network to it.`;
}
