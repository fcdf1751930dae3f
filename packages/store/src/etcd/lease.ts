import type { ServiceError } from '@grpc/grpc-js';
import type { Lease } from '../backend.ts';
import { storeError } from '../faults.ts';
import { BOUND_MS, type Members, pause, RefusedByEtcd } from './members.ts';
import { LEASE_GRANT, LEASE_KEEP_ALIVE, LEASE_REVOKE, LEASE_TIME_TO_LIVE } from './rpc.ts';

const BETWEEN_MEMBERS_MS = 50;

/** Leases in whole seconds, as etcd has them. */
export function etcdLeases(members: Members): {
  grant(ttlMs: number): Promise<Lease>;
  resume(id: string): Promise<Lease | undefined>;
} {
  const leaseOf = (id: string, ttlMs: number): Lease => ({
    id,
    ttlMs,
    keepAlive: () => keepAlive(members, id, ttlMs),
    async revoke() {
      try {
        await members.ask(LEASE_REVOKE, { id }, { repeatable: true });
      } catch (error) {
        if (!(error instanceof RefusedByEtcd)) throw error; // it has ended already
      }
    },
  });
  return {
    async grant(ttlMs) {
      // One that was granted without our hearing of it ends by itself, with nothing on it.
      const { id, ttl } = await members.ask(LEASE_GRANT, { ttl: Math.max(1, Math.ceil(ttlMs / 1000)) }, { repeatable: true });
      return leaseOf(id, Number(ttl) * 1000);
    },
    async resume(id) {
      if (!isLeaseId(id)) return undefined;
      // What is left is told in whole seconds, 0 in the last one: whether it lives, only keeping it alive tells.
      const { grantedTtl } = await members.ask(LEASE_TIME_TO_LIVE, { id }, { repeatable: true });
      if (Number(grantedTtl) === 0) return undefined;
      const lease = leaseOf(id, Number(grantedTtl) * 1000);
      return (await lease.keepAlive()) ? lease : undefined;
    },
  };
}

/** A positive number of 63 bits. */
export const isLeaseId = (text: string): boolean => /^[1-9][0-9]{0,18}$/.test(text) && BigInt(text) < 2n ** 63n;

/** Whether the lease lives. A member that does not answer within a quarter of its time is left for the next one. */
async function keepAlive(members: Members, id: string, ttlMs: number): Promise<boolean> {
  const until = performance.now() + Math.min(ttlMs, BOUND_MS);
  let reason = 'no answer';
  let reached = false;
  while (performance.now() < until) {
    const opened = await members.stream(LEASE_KEEP_ALIVE);
    if (!opened) continue;
    const { stream, leave } = opened;
    const answer = await new Promise<{ ttl: number } | { error: ServiceError } | 'silent'>((resolve) => {
      const timer = setTimeout(() => resolve('silent'), ttlMs / 4);
      stream.on('data', ({ header, ttl }) => {
        clearTimeout(timer);
        try {
          members.checkCluster(header);
          resolve({ ttl: Number(ttl) });
        } catch (error) {
          resolve({ error: error as ServiceError });
        }
      });
      stream.on('error', (error: ServiceError) => {
        clearTimeout(timer);
        resolve({ error });
      });
      stream.write({ id });
    });
    stream.cancel();
    if (answer === 'silent') {
      reached = true;
      leave();
    } else if ('ttl' in answer) return answer.ttl > 0;
    else {
      const { error } = answer;
      if ('fault' in error) throw error;
      const refused = members.refused(error);
      if (refused instanceof RefusedByEtcd) return false;
      if (refused) throw refused;
      reason = error.details || error.message;
      if (/auth token/.test(reason)) members.forgetToken();
      else leave();
      reached ||= !/^(No connection established|Name resolution failed)/.test(reason);
    }
    await pause(BETWEEN_MEMBERS_MS);
  }
  const { store } = members;
  throw storeError(reached ? { code: 'no_quorum', store } : { code: 'store_unreachable', store, reason });
}
