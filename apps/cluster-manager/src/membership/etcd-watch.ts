import {
  type Entry,
  type EtcdMember,
  etcdHosts,
  mayBeLost,
  silentMembers,
  silentMembersSentence,
  whichAreSilent,
} from '@fallover/events';

export interface EtcdWatchParts {
  etcdMembers(): Promise<readonly EtcdMember[]>;
  /** Without the store its own trouble says all that is to be said. */
  isConnected(): boolean;
  /** What is configured, and the nodes that are known: where a member runs is told by them. */
  entries(): Promise<readonly Entry[]>;
  nodes(): readonly string[];
  trouble(code: 'etcd_members_silent', sentence: string | undefined): void;
  stopped: AbortSignal;
}

export interface EtcdWatch {
  /** Done again and again; one that comes while another goes on does nothing. It never fails. */
  look(): Promise<void>;
  /** How many members do not answer, as it is said; undefined while that is not known. */
  silent(): number | undefined;
}

/**
 * Looks now and then at the members of etcd, and tells of those that do not answer: the loss of one stops nothing, so nobody would
 * know before the next one stops event processing. A member is told of when it was silent at two looks in a row, so that an election
 * or a restart is not, and no longer at the first look that it answers.
 */
export function etcdWatch(parts: EtcdWatchParts): EtcdWatch {
  let isLooking = false;
  let count: number | undefined;
  /** Of the look before. */
  let before: readonly string[] = [];

  async function look(): Promise<void> {
    const members = parts.isConnected() ? await parts.etcdMembers().catch(() => undefined) : undefined;
    if (parts.stopped.aborted) return;
    if (!members || wasNobodyAsked(members) || isWithoutMajority(members) || !parts.isConnected()) {
      before = [];
      count = undefined;
      return parts.trouble('etcd_members_silent', undefined);
    }
    const silent = silentMembers(members);
    const again = silent.filter((name) => before.includes(name));
    before = silent;
    count = again.length;
    parts.trouble('etcd_members_silent', again.length === 0 ? undefined : await sentenceOf(members, again));
  }

  async function sentenceOf(members: readonly EtcdMember[], silent: readonly string[]): Promise<string | undefined> {
    const entries = await parts.entries().catch(() => []);
    const told = members.map((member) => ({ ...member, answers: !silent.includes(member.name) }));
    const facts = whichAreSilent(told, etcdHosts(told, entries, parts.nodes()));
    return facts && silentMembersSentence(facts);
  }

  return {
    async look() {
      if (isLooking) return;
      isLooking = true;
      try {
        await look();
      } finally {
        isLooking = false;
      }
    },
    silent: () => count,
  };
}

/** None of them is known by the address that it advertises. */
const wasNobodyAsked = (members: readonly EtcdMember[]): boolean => members.every(({ answers }) => answers === undefined);

/** The members are in the midst of an election, or more are lost than may be: the store's own state says so. */
const isWithoutMajority = (members: readonly EtcdMember[]): boolean => silentMembers(members).length > mayBeLost(members.length);
