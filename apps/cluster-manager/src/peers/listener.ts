import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type CertificateRefusal, err, ok, type Result } from '@fallover/events';
import type { Answering } from './answering.ts';
import { fingerprintOfBytes } from './certificates.ts';
import type { KnownPeers } from './directory.ts';
import type { Identity } from './files.ts';
import type { HostPort } from './host-port.ts';
import { ASK_PATH, JOIN_PATH, PEER_TLS, readText } from './tls.ts';

export interface PeerListenerParts {
  /** Where it listens; port 0 takes a free one. */
  at: HostPort;
  identity: Identity;
  answering: Answering;
  known: Pick<KnownPeers, 'isCurrent'>;
  /** Answers whoever has no certificate yet, and a token. */
  join(request: string, from: string): Promise<string>;
  failed(error: unknown): void;
}

export interface PeerListener {
  port: number;
  /** With another certificate from now on, for connections that begin. */
  become(identity: Identity): void;
  close(): Promise<void>;
}

const LARGEST_QUESTION = 1024 * 1024;
const LARGEST_JOIN = 16 * 1024;
const MOST_CONNECTIONS = 256;
/** Whoever shows no certificate of the cluster has one request to make. */
const STRANGER_MS = 10_000;
const MOST_STRANGERS = 32;
const QUESTION_MS = 10_000;
const CLOSE_GRACE_MS = 1_000;

/**
 * Where other cluster managers ask this one. A certificate is asked for and checked here rather than by TLS: so whoever is
 * refused gets a sentence, and a node without one can join. Without one there is nothing else to reach.
 */
export async function listenToPeers(parts: PeerListenerParts): Promise<Result<PeerListener, string>> {
  let { identity } = parts;
  let strangers = 0;
  const server: Server = createServer(
    {
      ...secretsOf(identity),
      ...PEER_TLS,
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: QUESTION_MS,
      maxHeaderSize: 8 * 1024,
      headersTimeout: QUESTION_MS,
      requestTimeout: QUESTION_MS,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        parts.failed(error);
        response.destroy();
      });
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.authorized) return;
    if (strangers >= MOST_STRANGERS) return void socket.destroy();
    strangers += 1;
    const timer = setTimeout(() => socket.destroy(), STRANGER_MS);
    socket.once('close', () => {
      strangers -= 1;
      clearTimeout(timer);
    });
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url } = request;
    if (method !== 'POST' || (url !== ASK_PATH && url !== JOIN_PATH)) return send(response, 404, '');
    if (url === JOIN_PATH) {
      const text = await readText(request, LARGEST_JOIN);
      if (text === undefined) return refuse(response);
      return send(response, 200, await parts.join(text, request.socket.remoteAddress ?? 'unknown'));
    }
    const asking = await nodeOf(request.socket as TLSSocket);
    if ('refused' in asking) {
      response.setHeader('Connection', 'close');
      return send(response, 403, parts.answering.say({ certificate: asking.refused }));
    }
    const text = await readText(request, LARGEST_QUESTION);
    if (text === undefined) return refuse(response);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    send(response, 200, await parts.answering.answer(asking.node, text, gone.signal));
  }

  /** The node is who its certificate says, whatever the question claims. */
  async function nodeOf(socket: TLSSocket): Promise<{ node: string } | { refused: CertificateRefusal }> {
    const { subject, raw } = socket.getPeerCertificate();
    if (!raw) return { refused: 'missing' };
    if (!socket.authorized) return { refused: refusalOf(String(socket.authorizationError)) };
    const node = subject?.CN;
    const current = typeof node === 'string' && (await parts.known.isCurrent(node, fingerprintOfBytes(raw)));
    return current ? { node } : { refused: 'replaced' };
  }

  const reason = await new Promise<string | undefined>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(parts.at, () => resolve(undefined));
  });
  if (reason !== undefined) return err(reason);
  server.on('error', parts.failed);
  return ok({
    port: (server.address() as AddressInfo).port,
    become(next) {
      identity = next;
      server.setSecureContext({ ...secretsOf(identity), ...PEER_TLS });
      server.closeIdleConnections();
    },
    close: () =>
      new Promise((resolve) => {
        const late = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        server.closeIdleConnections();
      }),
  });
}

/** The authority goes with the certificate: whoever joins compares it with the fingerprint of the token. */
const secretsOf = ({ certificate, key, authority }: Identity) => ({ cert: `${certificate}${authority}`, key, ca: authority });

const refusalOf = (error: string): CertificateRefusal =>
  /EXPIRED|NOT_YET_VALID/.test(error) ? 'not_valid_now' : 'of_another_authority';

function refuse(response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  send(response, 413, '');
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
