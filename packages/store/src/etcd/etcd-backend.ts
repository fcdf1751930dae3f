import { randomUUID } from 'node:crypto';
import { type EtcdMember, err, ok, type Result } from '@fallover/events';
import type { StoreBackend, Transaction, Versioned } from '../backend.ts';
import { type StoreFault, storeError, storeFaultOf } from '../faults.ts';
import { assertKeysOnce } from '../transaction.ts';
import { etcdLeases, isLeaseId } from './lease.ts';
import { etcdMembers, type Manner, type Members, type MembersSettings, RefusedByEtcd } from './members.ts';
import { type Compare, type Header, LEASE_TIME_TO_LIVE, MEMBER_LIST, type Method, RANGE, type RangeRequest, TXN } from './rpc.ts';
import { changedIn, endOf, type KeySpace, keySpace, txnOf, versionedOf } from './transaction.ts';
import { votersOf } from './voters.ts';
import { watchChanges } from './watch.ts';

export interface EtcdSettings extends Omit<MembersSettings, 'prefix'> {
  /** Of every key; ends in a slash. */
  prefix: string;
  /** What an earlier start has seen: another store, or an older copy of this one, is refused. */
  known?: StoreIdentity;
  /** The name of the cluster that asks: a store that another one has made is refused. */
  owner?: string;
}

/** Which store it is, and how far it has come. */
export interface StoreIdentity {
  /** The id of the etcd cluster, as etcdctl prints it. */
  cluster: string;
  /** What this store was named when it was made: a new one at the same addresses may have the same cluster id. */
  store: string;
  revision: number;
}

export interface EtcdBackend extends StoreBackend {
  /** As of the last answer. */
  identity(): StoreIdentity;
  /** As etcd says now. */
  etcdMembers(): Promise<EtcdMember[]>;
}

/** Of the keys and the values' encoding. A newer one is refused. */
const FORMAT = 1;
const PAGE = 200;
const READ: Manner = { repeatable: true };
const WRITE: Manner = { repeatable: false };

/** The store of many machines. Every member is asked in turn until one answers; a write is never put twice. */
export async function openEtcdBackend(settings: EtcdSettings): Promise<Result<EtcdBackend, StoreFault>> {
  const members = etcdMembers(settings);
  try {
    return ok(await etcdBackend(members, settings));
  } catch (error) {
    members.close();
    const fault = storeFaultOf(error);
    if (fault === undefined) throw error;
    return err(fault);
  }
}

async function etcdBackend(members: Members, { prefix, known, owner }: EtcdSettings): Promise<EtcdBackend> {
  const { store } = members;
  let seen = known?.revision ?? 0;
  let revisionAsked: Promise<unknown> = Promise.resolve();
  const closed = new AbortController();

  /** An answer that a quorum gave: none is older than what was seen before it was asked for. */
  async function ask<Question, Answer extends { header: Header }>(
    method: Method<Question, Answer>,
    question: Question,
    manner: Manner,
  ): Promise<{ answer: Answer; revision: number }> {
    const floor = seen;
    const answer = await members.ask(method, question, manner);
    const revision = Number(answer.header.revision);
    if (revision < floor) throw storeError({ code: 'store_went_back', store, found: revision, known: floor });
    seen = Math.max(seen, revision);
    return { answer, revision };
  }

  const own = await prepareStore(ask, members, { prefix, known, owner });
  const keys = keySpace(`${prefix}data/`);
  const leases = etcdLeases(members);

  const range = (request: RangeRequest) => ask(RANGE, request, READ);

  /** Which keys are put with a lease that has ended. */
  const withoutLease = async ({ put = [] }: Transaction): Promise<string[]> => {
    const ids = new Set(put.flatMap(({ lease }) => (lease === undefined ? [] : [lease])));
    const ended = new Set<string>();
    for (const id of ids) {
      const { grantedTtl } = isLeaseId(id) ? await members.ask(LEASE_TIME_TO_LIVE, { id }, READ) : { grantedTtl: '0' };
      if (Number(grantedTtl) === 0) ended.add(id);
    }
    return put.filter(({ lease }) => lease !== undefined && ended.has(lease)).map(({ key }) => key);
  };

  return {
    async get(key) {
      const { answer } = await range({ key: keys.keyOf(key) });
      const [found] = answer.kvs;
      return found && versionedOf(keys, found);
    },
    async list(prefixOfKeys, options = {}) {
      for (;;) {
        try {
          return await listAt(range, keys, prefixOfKeys, options);
        } catch (error) {
          // Between two pages the revision of the first one was compacted.
          if (!(error instanceof RefusedByEtcd)) throw error;
        }
      }
    },
    async count(prefixOfKeys) {
      const key = keys.keyOf(prefixOfKeys);
      const { answer } = await range({ key, rangeEnd: endOf(key), countOnly: true });
      return Number(answer.count);
    },
    async commit(transaction) {
      assertKeysOnce(transaction);
      const foreign = (transaction.put ?? []).some(({ lease }) => lease !== undefined && !isLeaseId(lease));
      if (foreign) return { committed: false, changed: await withoutLease(transaction) };
      for (;;) {
        await revisionAsked;
        try {
          const { answer, revision } = await ask(TXN, txnOf(keys, transaction, own), WRITE);
          if (answer.succeeded) return { committed: true, revision };
          const changed = changedIn(keys, transaction.compare ?? [], answer);
          if (changed.length > 0) return { committed: false, changed };
          // Every comparison held but the one for the store itself.
          throw storeError({ code: 'store_of_another_cluster', store, found: 'emptied or replaced', known: nameOf(own) });
        } catch (error) {
          if (!(error instanceof RefusedByEtcd)) throw error;
          const changed = await withoutLease(transaction);
          if (changed.length > 0) return { committed: false, changed };
        }
      }
    },
    async revision() {
      const asked = range({ key: keys.keyOf(''), limit: 1 });
      // What is written after this call is after it, although it is not awaited before.
      revisionAsked = Promise.allSettled([revisionAsked, asked]).then(() => {});
      return (await asked).revision;
    },
    watch: (prefixOfKeys, after, signal) =>
      watchChanges(members, keys, prefixOfKeys, after, AbortSignal.any([signal, closed.signal])),
    grant: leases.grant,
    resume: leases.resume,
    identity: () => ({ cluster: members.cluster() ?? '', store: nameOf(own), revision: seen }),
    async etcdMembers() {
      const told = (await members.ask(MEMBER_LIST, {}, READ)).members;
      return votersOf(await Promise.all(told.map(async (one) => ({ ...one, answers: await members.answers(one.clientUrls) }))));
    },
    async close() {
      closed.abort();
      members.close();
    },
  };
}

