import { Agent, type RequestOptions, request as httpsRequest } from 'node:https';
import type { PeerCertificate } from 'node:tls';
import { err, ok, type PeerFault, type Result } from '@fallover/events';
import type { PeerDocument } from '@fallover/store';
import { fingerprintOfBytes } from './certificates.ts';
import type { KnownPeers } from './directory.ts';
import type { Identity } from './files.ts';
import { parseHostPort } from './host-port.ts';
import type { Carrier } from './peers.ts';
import { ASK_PATH, isAboutTrust, PEER_TLS, readText } from './tls.ts';

const CONNECT_MS = 3_000;
/** As many questions as a node answers at once. */
const MOST_CONNECTIONS = 16;

/** Over TLS to the address that the store has of a node, where that node's own certificate has to answer. */
export function tlsCarrier(parts: {
  node: string;
  /** Undefined while this node has not joined. */
  identity(): Identity | undefined;
  known: Pick<KnownPeers, 'of' | 'again'>;
}): Carrier & { close(): void } {
  /** Connections are kept by certificate, node and address: one that was checked for a node is used for no other. */
  const agents = new Map<string, Agent>();

  function agentFor(identity: Identity, peer: PeerDocument): Agent {
    const { node, address, fingerprint } = peer;
    const key = [identity.certificate, node, address, fingerprint].join('\n');
    const kept = agents.get(key);
    if (kept) return kept;
    for (const [other, agent] of agents) {
      if (other.split('\n').at(-3) !== node && other.startsWith(identity.certificate)) continue;
      agent.destroy();
      agents.delete(other);
    }
    const agent = new Agent({
      keepAlive: true,
      maxSockets: MOST_CONNECTIONS,
      maxCachedSessions: 0,
      // Of the agent, not of a question: Node keeps no connection that a question has checked in its own way.
      checkServerIdentity: checkOf(peer),
    });
    agents.set(key, agent);
    return agent;
  }

  async function askAt(
    identity: Identity,
    peer: PeerDocument,
    question: string,
    most: Parameters<Carrier['carry']>[2],
  ): Promise<Result<string, PeerFault>> {
    const place = parseHostPort(peer.address);
    if (!place) return err({ code: 'peer_not_known', node: peer.node });
    const options: RequestOptions = {
      ...place,
      ...(most.apart ? { agent: false, checkServerIdentity: checkOf(peer) } : { agent: agentFor(identity, peer) }),
      method: 'POST',
      path: ASK_PATH,
      ca: identity.authority,
      cert: identity.certificate,
      key: identity.key,
      ...PEER_TLS,
      servername: '',
      headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(question)) },
    };
    const first = await attempt(options, question, peer, most);
    // A connection that was kept may have been closed over there in the same moment: every call can be asked again.
    return 'again' in first ? withoutAgain(await attempt(options, question, peer, most), peer) : first;
  }

  return {
    async carry(node, question, most) {
      const identity = parts.identity();
      if (!identity) return err({ code: 'not_joined', own: parts.node });
      const peer = await parts.known.of(node);
      if (!peer) return err({ code: 'peer_not_known', node });
      const answer = await askAt(identity, peer, question, most);
      const isElsewhere = !answer.ok && /^peer_not_(answering|trusted)$/.test(answer.error.code) && !most.signal.aborted;
      // It may have been started anew at another address, or have joined again, since the store was read.
      const now = isElsewhere ? await parts.known.again(node) : undefined;
      const isSame = now?.address === peer.address && now.fingerprint === peer.fingerprint;
      return now && !isSame ? askAt(identity, now, question, most) : answer;
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

type Attempt = Result<string, PeerFault> | { again: string };

const withoutAgain = (attempt: Attempt, { node, address }: PeerDocument): Result<string, PeerFault> =>
  'again' in attempt ? err({ code: 'peer_not_answering', node, address, reason: attempt.again }) : attempt;

function attempt(
  options: RequestOptions,
  question: string,
  peer: PeerDocument,
  { bytes, signal }: { bytes: number; signal: AbortSignal },
): Promise<Attempt> {
  const { node, address } = peer;
  const notAnswering = (reason: string): Result<string, PeerFault> => err({ code: 'peer_not_answering', node, address, reason });
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(notAnswering('ETIMEDOUT'));
    const request = httpsRequest(options);
    let connecting: NodeJS.Timeout | undefined;
    const done = (result: Attempt): void => {
      clearTimeout(connecting);
      signal.removeEventListener('abort', abort);
      resolve(result);
    };
    const abort = (): void => {
      done(notAnswering('ETIMEDOUT'));
      request.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    request.once('socket', (socket) => {
      if (!socket.connecting && request.reusedSocket) return;
      connecting = setTimeout(() => {
        done(notAnswering('no_connection_in_time'));
        request.destroy();
      }, CONNECT_MS);
      socket.once('secureConnect', () => clearTimeout(connecting));
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      const { code = 'unknown' } = error;
      if (request.reusedSocket && code === 'ECONNRESET') return done({ again: code });
      done(isAboutTrust(code) ? err({ code: 'peer_not_trusted', node, address, reason: code }) : notAnswering(code));
    });
    request.once('response', (response) => {
      readText(response, bytes).then(
        (text) => {
          done(text === undefined ? err({ code: 'peer_answer_too_large', node, mostBytes: bytes }) : ok(text));
          if (text === undefined) request.destroy();
        },
        (error: NodeJS.ErrnoException) => done(notAnswering(error.code ?? 'unknown')),
      );
    });
    request.end(question);
  });
}

const checkOf =
  (peer: PeerDocument) =>
  (_host: string, certificate: PeerCertificate): Error | undefined =>
    wrongPeer(certificate, peer);

/** The authority has signed it; it has to be this node's, and the one that the cluster knows now. */
function wrongPeer({ subject, raw }: PeerCertificate, { node, fingerprint }: PeerDocument): Error | undefined {
  if (subject?.CN !== node) return Object.assign(new Error('another node'), { code: 'another_node' });
  if (fingerprintOfBytes(raw) !== fingerprint) return Object.assign(new Error('another certificate'), { code: 'replaced' });
  return undefined;
}
