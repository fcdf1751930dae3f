import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RunRecord } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, JournalNotWritable, openJournal } from './journal.ts';
import { lockStateDirectory } from './lock.ts';
import type { RunFilter } from './run-queries.ts';
import type { RunRow } from './run-row.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-journal-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (path = join(directory, 'journal.db')): Journal => {
  const journal = openJournal(path);
  if (!journal.ok) throw new Error(journal.error.code);
  return journal.value;
};

const STEP = '01993c5e-0000-7000-8000-000000000001/1/nodea/event/1';
const started: RunRecord = { kind: 'started', at: 'TIME', step: STEP, clock: { bootId: 'boot', ms: 1 } };
const finished: RunRecord = { kind: 'finished', at: 'TIME', step: STEP, result: { status: 0, durationMs: 1, outputBytes: 0 } };
const startedAs = (path: string, sha256?: string): RunRecord => ({
  kind: 'command',
  at: 'TIME',
  step: STEP,
  command: { argv: [path, 'nodea'], environment: {}, ...(sha256 === undefined ? {} : { sha256 }) },
});

const row = (id: string, more: Partial<RunRow> = {}): RunRow => ({
  id,
  event: 'node_up',
  args: ['nodea'],
  eventClass: 'node',
  origin: { kind: 'person', name: 'anna' },
  drill: false,
  revision: 1,
  state: 'ended',
  acceptedAt: 'TIME',
  warnings: 0,
  ...more,
});

const idAt = (ms: number): string => `${ms.toString(16).padStart(12, '0').replace(/^.{8}/, '$&-')}-7000-8000-000000000000`;
const msOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

/** The tables as the first release made them. */
const FORMAT_1 = `
  CREATE TABLE record (number INTEGER PRIMARY KEY, run TEXT NOT NULL, kind TEXT NOT NULL, step TEXT, body TEXT NOT NULL) STRICT;
  CREATE INDEX record_of_run ON record (run, number);
  CREATE UNIQUE INDEX one_claim_one_result ON record (step, kind) WHERE kind IN ('started', 'finished');
  CREATE TABLE run (id TEXT PRIMARY KEY, event TEXT NOT NULL, outcome TEXT, open INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX open_run ON run (id) WHERE open = 1;
  CREATE INDEX run_of_event ON run (event, id);
  PRAGMA user_version = 1;
`;

