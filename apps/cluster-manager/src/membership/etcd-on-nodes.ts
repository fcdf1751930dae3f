import type { EtcdMember } from '@fallover/events';
import type { Member, OpenedStore } from '@fallover/store';
import { parseHostPort } from '../peers/host-port.ts';

/**
 * The members of etcd, each also by the name of the node whose cluster manager is reached at the same host: nobody has to write into
 * the configuration where a node is. A loopback address tells nothing: every machine has it.
 */
export function etcdOnNodes(etcd: readonly EtcdMember[], members: Iterable<Pick<Member, 'node' | 'address'>>): EtcdMember[] {
  const nodeAt = new Map<string, string>();
  for (const { node, address } of members) {
    const host = address === undefined ? undefined : parseHostPort(address)?.host;
    if (host !== undefined && !LOOPBACK.test(host)) nodeAt.set(host.toLowerCase(), node);
  }
  return etcd.map((member) => {
    const nodes = member.addresses.flatMap((address) => nodeAt.get(address.toLowerCase().replace(/^\[(.*)\]$/, '$1')) ?? []);
    return nodes.length === 0 ? member : { ...member, addresses: [...new Set([...nodes, ...member.addresses])] };
  });
}

/** The store, whose members of etcd are told so. */
export function withEtcdOnNodes(store: OpenedStore, members: () => Iterable<Pick<Member, 'node' | 'address'>>): OpenedStore {
  const { etcdMembers } = store;
  return etcdMembers ? { ...store, etcdMembers: async () => etcdOnNodes(await etcdMembers(), members()) } : store;
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/i;
