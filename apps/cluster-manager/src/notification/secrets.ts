import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeDurably } from '../executor/launcher/write-durably.ts';

/**
 * Seals the secrets of the configuration, so that no store, export, log or screen has them in clear. The same secret of the
 * same setting is always sealed to the same text: saving it again is no change (docs/decisions/0009).
 */
export interface Secrets {
  seal(name: string, secret: string): string;
  /** Undefined: it was sealed with another key, or for another setting, or is damaged. */
  open(name: string, sealed: string): string | undefined;
}

const SEALED = /^sealed:v1:([A-Za-z0-9_-]+)$/;
const KEY_BYTES = 32;
const KEY = /^[0-9A-Fa-f]{64}$/;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const isSealed = (value: string): boolean => SEALED.test(value);

/**
 * `path` holds the key, 0600; it is made when there is none. A key file of another length is refused: nothing could be opened.
 * `reload` after the file has got the cluster's key, because this node has joined.
 */
export function openSecrets(path: string): Secrets & { reload(): void } {
  if (!existsSync(path)) writeDurably(path, randomBytes(KEY_BYTES).toString('hex'));
  let current = readSecrets(path);
  return {
    seal: (name, secret) => current.seal(name, secret),
    open: (name, sealed) => current.open(name, sealed),
    reload() {
      current = readSecrets(path);
    },
  };
}

function readSecrets(path: string): Secrets {
  const text = readFileSync(path, 'utf8').trim();
  if (!KEY.test(text)) throw new Error(`${path} does not hold a key of ${KEY_BYTES} bytes in hexadecimal digits`);
  return secretsOf(Buffer.from(text, 'hex'));
}

export function secretsOf(key: Uint8Array): Secrets {
  const derived = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `fallover ${purpose}`, KEY_BYTES));
  const forCipher = derived('setting cipher');
  const forNonce = derived('setting nonce');
  return {
    seal(name, secret) {
      // The nonce is made of what is sealed: it repeats only where everything repeats.
      const nonce = createHmac('sha256', forNonce).update(`${name}\0${secret}`).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', forCipher, nonce).setAAD(Buffer.from(name));
      const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `sealed:v1:${sealed.toString('base64url')}`;
    },
    open(name, text) {
      const bytes = Buffer.from(SEALED.exec(text)?.[1] ?? '', 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', forCipher, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
