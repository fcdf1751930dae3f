import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DefinitionDocument, planRun, type RunRecord, replay } from '@fallover/events';
import { openHacmpOut } from '@fallover/hacmp-out';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hacmpLog } from './hacmp-log.ts';

const RUN = '01a20000-0000-7000-8000-000000000001';
const CLOCK = { bootId: 'boot', ms: 0 };
const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/tell' } } },
    { class: 'event', name: 'network_up', fields: { eventCommand: { cluster: '/up' }, postEventCommand: { cluster: ['tell'] } } },
  ],
};
const plan = planRun({
  ...{ id: RUN, event: 'network_up', args: ['nodea', 'net1'], eventClass: 'network', drill: false, document },
  origin: { kind: 'person', name: 'ada' },
  revision: { number: 1, hash: 'a'.repeat(64) },
  acceptedAt: '2026-11-23T14:22:09.000Z',
  membership: { before: ['nodea'], after: ['nodea'] },
  program: [[{ node: 'nodea', event: 'network_up', args: ['nodea', 'net1'], expectedStatus: 0 }]],
  defaultTimeUntilWarning: 360,
});

let second = 10;
const at = (): string => `2026-11-23T14:22:${second++}.000Z`;
const step = (path: string): string => `${RUN}/1/nodea/${path}`;
const started = (path: string): RunRecord => ({ kind: 'started', at: at(), step: step(path), clock: CLOCK });
const finished = (path: string, status: number): RunRecord => ({
  kind: 'finished',
  at: at(),
  step: step(path),
  result: { status, durationMs: 3, outputBytes: 0 },
});
const interrupted = (path: string): RunRecord => ({ kind: 'interrupted', at: at(), step: step(path), reason: 'launcher_died' });
const decided = (as: 'skip' | 'succeeded' | 'again', number = 1): RunRecord => ({
  ...{ kind: 'decided', at: at(), by: 'ada', as, cancelQueue: false, number },
});
const history = (...records: RunRecord[]): RunRecord[] => [
  { kind: 'planned', at: '2026-11-23T14:22:09.000Z', plan, clock: CLOCK },
  ...records,
];

