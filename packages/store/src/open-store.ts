import { err, ok, type Result } from '@fallover/events';
import type { ClusterStore } from './cluster-store.ts';
import type { StoreFault } from './faults.ts';
import { memoryBackend } from './memory/memory-backend.ts';
import { openSqliteBackend } from './sqlite/sqlite-backend.ts';
import { clusterStore } from './state/cluster-store.ts';

/**
 * Opens the store behind a URL: `sqlite:PATH` is durable, `memory:` is not and each call has its own. `etcd://` is known,
 * and not there yet.
 */
export async function openStore(
  url: string,
  { now = Date.now }: { now?: () => number } = {},
): Promise<Result<ClusterStore, StoreFault>> {
  if (url === 'memory:') return ok(clusterStore(memoryBackend({ now }), { now }));
  if (url.startsWith('etcd:')) return err({ code: 'store_not_available_yet', url });
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  if (path === undefined || path.includes('\0')) return err({ code: 'store_url_not_understood', url });
  const opened = openSqliteBackend({ path, now });
  return opened.ok ? ok(clusterStore(opened.value, { now })) : opened;
}