describe('the journal', () => {
  it('keeps the records of a run in order, also when it is opened again', () => {
    const first = open();
    first.append([{ run: 'a', record: started }], [row('a', { state: 'running' })]);
    first.append([{ run: 'a', record: finished }], []);
    first.close();
    const again = open();
    expect(again.records('a')).toEqual([started, finished]);
    expect(again.openRuns()).toEqual(['a']);
    again.close();
  });

  it('takes one claim and one result of a step, and nothing of a commit that has a second', () => {
    const journal = open();
    journal.append([{ run: 'a', record: started }], []);
    expect(() =>
      journal.append(
        [
          { run: 'b', record: { ...started, step: `${STEP}0` } },
          { run: 'a', record: started },
        ],
        [],
      ),
    ).toThrow();
    expect(journal.records('b')).toEqual([]);
    journal.close();
  });

  it('keeps what many nodes share in the order of their store, once each, and knows what it has not published', () => {
    const journal = open();
    const theirs: RunRecord = { ...started, step: STEP.replace('nodea', 'nodeb') };
    journal.append([{ run: 'a', record: finished, place: 'unpublished' }], []);
    journal.append([{ run: 'a', record: theirs, place: { revision: 9, position: 1 } }], []);
    journal.append([{ run: 'a', record: started, place: { revision: 9, position: 0 } }], []);
    expect(journal.records('a')).toEqual([started, theirs, finished]);
    expect(journal.unpublished()).toEqual([{ run: 'a', record: finished }]);
    const told = { run: 'a', record: finished, place: { revision: 8, position: 0 } };
    journal.append([told, told], []);
    journal.append([{ run: 'a', record: finished, place: 'unpublished' }], []); // written again after a restart
    expect(journal.records('a')).toEqual([finished, started, theirs]);
    expect(journal.unpublished()).toEqual([]);
    journal.close();
  });

  it('numbers its records: of two claims the later one has the higher number', () => {
    const journal = open();
    const [first = 0] = journal.append([{ run: 'a', record: started }], []);
    const [second = 0] = journal.append([{ run: 'a', record: finished }], []);
    expect(second).toBeGreaterThan(first);
    journal.close();
  });

  it('lists runs newest first, by event and outcome, a page at a time', () => {
    const journal = open();
    const rows = [row('1', { outcome: 'failed' }), row('2', { event: 'node_down' }), row('3', { outcome: 'failed' })];
    journal.append([], rows);
    expect(journal.list({ limit: 2 }).map(({ id }) => id)).toEqual(['3', '2']);
    expect(journal.list({ limit: 2, before: '2' }).map(({ id }) => id)).toEqual(['1']);
    expect(journal.list({ limit: 9, outcome: 'failed' }).map(({ id }) => id)).toEqual(['3', '1']);
    expect(journal.list({ limit: 9, event: 'node_down' }).map(({ id }) => id)).toEqual(['2']);
    journal.close();
  });

  it('finds runs by the time at which they were accepted, and by words of the event or its arguments', () => {
    const journal = open();
    const at = (ms: number, more: Partial<RunRow> = {}) => row(idAt(ms), more);
    journal.append(
      [],
      [at(1_000, { args: ['nodeA', '100%'] }), at(2_000, { outcome: 'failed' }), at(3_000, { event: 'node_down' })],
    );
    const found = (filter: Partial<RunFilter>) => journal.list({ limit: 9, ...filter }).map(({ id }) => msOf(id));
    expect(found({ since: '1970-01-01T00:00:02Z' })).toEqual([3_000, 2_000]);
    expect(found({ until: '1970-01-01T01:00:02+01:00' })).toEqual([1_000]);
    expect(found({ text: 'DOWN' })).toEqual([3_000]);
    expect(found({ text: '00%' })).toEqual([1_000]);
    expect(found({ text: 'nodea', event: 'node_up', outcome: 'failed' })).toEqual([2_000]);
    expect(found({ text: '_' })).toEqual([3_000, 2_000, 1_000]);
    expect(found({ text: 'xyz' })).toEqual([]);
    journal.close();
  });

  it('knows how long the runs of an event took', () => {
    const journal = open();
    expect(journal.durations('node_up')).toEqual({ count: 0, timed: 0 });
    journal.append([], [row('1', { durationMs: 100 }), row('2', { durationMs: 300 }), row('3', { state: 'cancelled' })]);
    expect(journal.durations('node_up')).toEqual({ count: 3, timed: 2, medianMs: 200, longestMs: 300 });
    journal.append([], [row('4', { durationMs: 7_000 }), row('5', { event: 'node_down', durationMs: 9_000 })]);
    expect(journal.durations('node_up')).toEqual({ count: 4, timed: 3, medianMs: 300, longestMs: 7_000 });
    journal.close();
  });

  it('knows the bytes that a command had when it last ran', () => {
    const journal = open();
    const ran = (path: string, sha256?: string) => journal.append([{ run: 'a', record: startedAs(path, sha256) }], []);
    ran('/opt/ha/up', 'first');
    ran('/opt/ha/up', 'last');
    ran('/opt/ha/up'); // too large to be hashed
    expect(journal.lastSha256('/opt/ha/up')).toBe('last');
    expect(journal.lastSha256('/opt/ha/down')).toBeUndefined();
    journal.close();
  });

  it('of the release before is brought up to date, with nothing lost', () => {
    const path = join(directory, 'journal.db');
    const before = new DatabaseSync(path);
    before.exec(FORMAT_1);
    const put = before.prepare('INSERT INTO run (id, event, outcome, open, body) VALUES (?, ?, ?, ?, ?)');
    const old = row('a', { outcome: 'succeeded' });
    put.run('a', old.event, 'succeeded', 0, JSON.stringify(old));
    const write = before.prepare('INSERT INTO record (run, kind, step, body) VALUES (?, ?, ?, ?)');
    const claimed = { ...started, at: '2026-11-23T10:00:00.000Z' };
    write.run('a', 'started', STEP, JSON.stringify(claimed));
    write.run(
      'a',
      'finished',
      STEP,
      JSON.stringify({ ...finished, at: '2026-11-23T10:00:01.500Z', result: { status: 0, durationMs: 1, outputBytes: 77 } }),
    );
    for (const sha256 of ['first', 'last']) write.run('a', 'command', STEP, JSON.stringify(startedAs('/opt/ha/up', sha256)));
    before.close();
    const journal = open(path);
    expect(journal.records('a')[0]).toEqual(claimed);
    expect(journal.lastSha256('/opt/ha/up')).toBe('last');
    expect(journal.row('a')).toEqual({ ...old, durationMs: 1_500 });
    expect(journal.kept('', 9)).toMatchObject([{ id: 'a', open: false, bytes: 77 }]);
    expect(journal.list({ limit: 9, text: 'NODEA' }).map(({ id }) => id)).toEqual(['a']);
    expect(journal.durations('node_up')).toEqual({ count: 1, timed: 1, medianMs: 1_500, longestMs: 1_500 });
    journal.close();
    open(path).close();
  });

  it('is written through to the disk with each commit', () => {
    const journal = open();
    expect(journal.database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(journal.database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    journal.close();
  });

  it('is refused when it is no journal, or one of a later release', () => {
    const path = join(directory, 'other.db');
    writeFileSync(path, 'this is no database at all, but long enough to look like one');
    expect(openJournal(path)).toEqual({ ok: false, error: { code: 'journal_corrupt', path, reason: 'file is not a database' } });
    const later = open(join(directory, 'later.db'));
    later.database.exec('PRAGMA user_version = 99');
    later.close();
    const refused = openJournal(join(directory, 'later.db'));
    expect(refused).toEqual({
      ok: false,
      error: { code: 'journal_of_another_release', path: join(directory, 'later.db'), format: 99 },
    });
  });

  it('says that a full disk took nothing, and goes on when there is room', (context) => {
    const mount = join(directory, 'small');
    execFileSync('mkdir', [mount]);
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'none', mount], { encoding: 'utf8' });
    if (status !== 0) return context.skip(`a small file system cannot be mounted here: ${stderr.trim()}`);
    try {
      const journal = open(join(mount, 'journal.db'));
      writeFileSync(join(mount, 'ballast'), Buffer.alloc(300_000));
      const long: RunRecord = { ...started, step: `${STEP}1`, at: 'x'.repeat(400_000) };
      expect(() => journal.append([{ run: 'a', record: long }], [])).toThrow(JournalNotWritable);
      expect(journal.records('a')).toEqual([]);
      rmSync(join(mount, 'ballast'));
      journal.append([{ run: 'a', record: started }], []);
      expect(journal.records('a')).toEqual([started]);
      journal.close();
    } finally {
      execFileSync('umount', [mount]);
    }
  });
});

describe('the lock of a state directory', () => {
  it('is held by one daemon, until that is gone', () => {
    const path = join(directory, 'lock.db');
    const first = lockStateDirectory(path);
    expect(lockStateDirectory(path)).toBeUndefined();
    first?.release();
    const second = lockStateDirectory(path);
    expect(second).toBeDefined();
    second?.release();
  });
});
