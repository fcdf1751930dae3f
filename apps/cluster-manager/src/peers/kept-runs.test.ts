import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type RunRecord } from '@fallover/events';
import { afterEach, describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';
import { PEER_CALLS } from './calls.ts';
import { copyMissedRuns, keptRuns } from './kept-runs.ts';
import type { Peers } from './peers.ts';

const AT = '2026-11-26T12:00:00.000Z';
const idOf = (number: number) => `0199aaaa-0000-7000-8000-${String(number).padStart(12, '0')}`;
const row = (id: string, state: RunRow['state'] = 'ended') =>
  ({ id, event: 'node_up', args: ['nodea'], state, acceptedAt: AT, warnings: 0 }) as unknown as RunRow;
const planned = (id: string): RunRecord =>
  ({
    kind: 'planned',
    at: AT,
    clock: { bootId: 'b', ms: 1 },
    plan: { id, event: 'node_up', args: ['nodea'], program: [] },
  }) as unknown as RunRecord;

describe('runs that a node has missed', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  const journal = (): Journal => {
    const directory = mkdtempSync(join(tmpdir(), 'fallover-kept-'));
    const opened = openJournal(join(directory, 'journal.db'));
    if (!opened.ok) throw new Error(opened.error.code);
    closing.push(() => {
      opened.value.close();
      rmSync(directory, { recursive: true, force: true });
    });
    return opened.value;
  };
  const shared = (into: Journal, id: string, revision: number, records: RunRecord[] = [planned(id)]) =>
    into.append(
      records.map((record, position) => ({ run: id, record, place: { revision, position } })),
      [row(id)],
    );
  /** A peer that answers from a journal, as over any carrier: read by the schemas of its calls. */
  const peerWith = (from: Journal, change: (name: string, value: unknown) => unknown = (_name, value) => value): Peers => {
    const kept = keptRuns(from.database);
    return {
      unansweredSince: () => undefined,
      async ask(node, { name, input }) {
        const asked = input as never as { before?: string; limit: number; run: string; from: number };
        const value = name === 'listKeptRuns' ? { runs: kept.list(asked.before, asked.limit) } : kept.get(asked.run, asked.from);
        const read = PEER_CALLS[name].reply.safeParse(JSON.parse(JSON.stringify(change(name, value))));
        return read.success ? ok(read.data as never) : err({ code: 'peer_answer_not_understood', node });
      },
    };
  };
  const copy = async (into: Journal, peers: Peers) => {
    const logged: string[] = [];
    const signal = new AbortController().signal;
    const copied = await copyMissedRuns({
      journal: into,
      peers,
      nodes: ['nodeb'],
      signal,
      log: (line) => void logged.push(line),
    });
    return { copied, logged };
  };

  it('come from a peer, record by record in the order of the cluster', async () => {
    const [from, into] = [journal(), journal()];
    for (let number = 1; number <= 1_203; number += 1) shared(from, idOf(number), number);
    shared(into, idOf(7), 7);
    expect(await copy(into, peerWith(from))).toEqual({ copied: 1_202, logged: [] });
    expect(into.row(idOf(1))).toEqual(from.row(idOf(1)));
    expect(into.records(idOf(1_203))).toEqual(from.records(idOf(1_203)));
    expect(into.unpublished()).toEqual([]);
    expect(await copy(into, peerWith(from))).toEqual({ copied: 0, logged: [] });
  });

  it('come in several answers where there is much of one', async () => {
    const [from, into] = [journal(), journal()];
    const many = Array.from(
      { length: 4_500 },
      (_, number): RunRecord => ({ kind: 'child', at: AT, run: idOf(number), event: 'event_error' }),
    );
    shared(from, idOf(1), 1, [planned(idOf(1)), ...many]);
    expect(keptRuns(from.database).get(idOf(1), 0).next).toBe(2_000);
    expect((await copy(into, peerWith(from))).copied).toBe(1);
    expect(into.records(idOf(1))).toEqual(from.records(idOf(1)));
  });

  it('do not come while they are open, where the node ran them by itself, or where this one has removed them', async () => {
    const [from, into] = [journal(), journal()];
    shared(from, idOf(1), 1);
    shared(from, idOf(2), 2);
    from.append([{ run: idOf(3), record: planned(idOf(3)) }], [row(idOf(3))]);
    from.append([{ run: idOf(4), record: planned(idOf(4)), place: { revision: 4, position: 0 } }], [row(idOf(4), 'running')]);
    shared(into, idOf(1), 1);
    into.remove([idOf(1)], AT);
    expect(await copy(into, peerWith(from))).toEqual({ copied: 1, logged: [] });
    expect([1, 2, 3, 4].map((number) => into.row(idOf(number)) !== undefined)).toEqual([false, true, false, false]);
    expect(keptRuns(from.database).get(idOf(4), 0)).toEqual({ records: [] });
  });

  it('are not taken from a peer that gives something else, and do not keep this node for ever', async () => {
    const [from, into] = [journal(), journal()];
    shared(from, idOf(1), 1);
    const changed = (change: (value: { row?: string; records: { record: string }[]; next?: number }) => unknown) =>
      copy(
        into,
        peerWith(from, (name, value) => (name === 'getKeptRun' ? change(value as never) : value)),
      );
    const hostile = [
      await changed((value) => ({ ...value, row: '{' })),
      await changed((value) => ({ ...value, row: JSON.stringify(row(idOf(2))) })),
      await changed((value) => ({ ...value, row: JSON.stringify(row(idOf(1), 'running')) })),
      await changed((value) => ({ ...value, records: [{ ...value.records[0], record: 'null' }] })),
      await changed((value) => ({ ...value, records: [{ ...value.records[0], record: JSON.stringify(planned(idOf(2))) }] })),
    ];
    for (const { copied, logged } of hostile) {
      expect(copied).toBe(0);
      expect(logged).toEqual([`Node nodeb keeps run ${idOf(1)} in a form that is not understood here, so it was not copied.`]);
    }
    expect((await changed((value) => ({ ...value, next: 0 }))).copied).toBe(0);
    expect(
      (
        await copy(
          into,
          peerWith(from, () => ({ runs: Array.from({ length: 500 }, () => idOf(9)), records: [] })),
        )
      ).copied,
    ).toBe(0);
    expect(into.row(idOf(1))).toBeUndefined();
  });
});
