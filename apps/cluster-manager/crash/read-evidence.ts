import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOfLog } from '@fallover/hacmp-out';
import { openStore } from '@fallover/store';
import { auditTrail } from '../src/access/audit.ts';
import { stepLogFile } from '../src/executor/state-files.ts';
import { openJournal } from '../src/journal/journal.ts';
import type { Evidence, JournalledRun } from './evidence.ts';
import { parseWitness } from './witness.ts';

/** What is on disk once no daemon runs any more. */
export async function readEvidence(
  state: string,
  witnessFile: string,
): Promise<Pick<Evidence, 'witness' | 'runs' | 'store' | 'hacmpOut' | 'output' | 'audit'>> {
  const witness = parseWitness(readFileSync(witnessFile, 'latin1'));
  const opened = openJournal(join(state, 'journal.db'));
  if (!opened.ok) throw new Error(`The journal cannot be read: ${JSON.stringify(opened.error)}`);
  const journal = opened.value;
  const store = await openStore(`sqlite:${join(state, 'store.db')}`);
  if (!store.ok) throw new Error(`The store cannot be read: ${JSON.stringify(store.error)}`);
  try {
    const rows = journal.list({ limit: 1_000_000 }).reverse();
    const runs = rows.map((row): JournalledRun => ({ row, records: journal.records(row.id) }));
    const steps = runs.flatMap(({ records }) => records.flatMap((record) => (record.kind === 'started' ? [record.step] : [])));
    const current = await store.value.current();
    return {
      witness,
      runs,
      store: {
        queue: (await store.value.queue()).map(({ run }) => run),
        ...(current ? { current: current.plan.id } : {}),
      },
      hacmpOut: linesOf(join(state, 'log', 'hacmp.out')),
      output: Object.fromEntries(
        steps.flatMap((step) => {
          const file = stepLogFile(state, step);
          return existsSync(file) ? [[step, readFileSync(file, 'latin1')]] : [];
        }),
      ),
      audit: await auditTrail(journal.database, { now: () => Date.now() }).verify(),
    };
  } finally {
    journal.close();
    await store.value.close();
  }
}

const linesOf = (log: string): string[] =>
  filesOfLog(log).flatMap((file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []));
