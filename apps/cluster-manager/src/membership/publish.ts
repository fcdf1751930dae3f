import { type RunRecord, recordKey } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { Journal, JournalEntry } from '../journal/journal.ts';

/** Behind every place in the shared store: of a record whose run is not kept there any longer. */
const NO_PLACE = { revision: 2 ** 52, position: 0 };

/**
 * What this node has recorded of shared runs and the shared store lacks: how steps ended while it could not be reached. It is
 * written as it is, also where the run goes on without this node: then it is shown, and decides nothing.
 */
export async function publishUnpublished(
  journal: Pick<Journal, 'unpublished' | 'append'>,
  store: Pick<ClusterStore, 'runRecords' | 'appendRuns'>,
): Promise<void> {
  const byRun = Map.groupBy(journal.unpublished(), ({ run }) => run);
  for (const [run, entries] of byRun) {
    const records = entries.map(({ record }) => record);
    const found = await publish(store, run, records);
    const placed = entries.map(
      ({ record }): JournalEntry => ({
        run,
        record,
        place: found.find((other) => recordKey(other.record) === recordKey(record)) ?? NO_PLACE,
      }),
    );
    journal.append(placed, []);
  }
}

async function publish(store: Pick<ClusterStore, 'runRecords' | 'appendRuns'>, run: string, records: readonly RunRecord[]) {
  for (;;) {
    const found = (await store.runRecords(run))?.records;
    if (found === undefined) return [];
    const known = new Set(found.map(({ record }) => recordKey(record)));
    const missing = records.filter((record) => !known.has(recordKey(record)));
    if (missing.length === 0) return found;
    await store.appendRuns([{ run, records: missing }], {});
  }
}
