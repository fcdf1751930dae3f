import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listEventSummaries } from '@fallover/contract';
import { completedMarker, failedMarker, localClock, startMarker, summaryBlock } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSummaries, type SummariesDaemon } from './summaries.ts';

const TODAY = Date.UTC(2026, 10, 23, 14, 22, 10);
let directory = '';
let log = '';
let asked: [string, Record<string, string>][] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'summaries-'));
  log = join(directory, 'hacmp.out');
  asked = [];
  const time = localClock('UTC')(Date.UTC(2023, 0, 28, 19, 6, 47));
  const later = localClock('UTC')(TODAY);
  writeFileSync(
    log,
    `${[
      startMarker(time, 'node_up', ['nodeb']),
      failedMarker(time, 'node_up', ['nodeb'], 1),
      ...summaryBlock({ event: 'node_up', args: ['nodeb'], startedAt: time, endedAt: time, actions: [] }),
      startMarker(later, 'node_down', ['nodea']),
      completedMarker(later, 'node_down', ['nodea'], 0),
    ].join('\n')}\n`,
  );
});
afterEach(() => rm(directory, { recursive: true }));

const daemon: SummariesDaemon = {
  fetchText: async (path, query) => {
    asked.push([path, query]);
    return { ok: true, text: 'Event summaries of node nodea\n' };
  },
};

async function summaries(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const status = await runSummaries(args, io, daemon, { now: () => TODAY, timeZone: 'UTC' });
  return { status, out: out.join(''), err: err.join('') };
}
const events = (out: string) =>
  [...out.matchAll(/^(?:Event:|.* EVENT START:|.* EVENT COMPLETED: (?=network)) ?(.*)$/gm)].map(([, event]) => event);

describe('fallover summaries --file', () => {
  it('compiles logs from elsewhere, however old, without a daemon', async () => {
    const { status, out, err } = await summaries('--file', log);
    expect([status, err, asked]).toEqual([0, '', []]);
    expect(out).toBe(`Event summaries of ${log}

HACMP Event Summary
Event: node_up nodeb
Start time: Sat Jan 28 19:06:47 2023

End time: Sat Jan 28 19:06:47 2023

Action:                         Resource:                       Script Name:
----------------------------------------------------------------------------
No resources changed as a result of this event
----------------------------------------------------------------------------
Outcome: failed, status 1. ${log} from byte 102.

Nov 23 2026 14:22:10 EVENT START: node_down nodea
Nov 23 2026 14:22:10 EVENT COMPLETED: node_down nodea 0
Outcome: succeeded, status 0. ${log} from byte 495.

2 event summaries.
`);
  });

  it('filters by days, node and event', async () => {
    expect(events((await summaries('--file', log, '--days', '7')).out)).toEqual(['node_down nodea']);
    expect(events((await summaries('--file', log, '--node', 'nodeb')).out)).toEqual(['node_up nodeb']);
    expect(events((await summaries('--file', log, '--event', 'node_down')).out)).toEqual(['node_down nodea']);
    expect((await summaries('--file', log, '--event', 'site_up')).out).toContain('No event summaries were found.');
  });

  it('takes several files, also as the shell makes them of an asterisk', async () => {
    const other = join(directory, 'hacmp.out.1');
    writeFileSync(other, 'Nov 22 2026 10:00:00 EVENT COMPLETED: network_up -1 net1 0\n');
    const all = ['network_up -1 net1 0', 'node_down nodea', 'node_up nodeb'];
    for (const args of [
      ['--file', log, '--file', other],
      ['--file', log, other],
    ])
      expect(events((await summaries(...args)).out).sort()).toEqual(all);
  });

  it('prints what the API would with --json', async () => {
    const reply = JSON.parse((await summaries('--file', log, '--json')).out);
    expect(listEventSummaries.reply.parse(reply)).toEqual(reply);
    expect(reply).toMatchObject({ found: 2, summaries: [{ event: 'node_down nodea' }, { event: 'node_up nodeb', status: 1 }] });
  });

  it('refuses a file that is missing or none', async () => {
    const missing = join(directory, 'none');
    expect(await summaries('--file', log, missing, directory)).toEqual({
      status: 2,
      out: '',
      err: `There is no log ${missing}. Name a file such as hacmp.out with --file.
  ${directory} is not a regular file. Name a log such as hacmp.out with --file.
`,
    });
  });
});

