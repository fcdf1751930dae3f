import { type EtcdMember, err, ok, parseEtcdUrl, type Result } from '@fallover/events';
import type { ClusterStore } from './cluster-store.ts';
import { readAccess, type StoreAccess } from './etcd/access.ts';
import type { StoreIdentity } from './etcd/etcd-backend.ts';
import type { StoreFault } from './faults.ts';
import { memoryBackend } from './memory/memory-backend.ts';
import { openSqliteBackend } from './sqlite/sqlite-backend.ts';
import { clusterStore } from './state/cluster-store.ts';

export interface OpenSettings {
  now?: () => number;
  /** For etcd: how this node shows who it is, and below which prefix its cluster's keys are. */
  access?: StoreAccess;
  /** For etcd: the name of the cluster whose store it is, so that another one with the same prefix is refused. */
  owner?: string;
  /** For etcd: which store an earlier start has found there. */
  known?: StoreIdentity;
}

/**
 * Of a store that is not on this machine: `identity`, so that the next start can tell whether it is the same one, and where its
 * members run.
 */
export type OpenedStore = ClusterStore & { identity?(): StoreIdentity; etcdMembers?(): Promise<EtcdMember[]> };

/**
 * Opens the store behind a URL: `sqlite:PATH` is durable, `memory:` is not and each call has its own; `etcd://HOST:PORT,…` and
 * with TLS `etcds://…` is shared by the nodes of a cluster.
 */
export async function openStore(
  url: string,
  { now = Date.now, access = {}, known, owner }: OpenSettings = {},
): Promise<Result<OpenedStore, StoreFault>> {
  if (url === 'memory:') return ok(clusterStore(memoryBackend({ now }), { now }));
  const etcd = parseEtcdUrl(url);
  if (etcd) {
    const read = readAccess(etcd, access);
    if (!read.ok) return read;
    // Only here: who keeps the state on one machine does not load a client of etcd.
    const { openEtcdBackend } = await import('./etcd/etcd-backend.ts');
    const opened = await openEtcdBackend({
      ...read.value,
      ...(known ? { known } : {}),
      ...(owner === undefined ? {} : { owner }),
    });
    if (!opened.ok) return opened;
    const { identity, etcdMembers } = opened.value;
    return ok({ ...clusterStore(opened.value, { now }), identity, etcdMembers });
  }
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  if (path === undefined || path.includes('\0')) return err({ code: 'store_url_not_understood', url });
  const opened = openSqliteBackend({ path, now });
  return opened.ok ? ok(clusterStore(opened.value, { now })) : opened;
}
