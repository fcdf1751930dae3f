import { type ServiceError, status } from '@grpc/grpc-js';

/**
 * What an error says about the request. `not_done`: it had no effect, so another member may be asked. `unknown`: it may have
 * had its effect, or still have it. The others come from a member that looked at the request and refused it.
 */
export type Verdict =
  | { kind: 'not_done'; reason: string; reached: boolean }
  | { kind: 'not_trusted'; reason: string }
  | { kind: 'unknown'; reason: string }
  | { kind: 'token_ended' }
  | {
      kind: 'refused';
      by:
        | 'lease_not_found'
        | 'compacted'
        | 'password_wrong'
        | 'password_missing'
        | 'no_authentication'
        | 'permission_denied'
        | 'out_of_space'
        | 'too_large'
        | 'other';
      reason: string;
    };

/** etcd's own words, which it keeps stable for its clients. */
const REFUSALS = [
  ['requested lease not found', 'lease_not_found'],
  ['required revision has been compacted', 'compacted'],
  ['authentication failed, invalid user ID or password', 'password_wrong'],
  ['user name is empty', 'password_missing'],
  ['user name not found', 'password_missing'],
  ['authentication is not enabled', 'no_authentication'],
  ['permission denied', 'permission_denied'],
  ['database space exceeded', 'out_of_space'],
  ['request is too large', 'too_large'],
  ['too many operations in txn request', 'too_large'],
  ['message larger than max', 'too_large'],
] as const;

/** With these a member says that it has not even proposed the request to the others. */
const NOT_DONE = ['etcdserver: no leader', 'raft proposal dropped', 'too many requests', 'rpc not supported for learner'];

/** The token is refused before the request is looked at. */
const TOKEN = ['invalid auth token', 'revision of auth store is old', 'auth: revision in header is old'];

const NOT_TRUSTED = /certificate|altname|self[- ]signed|\bSSL|\bTLS|alert|EPROTO|wrong version number/i;

/** The connection was closed where the other side's certificate was waited for: by a member that ends, or a proxy without one. */
const CUT = 'disconnected before secure TLS connection was established';

export function verdictOf(error: ServiceError): Verdict {
  const reason = error.details || error.message;
  const has = (text: string) => reason.includes(text);
  const refusal = REFUSALS.find(([text]) => has(text));
  if (refusal) return { kind: 'refused', by: refusal[1], reason };
  if (TOKEN.some(has)) return { kind: 'token_ended' };
  if (NOT_DONE.some(has)) return { kind: 'not_done', reason, reached: true };
  if (error.code === status.UNAVAILABLE && isBeforeSending(reason)) {
    const cause = causeOf(reason);
    return NOT_TRUSTED.test(cause) && !cause.includes(CUT)
      ? { kind: 'not_trusted', reason: cause }
      : { kind: 'not_done', reason: cause, reached: false };
  }
  switch (error.code) {
    case status.UNAVAILABLE:
    case status.DEADLINE_EXCEEDED:
    case status.CANCELLED:
    case status.UNKNOWN:
    case status.INTERNAL:
    case status.ABORTED:
      return { kind: 'unknown', reason };
    default:
      return { kind: 'refused', by: 'other', reason };
  }
}

/** grpc-js says so where a call never got a connection. */
const isBeforeSending = (reason: string): boolean => /^(No connection established|Name resolution failed)/.test(reason);

const causeOf = (reason: string): string =>
  reason
    .replace(/^No connection established\. Last error: /, '')
    .replace(/\. Resolution note:.*$/s, '')
    .replace(/^Error: /, '')
    .replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)/, '') // when, which whoever reads it knows
    .split('\n')[0] as string;
