import { createHash, type webcrypto, X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '@fallover/events';

/** A certificate and its key, both PEM. */
export interface Certified {
  certificate: string;
  key: string;
}

/** TLS with curve P-256: every OpenSSL has it. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 20 * 365;
/** Short enough that one that got into wrong hands is of little use for long; it is renewed by itself (renewal.ts). */
const NODE_DAYS = 365;
/** A node whose clock is behind can use its certificate all the same. */
const EARLIER_MS = DAY_MS;

/** Loaded only where a certificate is made: that is once in a node's year, and takes a third of a second. */
async function library() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/** The authority of a cluster: it signs the certificates of the nodes and nothing else. */
export async function makeAuthority({ cluster, at }: { cluster: string; at: number }): Promise<Certified> {
  const x509 = await library();
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ O: [cluster] }, { CN: ['Fallover authority'] }],
    ...valid(at, AUTHORITY_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: await writeKey(keys.privateKey) };
}

/** A key that never leaves the node, and what the authority is to sign for it. */
export async function makeSigningRequest(node: string): Promise<{ request: string; key: string }> {
  const x509 = await library();
  const keys = await makeKeys();
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [node] }],
    keys,
    signingAlgorithm: ALGORITHM,
  });
  return { request: pem(request), key: await writeKey(keys.privateKey) };
}

/**
 * Signs for this node and no other name, whatever else the request asks for: of it only the public key is taken, once it has
 * shown that whoever made it has the private one.
 */
export async function issueCertificate(
  authority: Certified,
  { request, node, cluster, at }: { request: string; node: string; cluster: string; at: number },
): Promise<Result<string, 'bad_request'>> {
  const x509 = await library();
  const read = await readRequest(request, node);
  if (!read) return err('bad_request');
  const signer = new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ O: [cluster] }, { CN: [node] }],
    issuer: signer.subjectName,
    ...valid(at, NODE_DAYS),
    publicKey: read,
    signingKey: await readKey(authority.key),
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: node }]),
      await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey),
    ],
  });
  return ok(pem(certificate));
}

async function readRequest(text: string, node: string) {
  const x509 = await library();
  try {
    const request = new x509.Pkcs10CertificateRequest(text);
    const [name, ...others] = request.subjectName.getField('CN');
    if (name !== node || others.length > 0) return undefined;
    const { name: algorithm, namedCurve } = request.publicKey.algorithm as EcKeyAlgorithm;
    if (algorithm !== ALGORITHM.name || namedCurve !== ALGORITHM.namedCurve) return undefined;
    return (await request.verify()) ? request.publicKey : undefined;
  } catch {
    return undefined; // it is no request at all
  }
}

interface EcKeyAlgorithm {
  name: string;
  namedCurve?: string;
}

const makeKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

async function writeKey(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

function readKey(text: string): Promise<webcrypto.CryptoKey> {
  const bytes = Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64');
  return crypto.subtle.importKey('pkcs8', bytes, ALGORITHM, false, ['sign']);
}

const pem = (data: { toString(format: 'pem'): string }): string => `${data.toString('pem').trim()}\n`;

/** Positive, and never the same twice. */
const serialNumber = (): string => `01${Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;

const valid = (at: number, days: number) => ({
  notBefore: new Date(at - EARLIER_MS),
  notAfter: new Date(at + days * DAY_MS),
});

/** SHA-256 over the certificate, hex. */
export const fingerprintOf = (certificate: string): string => fingerprintOfBytes(new X509Certificate(certificate).raw);

export const fingerprintOfBytes = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');
