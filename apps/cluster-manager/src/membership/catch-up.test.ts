import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@fallover/events';
import type { PlacedRecord } from '@fallover/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Journal, openJournal } from '../journal/journal.ts';
import { endedRow } from '../journal/run-row.test-support.ts';
import { catchUp } from './catch-up.ts';

let directory: string;
let journal: Journal;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-catch-up-'));
  const opened = openJournal(join(directory, 'journal.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  journal = opened.value;
});
afterEach(() => {
  journal.close();
  rmSync(directory, { recursive: true, force: true });
});

const warned = (seconds: number): RunRecord => ({ kind: 'warned', at: 'T', scope: 's', seconds, clock: { bootId: 'b', ms: 0 } });

/** A store with these runs, each with two records, of which the second came as this node went away; newest first. */
function storeWith(runs: readonly string[]) {
  const read: string[] = [];
  return {
    read,
    endedRuns: async () => runs.map((run) => ({ run, summary: JSON.stringify(endedRow(run)) })),
    runRecords: async (run: string) => {
      read.push(run);
      const records: PlacedRecord[] = [60, 90].map((seconds, position) => ({ record: warned(seconds), revision: 7, position }));
      return { records, control: 0 };
    },
  };
}

it('brings a run that this node has not seen, and what was recorded of one as it went away, but looks at the last ones only', async () => {
  const runs = Array.from({ length: 30 }, (_, index) => `run${String(30 - index).padStart(2, '0')}`);
  const [unseen = '', ...seen] = runs;
  for (const run of seen) journal.append([{ run, record: warned(60), place: { revision: 7, position: 0 } }], [endedRow(run)]);
  const store = storeWith(runs);
  await catchUp(journal, store);
  const counts = runs.map((run) => journal.records(run).length);
  expect(counts.slice(0, 17)).toEqual(Array.from({ length: 17 }, () => 2));
  expect(new Set(counts.slice(17))).toEqual(new Set([1]));
  expect(store.read).toContain(unseen);
});