describe('fallover summaries', () => {
  it('asks the daemon for the last seven days', async () => {
    expect(await summaries()).toEqual({ status: 0, out: 'Event summaries of node nodea\n', err: '' });
    expect(asked).toEqual([['/api/v1/event-summaries/text', { days: '7' }]]);
  });

  it('asks for what is filtered, and for JSON', async () => {
    await summaries('--days=30', '--node', 'nodea', '--event', 'node_up', '--json');
    expect(asked).toEqual([['/api/v1/event-summaries', { days: '30', node: 'nodea', event: 'node_up', limit: '5000' }]]);
  });

  it('exits as the daemon’s refusal says, and saves nothing then', async () => {
    const io = { out: () => undefined, err: () => undefined };
    const refusing: SummariesDaemon = { fetchText: async () => ({ ok: false, status: 3 }) };
    expect(await runSummaries(['--save', join(directory, 'saved')], io, refusing)).toBe(3);
    expect(readdirSync(directory)).toEqual(['hacmp.out']);
  });

  it.each([
    [['--days', '0'], '--days: "0" is not a number of days from 1 to 3650.\n'],
    [['--days', '1e3'], '--days: "1e3" is not a number of days from 1 to 3650.\n'],
  ])('refuses %j', async (args, err) => {
    expect(await summaries(...args)).toEqual({ status: 2, out: '', err });
  });

  it('refuses words and options that it does not know, with its usage', async () => {
    expect(await summaries('hacmp.out')).toEqual({
      status: 2,
      out: '',
      err: `"hacmp.out" is one word too many here; a log is named with --file.
  Usage: fallover summaries [--days 7] [--file hacmp.out…] [--node NODE] [--event EVENT] [--json] [--save FILE]
`,
    });
    expect((await summaries('--dys', '7')).err).toMatch(/^There is no option --dys here. Did you mean --days\?\n {2}Usage: /);
  });
});

describe('fallover summaries --save', () => {
  it('saves to a file, also in place of an older one, and through a link', async () => {
    const path = join(directory, 'saved');
    writeFileSync(path, 'old', { mode: 0o640 });
    symlinkSync(path, join(directory, 'link'));
    expect(await summaries('--save', join(directory, 'link'))).toEqual({ status: 0, out: '', err: '' });
    expect(readFileSync(path, 'utf8')).toBe('Event summaries of node nodea\n');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    await summaries('--file', log, '--json', '--save', path);
    expect(JSON.parse(readFileSync(path, 'utf8')).found).toBe(2);
    expect(readdirSync(directory).sort()).toEqual(['hacmp.out', 'link', 'saved']);
  });

  it('refuses a directory, what is no regular file, a log that is read, and a place that is not there', async () => {
    mkdirSync(join(directory, 'sub'));
    const save = async (path: string) => (await summaries('--file', log, '--save', path)).err;
    expect(await save(join(directory, 'sub'))).toBe(`--save: ${join(directory, 'sub')} is a directory. Name a file in it.\n`);
    expect(await save('/dev/null')).toBe(
      '--save: /dev/null is not a regular file. Name another, or leave --save out and use ">".\n',
    );
    expect(await save(log)).toBe(`--save: ${log} is one of the logs that are read. Name another file.\n`);
    expect(await save(join(directory, 'none', 'saved'))).toBe(
      `--save: ${join(directory, 'none', 'saved')} cannot be written (ENOENT). Check the directory and its permissions.\n`,
    );
    expect((await summaries('--save', join(directory, 'sub'))).status).toBe(2);
  });
});
