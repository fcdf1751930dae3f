import type { ClusterStore } from '@fallover/store';
import type { Journal } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';

/** As many as the shared store keeps. */
const MOST = 200;
/** Of so many that this node saw end the last something may have been recorded that it was not told any more. */
const LATELY = 16;

/**
 * The runs that ended while this node was away, as far back as the shared store keeps them, come into its journal; so does what
 * was recorded of a run as this node went away, and what a node that was lost has published of it since.
 */
export async function catchUp(
  journal: Pick<Journal, 'row' | 'records' | 'append'>,
  store: Pick<ClusterStore, 'endedRuns' | 'runRecords'>,
): Promise<void> {
  const ended = await store.endedRuns({ limit: MOST });
  const lately = new Set(
    ended
      .filter(({ run }) => journal.row(run))
      .slice(0, LATELY)
      .map(({ run }) => run),
  );
  for (const { run, summary } of ended.reverse()) {
    if (journal.row(run) && !lately.has(run) && !journal.records(run).some(({ kind }) => kind === 'lost')) continue;
    const records = (await store.runRecords(run))?.records ?? [];
    journal.append(
      records.map(({ record, revision, position }) => ({ run, record, place: { revision, position } })),
      [JSON.parse(summary) as RunRow],
    );
  }
}
