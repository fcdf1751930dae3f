import type { ClusterStore } from '@fallover/store';
import type { Journal } from '../journal/journal.ts';

/** The numbers of the revisions that runs go by which have not ended: in progress, or awaiting a decision. */
export async function openRevisions(
  journal: Pick<Journal, 'openRuns' | 'row'>,
  store: Pick<ClusterStore, 'current'>,
): Promise<number[]> {
  // The store names a run before the journal does.
  const current = (await store.current())?.plan.revision.number;
  const open = journal.openRuns().flatMap((run) => journal.row(run)?.revision ?? []);
  return [...new Set([...open, ...(current === undefined ? [] : [current])])];
}
