import { type EtcdHost, mayBeLost } from '../verification/quorum.ts';
import { leftToLose } from './left-to-lose.ts';
import { listed } from './listed.ts';

export const MEMBERS_NOT_TOLD =
  'etcd did not tell where its members run, so it is not known which machine\'s loss stops event processing. See "etcdctl member list".';

/** Where the members of etcd run, and what may be lost: shown also where nothing is wrong with it. `silent` do not answer now. */
export function quorumSentence(hosts: readonly EtcdHost[], silent: readonly string[] = []): string {
  const members = hosts.flatMap((host) => host.members.map((member) => `${member} on ${host.host}`));
  const may = mayBeLost(members.length);
  const ending = hosts.filter((host) => host.members.length > may).map(({ host }) => host);
  const where = `etcd has ${members.length === 1 ? 'one member' : `${members.length} members`}: ${listed(members)}.`;
  if (silent.length > 0)
    return `${where} ${listed(silent)} ${silent.length === 1 ? 'does' : 'do'} not answer: ${leftToLose(may - silent.length)}.`;
  if (ending.length > 0) return `${where} Event processing stops when ${listed(ending, 'or')} is lost.`;
  return `${where} ${may === 1 ? 'One of them' : `Any ${may} of them`} may be lost.`;
}
