import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../journal/journal.ts';
import { endedRow } from '../journal/run-row.test-support.ts';
import { runListUseCases } from './lists.ts';

let directory: string;
let journal: Journal;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-lists-'));
  const opened = openJournal(join(directory, 'journal.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  journal = opened.value;
});
afterEach(() => {
  journal.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('the list of runs', () => {
  it('has what has run also without the store', async () => {
    const fault = { code: 'no_quorum', store: 'etcd://nodea:2379' };
    const queue = async () => {
      throw Object.assign(new Error('no quorum'), { fault });
    };
    journal.append([], [endedRow('0199aaaa-0000-7000-8000-000000000001')]);
    const { listRuns } = runListUseCases({ node: 'nodea', store: { queue }, journal, active: async () => ({}) as never });
    const listed = await listRuns({ query: { limit: 50 } } as never, {} as never);
    expect(listed).toMatchObject({
      ok: true,
      value: { runs: [{ event: 'node_up' }], more: false },
    });
    const earlier = await listRuns({ query: { limit: 50, outcome: 'succeeded' } } as never, {} as never);
    expect(earlier).toMatchObject({ value: { runs: [{ event: 'node_up' }] } });
  });
});
