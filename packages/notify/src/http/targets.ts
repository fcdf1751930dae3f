import ipaddr from 'ipaddr.js';

/** Who says where HTTP may go. */
export interface TargetPolicy {
  /** Addresses, networks in CIDR form, names of hosts, or one of these with a port: `HOST:PORT`. */
  allowedTargets: readonly string[];
  /** Ports of this daemon on any address of this machine: they are never allowed. */
  ownPorts: readonly number[];
  /** The addresses of this machine besides loopback. */
  ownAddresses: readonly string[];
}

export type TargetRefusal =
  | { code: 'own_port'; place: string }
  | { code: 'target_not_allowed'; place: string; address: string; kind: string };

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What is refused unless it is allowed, in words. */
const REFUSED: Record<string, string> = {
  unspecified: 'an address of this machine itself',
  loopback: 'a loopback address',
  linkLocal: 'a link-local address, where clouds keep their credentials',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
};

/** Where clouds keep credentials for whoever asks from the inside, outside of the link-local networks. */
const METADATA = ['fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'].map((text) => ipaddr.process(text));

/** Whether a message may go to a host at one of its addresses. Every address of a name has to pass, since any can be taken. */
export function targetRefusal(host: string, port: number, address: string, policy: TargetPolicy): TargetRefusal | undefined {
  const name = plainHost(host);
  const place = `${name.includes(':') ? `[${name}]` : name}:${port}`;
  const parsed = parseAddress(address);
  // what is no address is none that was checked
  if (parsed === undefined) return { code: 'target_not_allowed', place, address, kind: 'not an address' };
  const forms = [parsed, ...embedded(parsed)];
  if (policy.ownPorts.includes(port) && forms.some((form) => isOfThisMachine(form, policy.ownAddresses)))
    return { code: 'own_port', place };
  const kind = forms.map(refusedKind).find((found) => found !== undefined);
  if (kind === undefined || policy.allowedTargets.some((target) => allows(target, name, port, forms))) return undefined;
  return { code: 'target_not_allowed', place, address, kind };
}

/** A host as it stands in lists: without brackets and a dot at its end, in small letters. */
const plainHost = (host: string): string =>
  host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();

function parseAddress(text: string): Address | undefined {
  const plain = text.replace(/%.*$/s, '');
  // a number alone would be read as an address too, as the oldest resolvers do
  if (!plain.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(plain)) return undefined;
  return ipaddr.isValid(plain) ? ipaddr.process(plain) : undefined;
}

/** The IPv4 addresses that an IPv6 address leads to by translation or tunnel. */
function embedded(address: Address): Address[] {
  if (!(address instanceof ipaddr.IPv6)) return [];
  const bytes = address.toByteArray();
  const range = address.range();
  const compatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((byte) => byte !== 0);
  if (compatible || range === 'rfc6052' || range === 'rfc6145') return [new ipaddr.IPv4(bytes.slice(12))];
  if (range === '6to4') return [new ipaddr.IPv4(bytes.slice(2, 6))];
  return [];
}

const refusedKind = (address: Address): string | undefined =>
  METADATA.some((metadata) => same(metadata, address))
    ? 'an address where clouds keep their credentials'
    : REFUSED[address.range()];

const same = (one: Address, other: Address): boolean => one.kind() === other.kind() && one.toString() === other.toString();

const isOfThisMachine = (address: Address, ownAddresses: readonly string[]): boolean =>
  ['loopback', 'unspecified'].includes(address.range()) ||
  ownAddresses.some((own) => {
    const parsed = parseAddress(own);
    return parsed !== undefined && same(parsed, address);
  });

function allows(target: string, host: string, port: number, addresses: readonly Address[]): boolean {
  const [, bracketed, plain, ofPort] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::([0-9]{1,5}))?$/.exec(target.trim()) ?? [];
  const named = plainHost(bracketed ?? plain ?? target.trim());
  if (ofPort !== undefined && Number(ofPort) !== port) return false;
  if (named === host) return true;
  if (!named.includes('/')) {
    const allowed = parseAddress(named);
    return allowed !== undefined && addresses.some((address) => same(allowed, address));
  }
  if (!ipaddr.isValidCIDR(named)) return false;
  const [network, bits] = ipaddr.parseCIDR(named);
  return addresses.some((address) => address.kind() === network.kind() && address.match(network, bits));
}
