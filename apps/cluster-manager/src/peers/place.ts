import type { ClusterManagerSettings } from '../settings.ts';
import { type HostPort, parseHostPort } from './host-port.ts';

/** Where other nodes ask this one: where it was told, else beside the console, at the next port. */
export function peerPlace({ listen, peerListen }: Pick<ClusterManagerSettings, 'listen' | 'peerListen'>): HostPort {
  const said = peerListen === undefined ? undefined : parseHostPort(peerListen);
  if (said) return said;
  const { host, port } = parseHostPort(listen) ?? { host: '127.0.0.1', port: 0 };
  return { host, port: port === 0 || port === 65_535 ? 0 : port + 1 };
}
