import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, JournalNotWritable, openJournal, type RunRow } from './journal.ts';
import { lockStateDirectory } from './lock.ts';

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
