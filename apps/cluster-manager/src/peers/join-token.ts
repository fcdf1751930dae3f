import { NAME } from '@fallover/events';
import { z } from 'zod';
import { parseHostPort } from './host-port.ts';

/** What a person carries from a member to the new node. Whoever has it can join in that node's place, once. */
export interface JoinToken {
  cluster: string;
  /** The node that may join. */
  node: string;
  /** The node that has the authority's key, and where it is asked. */
  at: { node: string; address: string };
  /** SHA-256 of the authority's certificate, hex. */
  authority: string;
  secret: string;
}

const PREFIX = 'fallover-join-';
const LONGEST = 4096;

const name = z.string().regex(NAME);
const token = z.object({
  c: name,
  n: name,
  m: name,
  a: z.string().refine((text) => parseHostPort(text) !== undefined),
  f: z.string().regex(/^[0-9a-f]{64}$/),
  s: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** One word, so that it can be copied and needs no quotes. */
export function writeJoinToken({ cluster, node, at, authority, secret }: JoinToken): string {
  const short = { c: cluster, n: node, m: at.node, a: at.address, f: authority, s: secret };
  return `${PREFIX}${Buffer.from(JSON.stringify(short)).toString('base64url')}`;
}

/** Undefined: it is no token, or not whole. */
export function readJoinToken(text: string): JoinToken | undefined {
  const word = text.trim();
  if (!word.startsWith(PREFIX) || word.length > LONGEST) return undefined;
  try {
    const read = token.parse(JSON.parse(Buffer.from(word.slice(PREFIX.length), 'base64url').toString('utf8')));
    return { cluster: read.c, node: read.n, at: { node: read.m, address: read.a }, authority: read.f, secret: read.s };
  } catch {
    return undefined;
  }
}
