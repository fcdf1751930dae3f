import { X509Certificate } from 'node:crypto';
import { err, ok, type PeerFault, type Result } from '@fallover/events';
import { type Certified, issueCertificate, makeSigningRequest } from './certificates.ts';
import type { Identity } from './files.ts';
import { isOurs } from './join.ts';
import type { Peers } from './peers.ts';

/** Of its year; the node with the authority may be away for as long as home says nothing yet: another sixty days less. */
const RENEWED_BEFORE_MS = 120 * 86_400_000;

export const endOf = (certificate: string): number => Date.parse(new X509Certificate(certificate).validTo);

/** It has so little left that it is renewed; one that has ended is not taken any more, and its node has to join again. */
export const isDue = ({ certificate }: Pick<Identity, 'certificate'>, at: number): boolean =>
  endOf(certificate) - at <= RENEWED_BEFORE_MS;

export interface RenewalParts {
  identity: Identity;
  /** Where its key is here. */
  authority?: Certified | undefined;
  /** The node that has it. */
  holder: string;
  peers: Pick<Peers, 'ask'>;
  now(): number;
}

/** Another certificate for a key of its own, from whoever has the authority. Nothing is written here. */
export async function renewed(parts: RenewalParts): Promise<Result<Identity, PeerFault>> {
  const { identity, authority, holder } = parts;
  const { node, cluster } = identity;
  const { request, key } = await makeSigningRequest(node);
  const answer = authority
    ? await issueCertificate(authority, { request, node, cluster, at: parts.now() })
    : await parts.peers.ask(holder, { name: 'renewCertificate', input: { request } });
  if (!answer.ok) return err(answer.error === 'bad_request' ? notUnderstood(holder) : answer.error);
  const certificate = typeof answer.value === 'string' ? answer.value : answer.value.certificate;
  const isGood = isOurs(certificate, { authority: identity.authority, key, node }) && !isDue({ certificate }, parts.now());
  return isGood ? ok({ ...identity, certificate, key }) : err(notUnderstood(holder));
}

const notUnderstood = (node: string): PeerFault => ({ code: 'peer_answer_not_understood', node });
