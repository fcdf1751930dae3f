/** Where etcd's members are; `tls` for etcds://. */
export interface EtcdAddresses {
  addresses: string[];
  tls: boolean;
}

const ADDRESS = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?):([0-9]{1,5})$/;

/** Reads etcd://HOST:PORT,HOST:PORT or etcds://…; undefined for anything else. */
export function parseEtcdUrl(url: string): EtcdAddresses | undefined {
  const [, scheme, list] = /^(etcds?):\/\/([^/]+)\/?$/.exec(url) ?? [];
  if (scheme === undefined || list === undefined) return undefined;
  const addresses = list.split(',');
  const ports = addresses.map((address) => Number(ADDRESS.exec(address)?.[3] ?? 0));
  if (ports.some((port) => port < 1 || port > 65_535)) return undefined;
  return new Set(addresses).size === addresses.length ? { addresses, tls: scheme === 'etcds' } : undefined;
}

/** A key prefix as it is used: between one and 128 letters of file names, with one slash at its end. */
export function parseKeyPrefix(text: string): string | undefined {
  const prefix = text.replace(/\/$/, '');
  return /^\/?[A-Za-z0-9][A-Za-z0-9_.-]*(\/[A-Za-z0-9][A-Za-z0-9_.-]*)*$/.test(prefix) && prefix.length <= 128
    ? `${prefix}/`
    : undefined;
}