type Ask = <Question, Answer extends { header: Header }>(
  method: Method<Question, Answer>,
  question: Question,
  manner: Manner,
) => Promise<{ answer: Answer; revision: number }>;

const nameOf = ({ value }: { value?: Buffer }): string => (JSON.parse(String(value)) as { id: string }).id;

/**
 * Finds which store it is, or makes it one. The comparison that is answered stands in every transaction: what was emptied or
 * replaced behind our back is not written.
 */
async function prepareStore(
  ask: Ask,
  members: Members,
  { prefix, known, owner }: { prefix: string; known: StoreIdentity | undefined; owner: string | undefined },
): Promise<Compare> {
  const { store } = members;
  const key = Buffer.from(`${prefix}store`);
  const another = (found: string, was: string) => storeError({ code: 'store_of_another_cluster', store, found, known: was });
  for (;;) {
    const { answer } = await ask(RANGE, { key }, READ).catch((error: unknown) => {
      // Of two reasons the plainer one: an older copy of another cluster is another cluster.
      const cluster = members.cluster();
      if (known && cluster !== undefined && cluster !== known.cluster)
        throw another(`cluster ${cluster}`, `cluster ${known.cluster}`);
      throw error;
    });
    const cluster = members.cluster() ?? '';
    if (known && cluster !== known.cluster) throw another(`cluster ${cluster}`, `cluster ${known.cluster}`);
    const [found] = answer.kvs;
    if (found) {
      const { format, id, owner: named } = described(found.value);
      if (format === undefined || id === undefined)
        throw storeError({ code: 'store_corrupt', path: `etcd ${key}`, reason: 'it does not say what it is' });
      if (format > FORMAT)
        throw storeError({ code: 'store_of_a_newer_version', path: `etcd ${prefix}`, format, understood: FORMAT });
      if (known && id !== known.store) throw another(id, known.store);
      if (owner !== undefined && named !== undefined && named !== owner)
        throw storeError({ code: 'store_has_another_owner', store, prefix, owner: named, asked: owner });
      return { result: 'EQUAL', target: 'VALUE', key, value: found.value };
    }
    if (known) throw another('empty', known.store);
    const value = Buffer.from(JSON.stringify({ format: FORMAT, id: randomUUID(), ...(owner === undefined ? {} : { owner }) }));
    const absent: Compare = { result: 'EQUAL', target: 'MOD', key, modRevision: 0 };
    // Whoever is first names it, and it does no harm twice; the next reading tells.
    await ask(TXN, { compare: [absent], success: [{ put: { key, value } }], failure: [] }, READ);
  }
}

interface StoreDescription {
  format?: number;
  id?: string;
  /** Missing where an earlier release has made it. */
  owner?: string;
}

function described(value: Buffer): StoreDescription {
  try {
    return JSON.parse(String(value)) as StoreDescription;
  } catch {
    return {};
  }
}

/** All of one revision, however many pages it takes. */
async function listAt(
  range: (
    request: RangeRequest,
  ) => Promise<{ answer: { kvs: Parameters<typeof versionedOf>[1][]; more: boolean }; revision: number }>,
  keys: KeySpace,
  prefix: string,
  { limit = Number.POSITIVE_INFINITY, reverse = false, before }: { limit?: number; reverse?: boolean; before?: string },
): Promise<Versioned[]> {
  const found: Versioned[] = [];
  let key = keys.keyOf(prefix);
  let rangeEnd = endOf(key);
  const upTo = before === undefined ? undefined : keys.keyOf(before);
  if (upTo && Buffer.compare(upTo, rangeEnd) < 0) rangeEnd = upTo;
  let at: number | undefined;
  while (found.length < limit && Buffer.compare(key, rangeEnd) < 0) {
    const { answer, revision } = await range({
      key,
      rangeEnd,
      limit: Math.min(PAGE, limit - found.length),
      ...(at === undefined ? {} : { revision: at }),
      ...(reverse ? { sortOrder: 'DESCEND' } : {}),
    });
    at ??= revision;
    found.push(...answer.kvs.map((item) => versionedOf(keys, item)));
    const last = answer.kvs.at(-1);
    if (!last || !answer.more) break;
    if (reverse) rangeEnd = last.key;
    else key = Buffer.concat([last.key, Buffer.of(0)]);
  }
  return found;
}
