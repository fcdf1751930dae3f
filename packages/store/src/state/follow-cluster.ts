import type { Change, StoreBackend, Versioned } from '../backend.ts';
import type { ClusterChange, ClusterChanges } from '../coordination.ts';
import { storeFaultOf } from '../faults.ts';
import { keyOf } from '../follow.ts';
import { HISTORY, keys, MEMBER, NODE, nameIn, OPEN, partOfRun, QUEUE } from './keys.ts';
import { coordinatorOf, memberOf, nodeDocument } from './nodes.ts';
import { endedRun, placedRecord } from './runs.ts';

/**
 * Reads everything, then watches from the revision that was before. Each prefix is read as of one moment, so of each run a
 * beginning is known, never a part with gaps; what the watch tells of what has been read already is left out.
 */
export async function* followCluster(backend: StoreBackend, signal: AbortSignal): AsyncGenerator<ClusterChanges> {
  while (!signal.aborted) {
    const after = await backend.revision();
    const items = await everything(backend);
    const read = new Map(items.map(({ key, revision }) => [key, revision]));
    const isRead = (change: Change): boolean =>
      (read.get(keyOf(change)) ?? 0) >= (change.type === 'put' ? change.item.revision : change.revision);
    yield { whole: true, revision: after, changes: items.flatMap((item) => meaningOf({ type: 'put', item })) };
    try {
      for await (const group of backend.watch('', after, signal)) {
        const [first] = group;
        if (!first) continue;
        const revision = first.type === 'put' ? first.item.revision : first.revision;
        yield { whole: false, revision, changes: group.filter((change) => !isRead(change)).flatMap(meaningOf) };
      }
      return; // the signal, or the store is closed
    } catch (error) {
      if (storeFaultOf(error)?.code !== 'watch_too_old') throw error;
    }
  }
}

async function everything(backend: StoreBackend): Promise<Versioned[]> {
  const coordinator = await backend.get(keys.coordinator);
  const listed = [await backend.list(MEMBER), await backend.list(NODE), await backend.list(OPEN)];
  const open = listed[2] ?? [];
  // In the order of the revisions, as the watch would have told.
  const runs = (await Promise.all(open.map(({ key }) => backend.list(keys.ofRun(nameIn(key, OPEN)))))).flat();
  return [...(coordinator ? [coordinator] : []), ...listed.flat(), ...runs.sort(inOrder)];
}

function inOrder(a: Versioned, b: Versioned): number {
  const position = (item: Versioned): number => placedRecord(item)?.position ?? -1;
  return a.revision - b.revision || position(a) - position(b);
}

function meaningOf(change: Change): ClusterChange[] {
  const key = keyOf(change);
  const item = change.type === 'put' ? change.item : undefined;
  if (key.startsWith(MEMBER)) return [{ kind: 'member', node: nameIn(key, MEMBER), ...(item ? { member: memberOf(item) } : {}) }];
  if (key === keys.coordinator) return [{ kind: 'coordinator', ...(item ? { coordinator: coordinatorOf(item) } : {}) }];
  if (key.startsWith(NODE)) return [{ kind: 'node', node: nameIn(key, NODE), ...(item ? { document: nodeDocument(item) } : {}) }];
  if (key.startsWith(OPEN)) return [{ kind: 'open', run: nameIn(key, OPEN), open: item !== undefined }];
  if (key.startsWith(QUEUE)) return [{ kind: 'queue' }];
  if (key === keys.current) return [{ kind: 'current' }];
  if (key === keys.active) return [{ kind: 'active' }];
  if (item === undefined) return [];
  if (key.startsWith(HISTORY)) return [{ kind: 'ended', ...endedRun(item) }];
  const ofRun = partOfRun(key);
  if (ofRun?.part === 'control') return [{ kind: 'control', run: ofRun.run, revision: item.revision }];
  const record = placedRecord(item);
  return ofRun && record ? [{ kind: 'record', run: ofRun.run, record }] : [];
}
