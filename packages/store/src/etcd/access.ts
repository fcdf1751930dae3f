import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type EtcdAddresses, err, ok, parseKeyPrefix, type Result } from '@fallover/events';
import type { StoreFault } from '../faults.ts';
import type { MembersSettings } from './members.ts';

/** How a node shows etcd who it is. Paths of files. */
export interface StoreAccess {
  /** Of the authority that signs the members' certificates; without it those of the system. */
  ca?: string;
  /** Of this node: the certificate's common name is the user in etcd. */
  cert?: string;
  key?: string;
  user?: string;
  /** The password is its first line. */
  passwordFile?: string;
  /** Of every key of the cluster; `fallover/` unless said. */
  prefix?: string;
}

/** Reads what the access names. Secrets that others can read are refused. */
export function readAccess(
  { addresses, tls }: EtcdAddresses,
  { ca, cert, key, user, passwordFile, prefix = 'fallover' }: StoreAccess,
): Result<MembersSettings, StoreFault> {
  const below = parseKeyPrefix(prefix);
  if (below === undefined) throw new Error(`"${prefix}" is no key prefix.`);
  const files: { [name in 'ca' | 'cert' | 'key' | 'password']?: Buffer } = {};
  const wanted = [
    ['ca', ca, false],
    ['cert', cert, false],
    ['key', key, true],
    ['password', passwordFile, true],
  ] as const;
  for (const [name, path, isSecret] of wanted) {
    if (path === undefined) continue;
    const read = readPart(path, isSecret);
    if (!read.ok) return read;
    files[name] = read.value;
  }
  const { password: passwordLines, ...certificates } = files;
  const password = passwordLines?.toString().split(/\r?\n/)[0];
  if (passwordFile !== undefined && !password) return err({ code: 'store_password_file_empty', path: passwordFile });
  if (tls)
    try {
      createSecureContext(certificates);
    } catch (error) {
      // "error:05800074:x509 certificate routines::key values mismatch": its last part is for people.
      return err({ code: 'store_files_not_usable', reason: (error as Error).message.split(':').at(-1) as string });
    }
  return ok({
    addresses,
    prefix: below,
    ...(tls ? { tls: certificates } : {}),
    ...(user !== undefined && password ? { user: { name: user, password } } : {}),
  });
}

function readPart(path: string, isSecret: boolean): Result<Buffer, StoreFault> {
  try {
    if (isSecret && (statSync(path).mode & 0o077) !== 0) return err({ code: 'store_file_not_private', path });
    return ok(readFileSync(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return err({ code: 'store_file_not_readable', path, reason: code ?? message });
  }
}
