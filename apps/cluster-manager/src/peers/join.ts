import { createPrivateKey, X509Certificate } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { err, type JoinFault, ok, type Result, TOKEN_REFUSALS } from '@fallover/events';
import { z } from 'zod';
import { fingerprintOfBytes, makeSigningRequest } from './certificates.ts';
import { type Joined, secretKey } from './files.ts';
import { type HostPort, parseHostPort } from './host-port.ts';
import { type JoinToken, readJoinToken } from './join-token.ts';
import { isAboutTrust, JOIN_PATH, PEER_TLS, readText } from './tls.ts';
import { parsed } from './parsed.ts';

/** What the new node sends; only to whom the fingerprint of its token has shown to be the right one. */
export const joinRequest = z.object({
  protocol: z.number(),
  node: z.string().max(64),
  secret: z.string().max(64),
  request: z.string().max(8192),
});

export const joinAnswer = z.union([
  z.object({ protocol: z.number(), joined: z.object({ certificate: z.string(), secretKey }) }),
  z.object({ protocol: z.number(), refused: z.enum(TOKEN_REFUSALS) }),
  z.object({ protocol: z.number(), not: z.literal('protocol_differs') }),
]);
export type JoinAnswer = z.infer<typeof joinAnswer>;

const CONNECT_MS = 5_000;
const ANSWER_MS = 15_000;
const LONGEST_ANSWER = 64 * 1024;
const LONGEST_CHAIN = 4;

/** The token as a person has typed it, if it is for this node. */
export function tokenFor(text: string, own: { node: string; cluster: string }): Result<JoinToken, JoinFault> {
  const token = readJoinToken(text);
  if (!token) return err({ code: 'join_token_not_understood' });
  const { node, cluster } = token;
  if (own.cluster !== cluster) return err({ code: 'join_token_of_another_cluster', cluster, own: own.cluster });
  if (own.node !== node) return err({ code: 'join_token_of_another_node', node, own: own.node });
  return ok(token);
}

/** Gets a certificate from the node of the token. Nothing is written here, and the key does not leave this node. */
export async function requestToJoin(token: JoinToken, { protocol }: { protocol: number }): Promise<Result<Joined, JoinFault>> {
  const { node, cluster, at } = token;
  const place = parseHostPort(at.address) as HostPort;
  const authority = await authorityAt(place, token);
  if (!authority.ok) return authority;
  const { request, key } = await makeSigningRequest(node);
  const body = JSON.stringify({ protocol, node, secret: token.secret, request });
  const sent = await send(place, token, authority.value, body);
  if (!sent.ok) return sent;
  const read = joinAnswer.safeParse(parsed(sent.value));
  if (!read.success) return err({ code: 'join_answer_not_understood', node: at.node });
  const answer = read.data;
  if (answer.protocol !== protocol || 'not' in answer)
    return err({ code: 'join_protocol_differs', node: at.node, own: protocol, theirs: answer.protocol });
  if ('refused' in answer) return err({ code: 'join_refused', node: at.node, reason: answer.refused });
  const { certificate } = answer.joined;
  if (!isOurs(certificate, { authority: authority.value, key, node }))
    return err({ code: 'join_answer_not_understood', node: at.node });
  return ok({
    identity: { cluster, node, certificate, key, authority: authority.value },
    secretKey: answer.joined.secretKey,
  });
}

/**
 * The certificate of the authority as the other side shows it, once it is the one of the token. On this connection nothing is
 * sent: who is at its other end is only known on the next one, by this certificate.
 */
function authorityAt(place: HostPort, { at, authority }: JoinToken): Promise<Result<string, JoinFault>> {
  const { node, address } = at;
  return new Promise((resolve) => {
    const socket = connect({ ...place, ...PEER_TLS, rejectUnauthorized: false, timeout: CONNECT_MS });
    const done = (result: Result<string, JoinFault>): void => {
      clearTimeout(late);
      resolve(result);
      socket.destroy();
    };
    const notAnswered = (reason: string) => done(err({ code: 'join_not_answered', node, address, reason }));
    const late = setTimeout(() => notAnswered('no_connection_in_time'), CONNECT_MS);
    socket.once('error', (error: NodeJS.ErrnoException) => notAnswered(error.code ?? 'unknown'));
    socket.once('secureConnect', () => {
      let certificate = socket.getPeerCertificate(true);
      for (let depth = 0; depth < LONGEST_CHAIN && certificate?.raw; depth += 1) {
        if (fingerprintOfBytes(certificate.raw) === authority) return done(ok(new X509Certificate(certificate.raw).toString()));
        certificate = certificate.issuerCertificate;
      }
      done(err({ code: 'join_authority_differs', node, address }));
    });
  });
}

function send(place: HostPort, { at }: JoinToken, authority: string, body: string): Promise<Result<string, JoinFault>> {
  const { node, address } = at;
  return new Promise((resolve) => {
    const notAnswered = (reason: string) => resolve(err({ code: 'join_not_answered', node, address, reason }));
    const request = httpsRequest({
      ...place,
      ...PEER_TLS,
      agent: false,
      method: 'POST',
      path: JOIN_PATH,
      ca: authority,
      servername: '',
      checkServerIdentity: (_host, { subject }) =>
        subject?.CN === node ? undefined : Object.assign(new Error('another node'), { code: 'another_node' }),
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) },
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      const { code = 'unknown', name } = error;
      if (isAboutTrust(code)) return resolve(err({ code: 'join_authority_differs', node, address }));
      notAnswered(name === 'AbortError' || name === 'TimeoutError' ? 'ETIMEDOUT' : code);
    });
    request.once('response', (response) => {
      readText(response, LONGEST_ANSWER).then(
        (text) => {
          resolve(text === undefined ? err({ code: 'join_answer_not_understood', node }) : ok(text));
          request.destroy();
        },
        (error: NodeJS.ErrnoException) => notAnswered(error.code ?? 'unknown'),
      );
    });
    request.end(body);
  });
}

/** Signed by the authority, for this node and for the key that was made here. */
export function isOurs(text: string, { authority, key, node }: { authority: string; key: string; node: string }): boolean {
  try {
    const certificate = new X509Certificate(text);
    const issuer = new X509Certificate(authority);
    return (
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey) &&
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      certificate.subject.split('\n').includes(`CN=${node}`)
    );
  } catch {
    return false;
  }
}
