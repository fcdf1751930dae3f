import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../executor/launcher/write-durably.ts';
import type { Certified } from './certificates.ts';

/** Who this node is for others: PEM, all of it. The key was made here and has never been anywhere else. */
export interface Identity extends Certified {
  cluster: string;
  node: string;
  /** Whose certificates are taken. */
  authority: string;
}

/** What a node gets when it joins: either all of it counts, or nothing does. */
export interface Joined {
  identity: Identity;
  /** The cluster's key for the secrets of the configuration. */
  secretKey: string;
}

export const SECRET_KEY = 'secret.key';
const SECRET_KEY_BEFORE = 'secret.key.before-join';
const IDENTITY = 'peer.json';
const AUTHORITY = 'peer-authority.json';
const JOINED = 'join.json';

const certificate = z.string().refine(isCertificate);
const certified = z.object({ certificate, key: z.string() });
const identity = certified.extend({ cluster: z.string(), node: z.string(), authority: certificate });
export const secretKey = z.string().regex(/^[0-9A-Fa-f]{64}$/);
const joined = z.object({ identity, secretKey });

export type Kept<Value> = { value?: Value } | { corrupt: { path: string; reason: string } };

export const readIdentity = (stateDirectory: string): Kept<Identity> => read(join(stateDirectory, IDENTITY), identity);
export const readAuthority = (stateDirectory: string): Kept<Certified> => read(join(stateDirectory, AUTHORITY), certified);

export const writeIdentity = (stateDirectory: string, value: Identity): void =>
  writeDurably(join(stateDirectory, IDENTITY), JSON.stringify(value));
export const writeAuthority = (stateDirectory: string, value: Certified): void =>
  writeDurably(join(stateDirectory, AUTHORITY), JSON.stringify(value));
/** Of an authority that another node was faster with. */
export const removeAuthority = (stateDirectory: string): void => rmSync(join(stateDirectory, AUTHORITY), { force: true });

/** The one file decides whether the node has joined; from it the others are written, now or when it is started next. */
export function writeJoined(stateDirectory: string, value: Joined): void {
  writeDurably(join(stateDirectory, JOINED), JSON.stringify(value));
  finishJoin(stateDirectory);
}

/** Goes on where a join was interrupted. Before the secrets of the configuration are opened. */
export function finishJoin(stateDirectory: string): void {
  const path = join(stateDirectory, JOINED);
  if (!existsSync(path)) return;
  const kept = read(path, joined);
  // A file that is not whole never counted: it is only there under this name once it is.
  if ('value' in kept && kept.value) {
    const { identity, secretKey } = kept.value;
    const secrets = join(stateDirectory, SECRET_KEY);
    const before = existsSync(secrets) ? readFileSync(secrets, 'utf8').trim() : undefined;
    if (before !== secretKey) {
      if (before !== undefined) writeDurably(join(stateDirectory, SECRET_KEY_BEFORE), before);
      writeDurably(secrets, secretKey);
    }
    writeIdentity(stateDirectory, identity);
  }
  rmSync(path);
}

function read<Value>(path: string, schema: z.ZodType<Value>): Kept<Value> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? {} : { corrupt: { path, reason: code } };
  }
  try {
    return { value: schema.parse(JSON.parse(text)) };
  } catch {
    return { corrupt: { path, reason: 'it is not what Fallover has written' } };
  }
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== '';
  } catch {
    return false;
  }
}
