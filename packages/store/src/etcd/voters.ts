import type { EtcdMember } from '@fallover/events';
import type { MemberAnswer } from './rpc.ts';

/** The members of etcd that count for its majority, with the hosts at which they are reached. */
export const votersOf = (members: readonly (MemberAnswer & { answers?: boolean | undefined })[]): EtcdMember[] =>
  members
    .filter(({ isLearner }) => !isLearner)
    .map(({ name, peerUrls, clientUrls, answers }) => {
      const addresses = [...new Set([...peerUrls, ...clientUrls].flatMap(hostOf))];
      return {
        name: name === '' ? `one that was never started (${addresses.join(', ')})` : name,
        addresses,
        ...(answers === undefined ? {} : { answers }),
      };
    });

/** A member may be reached over a Unix socket, which is no host; one that listens everywhere does not say where it is. */
function hostOf(url: string): string[] {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host === '' || host === '0.0.0.0' || host === '[::]' || url.startsWith('unix') ? [] : [host];
}
