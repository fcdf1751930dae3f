import { ok } from '@fallover/events';
import type { PeerDocument } from '@fallover/store';
import { type PeerHandlers, answering } from './answering.ts';
import { type Certified, fingerprintOf, issueCertificate, makeAuthority, makeSigningRequest } from './certificates.ts';
import { knownPeers } from './directory.ts';
import type { Identity } from './files.ts';
import { hostPort } from './host-port.ts';
import { listenToPeers, type PeerListener } from './listener.ts';
import { type Peers, peersOver } from './peers.ts';
import { PROTOCOL } from './protocol.ts';
import { tlsCarrier } from './tls-carrier.ts';

const CLUSTER = 'payroll';
const NOW = Date.now();
const DAY_MS = 86_400_000;

/** A certificate of this authority, made now or so many days from now. */
export async function identityFrom(authority: Certified, node: string, { inDays = 0 } = {}): Promise<Identity> {
  const { request, key } = await makeSigningRequest(node);
  const issued = await issueCertificate(authority, { request, node, cluster: CLUSTER, at: NOW + inDays * DAY_MS });
  if (!issued.ok) throw new Error(issued.error);
  return { cluster: CLUSTER, node, certificate: issued.value, key, authority: authority.certificate };
}

export const authorityOf = (cluster = CLUSTER, { inDays = 0 } = {}): Promise<Certified> =>
  makeAuthority({ cluster, at: NOW + inDays * DAY_MS });

/** Answers nothing but the clock, unless given. */
const handlers = (given: Partial<PeerHandlers> = {}): PeerHandlers =>
  ({ getClock: async () => ok({ at: 1 }), ...given }) as PeerHandlers;

export interface TlsNode {
  peers: Peers;
  listener: PeerListener;
  address: string;
  failures: unknown[];
  close(): Promise<void>;
}

/** What the store knows of nodes; those that are opened write themselves into it. */
export function directory() {
  const documents = new Map<string, PeerDocument>();
  return { documents, peers: async () => [...documents.values()] };
}
export type Directory = ReturnType<typeof directory>;

/** A node that others ask over real TLS on loopback, and that asks them. */
export async function tlsNode(
  identity: Identity,
  store: Directory,
  settings: {
    handlers?: Partial<PeerHandlers>;
    protocol?: number;
    join?: (text: string, from: string) => Promise<string>;
    /** As what it asks; as what it answers unless given. */
    asking?: Identity;
    /** It is not written into the store. */
    unlisted?: boolean;
  } = {},
): Promise<TlsNode> {
  const { protocol = PROTOCOL } = settings;
  const failures: unknown[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const known = knownPeers({ store, reading: () => performance.now() });
  const opened = await listenToPeers({
    at: { host: '127.0.0.1', port: 0 },
    identity,
    answering: answering({ protocol, handlers: handlers(settings.handlers), failed }),
    known,
    join: settings.join ?? (async () => '{}'),
    failed,
  });
  if (!opened.ok) throw new Error(opened.error);
  const address = hostPort({ host: '127.0.0.1', port: opened.value.port });
  if (!settings.unlisted) {
    const { node, certificate } = identity;
    store.documents.set(node, { node, address, fingerprint: fingerprintOf(certificate) });
  }
  const carrier = tlsCarrier({ node: identity.node, identity: () => settings.asking ?? identity, known });
  return {
    peers: peersOver(carrier, { protocol, now: Date.now }),
    listener: opened.value,
    address,
    failures,
    async close() {
      carrier.close();
      await opened.value.close();
    },
  };
}
