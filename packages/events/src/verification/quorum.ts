import type { Entry } from '../definition/types.ts';
import { byCodeUnits } from '../sort-keys.ts';
import { finding, type Place } from './finding.ts';
import type { Finding } from './types.ts';

/** A member of the etcd that the nodes share, as `etcdctl member list` has it. */
export interface EtcdMember {
  name: string;
  /** The hosts in its peer and client addresses, without port: names or IP addresses. */
  addresses: readonly string[];
  /** Missing: it was not asked. */
  answers?: boolean;
}

/** A machine with the etcd members that are lost with it. */
export interface EtcdHost {
  /** The node that runs there, or else an address. */
  host: string;
  node?: string;
  members: readonly string[];
}

/** Of so many members so many may be lost before nothing is written any more: the rest has to be more than half. */
export const mayBeLost = (members: number): number => Math.max(0, Math.ceil(members / 2) - 1);

/**
 * Where the members run. Two are on one machine when an address of theirs is the same, or when both are addresses of one node:
 * its name, its communication path or one of its interfaces.
 */
export function etcdHosts(members: readonly EtcdMember[], entries: readonly Entry[], nodes: readonly string[]): EtcdHost[] {
  const nodeOf = nodesByAddress(entries, nodes);
  const hosts: { host: string; node?: string; addresses: Set<string>; members: string[] }[] = [];
  for (const member of members) {
    const addresses = member.addresses.map(plainAddress);
    const node = addresses.map((address) => nodeOf.get(address)).find((name) => name !== undefined);
    const keys = [...addresses, ...(node === undefined ? [] : [`node ${node}`])];
    const same = hosts.filter((host) => keys.some((key) => host.addresses.has(key)));
    const [first = { host: addresses[0] ?? member.name, addresses: new Set<string>(), members: [] }, ...others] = same;
    if (same.length === 0) hosts.push(first);
    for (const key of [...keys, ...others.flatMap((other) => [...other.addresses])]) first.addresses.add(key);
    first.members.push(...others.flatMap((other) => other.members), member.name);
    const known = node ?? same.find((host) => host.node !== undefined)?.node;
    if (known !== undefined) Object.assign(first, { host: known, node: known });
    for (const other of others) hosts.splice(hosts.indexOf(other), 1);
  }
  return hosts
    .map(({ host, node, members: names }) => ({
      host,
      ...(node === undefined ? {} : { node }),
      members: [...names].sort(byCodeUnits),
    }))
    .sort((a, b) => byCodeUnits(a.host, b.host));
}

/** What becomes of the majority of etcd when a node's machine dies. `not_known`: hosts that are no known node, of which one may be it. */
export type Majority =
  | { code: 'kept'; left: number; of: number; needed: number }
  | { code: 'lost'; members: readonly string[]; silent: readonly string[]; left: number; of: number; needed: number }
  | { code: 'not_known'; hosts: readonly string[] };

/** Those that were asked and do not answer. */
export const silentMembers = (members: readonly EtcdMember[]): string[] =>
  members
    .filter(({ answers }) => answers === false)
    .map(({ name }) => name)
    .sort(byCodeUnits);

/** Members of etcd that do not answer, each with the machine it runs on, and how many more may be lost. */
export interface SilentMembers {
  members: readonly { name: string; host: string }[];
  of: number;
  more: number;
}

/** Undefined where each that was asked answers. */
export function whichAreSilent(members: readonly EtcdMember[], hosts: readonly EtcdHost[]): SilentMembers | undefined {
  const silent = silentMembers(members);
  if (silent.length === 0) return undefined;
  const hostOf = (name: string): string => hosts.find((host) => host.members.includes(name))?.host ?? name;
  const of = members.length;
  return { members: silent.map((name) => ({ name, host: hostOf(name) })), of, more: mayBeLost(of) - silent.length };
}

/** Members that do not answer now are missing already. */
export function majorityWithout(
  node: string,
  members: readonly EtcdMember[],
  entries: readonly Entry[],
  nodes: readonly string[],
): Majority {
  const of = members.length;
  const needed = of - mayBeLost(of);
  const silent = silentMembers(members);
  const hosts = etcdHosts(members, entries, nodes);
  const own = hosts.find((host) => host.node === node);
  const leftWithout = (host: EtcdHost | undefined): number =>
    members.filter(({ name }) => !silent.includes(name) && !host?.members.includes(name)).length;
  const left = leftWithout(own);
  if (left < needed) {
    const lost = own?.members ?? [];
    return { code: 'lost', members: lost, silent: silent.filter((name) => !lost.includes(name)), left, of, needed };
  }
  const unknown = own ? [] : hosts.filter((host) => host.node === undefined && leftWithout(host) < needed);
  if (unknown.length > 0) return { code: 'not_known', hosts: unknown.map(({ host }) => host) };
  return { code: 'kept', left, of, needed };
}

/** What is lost with which machine. Nothing of it keeps a configuration from becoming active: it is for a quieter hour. */
export function checkQuorum(members: readonly EtcdMember[], entries: readonly Entry[], nodes: readonly string[]): Finding[] {
  if (members.length === 0) return [];
  const hosts = etcdHosts(members, entries, nodes);
  const ending = hosts.filter((host) => host.members.length > mayBeLost(members.length));
  const isWithoutWitness = nodes.length === 2 && ending.length > 0 && hosts.every(({ node }) => node !== undefined);
  const silent = whichAreSilent(members, hosts);
  return [
    ...(silent ? [finding({}, { code: 'etcd_members_silent', ...silent })] : []),
    ...hosts.flatMap((host) =>
      host.members.length > 1 ? [finding(placeOf(host), { code: 'etcd_members_on_one_host', ...facts(host) })] : [],
    ),
    ...(isWithoutWitness
      ? [finding({}, { code: 'no_witness', nodes, hosts: ending.map(({ host }) => host) })]
      : ending.map((host) =>
          finding(placeOf(host), {
            code: 'events_stop_with_host',
            ...facts(host),
            of: members.length,
            needed: members.length - mayBeLost(members.length),
          }),
        )),
    ...(members.length % 2 === 0 && !isWithoutWitness
      ? [finding({}, { code: 'etcd_members_even', count: members.length, mayBeLost: mayBeLost(members.length) })]
      : []),
  ];
}

const facts = ({ host, members }: EtcdHost) => ({ host, members });

const placeOf = ({ node }: EtcdHost): Place => (node === undefined ? {} : { class: 'node', name: node, node });

function nodesByAddress(entries: readonly Entry[], nodes: readonly string[]): Map<string, string> {
  const known = new Map(nodes.map((node) => [plainAddress(node), node]));
  const add = (address: string | undefined, node: string): void => {
    if (address !== undefined && !known.has(plainAddress(address))) known.set(plainAddress(address), node);
  };
  for (const entry of entries) {
    if (entry.class === 'node') {
      add(entry.name, entry.name);
      add(entry.fields.communicationPath?.cluster, entry.name);
    }
    if (entry.class === 'interface' && entry.fields.onNode?.cluster !== undefined) {
      add(entry.name, entry.fields.onNode.cluster);
      add(entry.fields.ipAddress?.cluster, entry.fields.onNode.cluster);
    }
  }
  return known;
}

/** Upper and lower case, brackets around IPv6 and a dot at the end make no other host; every loopback address is one machine. */
function plainAddress(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  return /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(plain) ? 'localhost' : plain;
}
