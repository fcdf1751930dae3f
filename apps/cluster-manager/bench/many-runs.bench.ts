/**
 * Lists over 100,000 runs, each beside a bare `SELECT count(*)` over the same table in the same run.
 *
 *     node apps/cluster-manager/bench/many-runs.bench.ts
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../src/journal/journal.ts';
import type { RunRow } from '../src/journal/run-row.ts';
import { runIds } from '../src/runs/clock.ts';

const RUNS = 100_000;
const ROUNDS = 100;
const EVENTS = ['network_down', 'network_up', 'node_up', 'node_down', 'swap_adapter'];
const BEGAN = Date.UTC(2026, 9, 24);
const SPACING_MS = 25_000;

const directory = mkdtempSync(join(tmpdir(), 'fallover-many-runs-'));
const opened = openJournal(join(directory, 'journal.db'));
if (!opened.ok) throw new Error(opened.error.code);
const journal = opened.value;
try {
  fill();
  const middle = new Date(BEGAN + (RUNS / 2) * SPACING_MS).toISOString();
  const [oldest] = journal.list({ limit: 1, until: new Date(BEGAN + 60_000).toISOString() });
  const count = journal.database.prepare('SELECT count(*) FROM run');
  const baseline = measure(() => count.get());
  console.log(`${RUNS} runs; bare SELECT count(*): p50 ${baseline.p50.toFixed(2)} ms, p95 ${baseline.p95.toFixed(2)} ms`);
  const lists: Record<string, () => unknown> = {
    'newest 50': () => journal.list({ limit: 50 }),
    'the last page': () => journal.list({ limit: 50, before: oldest?.id }),
    'by event': () => journal.list({ limit: 50, event: 'node_down' }),
    'by outcome, a rare one': () => journal.list({ limit: 50, outcome: 'interrupted' }),
    'by event and a rare outcome': () => journal.list({ limit: 50, event: 'node_down', outcome: 'interrupted' }),
    'one hour in the middle': () =>
      journal.list({ limit: 50, since: middle, until: new Date(Date.parse(middle) + 3_600_000).toISOString() }),
    'by words that are in one run': () => journal.list({ limit: 50, text: 'net77777' }),
    'by words that are in none': () => journal.list({ limit: 50, text: 'nowhere' }),
    'by event and words that are in none': () => journal.list({ limit: 50, event: 'node_down', text: 'nowhere' }),
    'durations of an event (20,000 runs)': () => journal.durations('node_down'),
  };
  for (const [name, list] of Object.entries(lists)) {
    const { p50, p95 } = measure(list);
    const ratio = (p95 / baseline.p95).toFixed(2);
    console.log(`${name}: p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms (${ratio} of the count)`);
  }
} finally {
  journal.close();
  rmSync(directory, { recursive: true, force: true });
}

function fill(): void {
  let now = BEGAN;
  const newId = runIds({ wall: () => now });
  for (let number = 0; number < RUNS; now += SPACING_MS) {
    const rows: RunRow[] = [];
    for (; rows.length < 1_000 && number < RUNS; number += 1, now += SPACING_MS) rows.push(rowOf(newId(), number, now));
    journal.append([], rows);
  }
}

function rowOf(id: string, number: number, at: number): RunRow {
  const time = new Date(at).toISOString();
  return {
    id,
    event: EVENTS[number % EVENTS.length] as string,
    args: ['nodea', `net${number}`],
    eventClass: 'network',
    origin: { kind: 'person', name: 'anna' },
    drill: false,
    revision: 1,
    state: 'ended',
    outcome: number % 20_000 === 3 ? 'interrupted' : number % 10 === 0 ? 'failed' : 'succeeded',
    status: 0,
    acceptedAt: time,
    startedAt: time,
    endedAt: new Date(at + (number % 4_000)).toISOString(),
    durationMs: number % 4_000,
    warnings: 0,
  };
}

function measure(work: () => unknown): { p50: number; p95: number } {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(ROUNDS / 2)] as number, p95: times[Math.ceil(ROUNDS * 0.95) - 1] as number };
}
