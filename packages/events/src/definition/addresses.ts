const RELAY = /^smtps?:\/\/(.+)$/;
const HTTP_URL = /^https?:\/\/([^/]+)(?:\/[^\s\p{C}?#\\]*)?$/u;
const HOST_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;

/** `smtp://HOST:PORT` or `smtps://HOST:PORT`, without user and path. */
export const isMailRelay = (text: string): boolean => isHostWithPort(RELAY.exec(text)?.[1] ?? '');

/** Without user, query and fragment: the path of what is to be seen is put behind it. */
export const isConsoleUrl = (text: string): boolean => isHostWithPort(HTTP_URL.exec(text)?.[1] ?? '');

/** A host or an address, with a port or as a network in CIDR form. */
export function isTarget(text: string): boolean {
  const [, network, length] = /^(.+)\/([0-9]{1,3})$/.exec(text) ?? [];
  return network === undefined
    ? isIpv6Address(text) || isHostWithPort(text)
    : isNetwork(withoutBrackets(network), Number(length));
}

const isNetwork = (address: string, length: number): boolean =>
  isIpv6Address(address) ? length <= 128 : isIpv4Address(address) && length <= 32;

/** An IPv6 address stands in brackets, so that none of its colons is taken for that of a port. */
function isHostWithPort(text: string): boolean {
  const [, host = '', port] = /^(.+?)(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return false;
  if (host.startsWith('[')) return host.endsWith(']') && isIpv6Address(withoutBrackets(host));
  return /^[0-9.]+$/.test(host) ? isIpv4Address(host) : HOST_NAME.test(host);
}

const withoutBrackets = (text: string): string => text.replace(/^\[(.*)\]$/, '$1');

const isIpv4Address = (text: string): boolean =>
  /^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/.test(text) && text.split('.').every((byte) => Number(byte) <= 255);

function isIpv6Address(text: string): boolean {
  const end = text.slice(text.lastIndexOf(':') + 1);
  // The last two groups can be written as an IPv4 address.
  const written = isIpv4Address(end) ? `${text.slice(0, -end.length)}0:0` : text;
  const halves = written.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const isWhole = halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length <= 7;
  return isWhole && groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group));
}
