import { constants } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Both ends: what is older is not spoken, and a resumed session would go on with a certificate that nobody looks at again. */
export const PEER_TLS = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const;

export const ASK_PATH = '/ask';
export const JOIN_PATH = '/join';

/** Undefined when it is longer: the rest is not read. */
export async function readText(message: IncomingMessage, most: number): Promise<string | undefined> {
  if (Number(message.headers['content-length'] ?? 0) > most) return undefined;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of message) {
    length += (part as Buffer).length;
    if (length > most) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** What OpenSSL says of a certificate, and we ourselves; everything else is about the connection. */
export const isAboutTrust = (code: string): boolean =>
  /CERT|SIGNATURE|ISSUER|^UNABLE_TO|^INVALID_(CA|PURPOSE)|^PATH_LENGTH|^another_node$|^replaced$/.test(code);
