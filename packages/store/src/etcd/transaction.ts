import type { Comparison, Transaction, Versioned } from '../backend.ts';
import { holds } from '../transaction.ts';
import type { Compare, KeyValue, RequestOp, TxnRequest, TxnResponse } from './rpc.ts';

/** etcd's --max-txn-ops, unless it was started with another. */
const MOST = 128;

/** How keys stand in etcd: below a prefix, in UTF-8. */
export interface KeySpace {
  prefix: string;
  keyOf(key: string): Buffer;
}

export const keySpace = (prefix: string): KeySpace => ({ prefix, keyOf: (key) => Buffer.from(prefix + key) });

export function versionedOf({ prefix }: KeySpace, { key, value, createRevision, modRevision }: KeyValue): Versioned {
  return {
    key: key.toString().slice(prefix.length),
    value: value.toString(),
    revision: Number(modRevision),
    created: Number(createRevision),
  };
}

/**
 * A transaction in etcd's words. Where a comparison does not hold, the keys of all are read at the same moment. `guard` is
 * compared too: it stands for the store itself.
 */
export function txnOf(
  keys: KeySpace,
  { compare = [], put = [], delete: deleted = [] }: Transaction,
  guard?: Compare,
): TxnRequest {
  const writes: RequestOp[] = [
    ...put.map(({ key, value, lease }) => ({
      put: { key: keys.keyOf(key), value: Buffer.from(value), ...(lease === undefined ? {} : { lease }) },
    })),
    ...deleted.map((key) => ({ delete: { key: keys.keyOf(key) } })),
  ];
  const compares = [...(guard ? [guard] : []), ...compare.map((comparison) => compareOf(keys, comparison))];
  return {
    compare: compares,
    success: inParts(writes, compares.length),
    failure: compare.map(({ key }) => ({ range: { key: keys.keyOf(key) } })),
  };
}

function compareOf(keys: KeySpace, comparison: Comparison): Compare {
  const key = keys.keyOf(comparison.key);
  if ('revision' in comparison) return { result: 'EQUAL', target: 'MOD', key, modRevision: comparison.revision };
  // A key that is not there was created at 0 for etcd, but at no revision for us: this never holds.
  if (comparison.created === 0) return { result: 'LESS', target: 'VERSION', key, version: 0 };
  return { result: 'EQUAL', target: 'CREATE', key, createRevision: comparison.created };
}

/**
 * etcd bounds the operations of a transaction, but those of transactions in it by what the outer one leaves: so more are put
 * into parts, which are still done together, in order and at one revision.
 */
export function inParts(writes: RequestOp[], compares: number): RequestOp[] {
  if (writes.length <= MOST) return writes;
  const outer = Math.max(compares, MOST / 2);
  const size = MOST - outer;
  const parts: RequestOp[] = [];
  for (let from = 0; from < writes.length; from += size)
    parts.push({ txn: { compare: [], success: writes.slice(from, from + size), failure: [] } });
  return parts;
}

/** The comparisons that did not hold, by what was read in their place. */
export function changedIn(keys: KeySpace, compare: readonly Comparison[], { responses }: TxnResponse): string[] {
  return compare
    .filter((comparison, index) => {
      const found = responses[index]?.range?.kvs[0];
      return !holds(comparison, found && versionedOf(keys, found));
    })
    .map(({ key }) => key);
}

/** The first key, bytewise, behind all that begin with the prefix, which is not empty and ASCII at its beginning. */
export function endOf(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  for (let last = end.length - 1; last >= 0; last -= 1) {
    const byte = end[last] as number;
    if (byte === 0xff) continue;
    end[last] = byte + 1;
    return end.subarray(0, last + 1);
  }
  return end;
}
