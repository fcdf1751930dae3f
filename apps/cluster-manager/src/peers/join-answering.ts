import type { Certified } from './certificates.ts';
import { issueCertificate } from './certificates.ts';
import { type JoinAnswer, joinRequest } from './join.ts';
import type { JoinTokens } from './join-tokens.ts';
import { parsed } from './parsed.ts';

export interface JoinAnsweringParts {
  cluster: string;
  protocol: number;
  tokens: JoinTokens;
  /** Missing on a node that does not have the authority's key: it has made no token either. */
  authority(): Certified | undefined;
  secretKey(): string;
  now(): number;
  /** Before the certificate is given away; `from` is the address. */
  joined(node: string, from: string): void;
  refused(from: string, why: string): void;
}

/** Lets a node with a token join: once, under the token's name, and with nothing of its own but a public key. */
export function joinAnswering(parts: JoinAnsweringParts): (text: string, from: string) => Promise<string> {
  const { protocol, cluster, tokens } = parts;

  async function answer(text: string, from: string): Promise<JoinAnswer> {
    const asked = parsed(text);
    const version = joinRequest.pick({ protocol: true }).safeParse(asked);
    if (version.success && version.data.protocol !== protocol) return { protocol, not: 'protocol_differs' };
    const read = joinRequest.safeParse(asked);
    if (!read.success) return { protocol, refused: 'bad_request' };
    const { node, secret, request } = read.data;
    const redeemed = tokens.redeem(secret, node);
    const authority = parts.authority();
    if (!redeemed.ok || !authority) {
      const why = redeemed.ok ? 'not_known' : redeemed.error;
      parts.refused(from, why);
      return { protocol, refused: why };
    }
    const issued = await issueCertificate(authority, { request, node, cluster, at: parts.now() });
    if (!issued.ok) {
      redeemed.value.giveBack();
      return { protocol, refused: issued.error };
    }
    parts.joined(node, from);
    return { protocol, joined: { certificate: issued.value, secretKey: parts.secretKey() } };
  }

  return async (text, from) => JSON.stringify(await answer(text, from));
}