let directory: string;
beforeEach(() => {
  second = 10;
  directory = mkdtempSync(join(tmpdir(), 'fallover-hacmp-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A daemon writes the first records of a run and dies; another one takes the run up with all of them. */
function log(records: RunRecord[], written = records.length): string {
  const name = mkdtempSync(join(directory, 'log-'));
  const open = () => {
    const out = openHacmpOut({ directory: name, now: () => Date.parse('2026-11-23T14:30:00Z'), timeZone: 'UTC' });
    return hacmpLog({ node: 'nodea', out, fileOf: (id) => join(directory, encodeURIComponent(id)), timeZone: 'UTC' });
  };
  const first = open();
  first.recorded({ id: RUN }, records.slice(0, written));
  const state = replay(records);
  if (state && written < records.length) open().takeUp({ id: RUN, state, records });
  return readFileSync(join(name, 'hacmp.out'), 'utf8');
}

const markers = (text: string): string[] => text.split('\n').flatMap((line) => /EVENT [A-Z]+: .*/.exec(line)?.[0] ?? []);

const failsAndRunsAgain = () =>
  history(
    ...[started('event/1'), finished('event/1', 3), started('post_event.1/1'), finished('post_event.1/1', 0), decided('again')],
    ...[started('event/2'), finished('event/2', 0), started('post_event.1/2'), finished('post_event.1/2', 0)],
  );

describe('the markers of an event', () => {
  it('stand once for each time that it was processed', () => {
    expect(markers(log(failsAndRunsAgain()))).toEqual([
      'EVENT START: network_up nodea net1',
      'EVENT FAILED: 3: network_up nodea net1 3',
      'EVENT START: network_up nodea net1',
      'EVENT COMPLETED: network_up nodea net1 0',
    ]);
  });

  it('say that it failed when a person skips the rest of an interrupted one, with its summary', () => {
    const text = log(history(started('event/1'), interrupted('event/1'), decided('skip')));
    expect(markers(text)).toEqual(['EVENT START: network_up nodea net1', 'EVENT FAILED: 1: network_up nodea net1 1']);
    expect(text).toContain('\nHACMP Event Summary\nEvent: network_up nodea net1\n');
  });

  it('say that it is completed when a person counts its interrupted last step as succeeded', () => {
    const records = [started('event/1'), finished('event/1', 0), started('post_event.1/1'), interrupted('post_event.1/1')];
    expect(markers(log(history(...records, decided('succeeded'))))).toEqual([
      'EVENT START: network_up nodea net1',
      'EVENT COMPLETED: network_up nodea net1 0',
    ]);
  });
});

describe('a full pathname of a recovery program', () => {
  it('stands between the markers of its event, with its status in the summary', () => {
    const named = planRun({
      ...{ id: RUN, event: 'network_up', args: ['nodea', 'net1'], eventClass: 'network', drill: false, document },
      origin: { kind: 'report', name: 'monitor' },
      revision: { number: 1, hash: 'a'.repeat(64) },
      acceptedAt: '2026-11-23T14:22:09.000Z',
      membership: { before: ['nodea'], after: ['nodea'] },
      program: [
        [
          {
            ...{ node: 'nodea', event: 'network_up', args: ['nodea', 'net1'], expectedStatus: 3 },
            named: { path: '/opt/ha/route', number: 2 },
          },
        ],
      ],
      defaultTimeUntilWarning: 360,
    });
    const records: RunRecord[] = [
      { kind: 'planned', at: '2026-11-23T14:22:09.000Z', plan: named, clock: CLOCK },
      ...[started('command.2/1'), finished('command.2/1', 3)],
    ];
    expect(log(records).trimEnd().split('\n')).toEqual([
      'Nov 23 2026 14:22:10 EVENT START: network_up nodea net1',
      '|00000001 network_up command.2.1| + /opt/ha/route nodea net1',
      '|00000001 network_up command.2.1| Reference string: Mon.Nov.23.14:22:10.UTC.2026.route.network_up.ref',
      '|00000001 network_up command.2.1| ended with status 3 after 0.003 s',
      'Nov 23 2026 14:22:11 EVENT COMPLETED: network_up nodea net1 3',
      'HACMP Event Summary',
      'Event: network_up nodea net1',
      'Start time: Mon Nov 23 14:22:10 2026',
      '',
      'End time: Mon Nov 23 14:22:11 2026',
      '',
      'Action:                         Resource:                       Script Name:',
      '-'.repeat(76),
      'Recovery program, status 3:     network_up      route',
      'Search on: Mon.Nov.23.14:22:10.UTC.2026.route.network_up.ref',
      '-'.repeat(76),
    ]);
  });
});

describe('a daemon that died while it wrote', () => {
  it('is made up for by the next one, from each point of interruption', () => {
    const records = failsAndRunsAgain();
    const whole = log(records);
    for (let written = 2; written < records.length; written += 1) expect(log(records, written), `${written} records`).toBe(whole);
  });

  it('leaves nothing to do where the log of a run that is over was moved away', () => {
    const name = join(directory, 'moved');
    const out = openHacmpOut({ directory: name, now: () => Date.parse('2026-11-23T14:30:00Z'), timeZone: 'UTC' });
    out.note('A new log.');
    const records = failsAndRunsAgain();
    hacmpLog({ node: 'nodea', out, fileOf: (id) => join(directory, encodeURIComponent(id)), timeZone: 'UTC' }).takeUp({
      id: RUN,
      state: replay(records) as NonNullable<ReturnType<typeof replay>>,
      records,
    });
    expect(readFileSync(join(name, 'hacmp.out'), 'utf8')).toBe('Nov 23 2026 14:30:00 CLUSTER MANAGER: A new log.\n');
  });
});
