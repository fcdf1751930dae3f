import { hostname } from 'node:os';
import type { ClusterManagerSettings } from '../settings.ts';
import { type HostPort, hostPort, isWildcard, parseHostPort } from './host-port.ts';

/** From the port of the console: the next ones are often those of other consoles on the same machine. */
const FURTHER = 1_000;

/** Where other nodes ask this one: where it was told, else at the host of the console. */
export function peerPlace({ listen, peerListen }: Pick<ClusterManagerSettings, 'listen' | 'peerListen'>): HostPort {
  const said = peerListen === undefined ? undefined : parseHostPort(peerListen);
  if (said) return said;
  const { host, port } = parseHostPort(listen) ?? { host: '127.0.0.1', port: 0 };
  return { host, port: port === 0 || port + FURTHER > 65_535 ? 0 : port + FURTHER };
}

/** The same as other nodes reach it, for people to read; undefined where the port is not known before it listens, or none is asked. */
export function peerAddress(settings: Pick<ClusterManagerSettings, 'listen' | 'peerListen' | 'oneProcess'>): string | undefined {
  const { host, port } = peerPlace(settings);
  if (settings.oneProcess !== undefined || port === 0) return undefined;
  return hostPort({ host: isWildcard(host) ? hostname() : host, port });
}
