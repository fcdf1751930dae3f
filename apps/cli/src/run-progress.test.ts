import type { RunView, StepView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { exitStatusOf, outcomeLines } from './run-outcome.ts';
import { runProgress, seconds } from './run-progress.ts';

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const AT = '2026-11-23T05:00:00.000Z';

const step = (key: string, more: Partial<StepView> = {}): StepView => ({
  id: `${RUN}/1/nodea/${key}/1`,
  scope: `${RUN}/1/nodea`,
  node: 'nodea',
  event: 'node_down',
  kind: key.replace(/\..*/, '') as StepView['kind'],
  key,
  attempt: 1,
  state: 'running',
  startedAt: AT,
  ...more,
});

const view = (steps: StepView[], more: Partial<RunView> = {}): RunView => ({
  id: RUN,
  event: 'node_down',
  args: ['nodea'],
  eventClass: 'node',
  origin: { kind: 'person', name: 'root' },
  drill: false,
  revision: 1,
  state: 'running',
  acceptedAt: AT,
  warnings: 0,
  phases: [],
  participants: [],
  lost: [],
  waitingFor: [],
  steps,
  toRun: [],
  skipped: [],
  warnedAt: [],
  decisions: [],
  children: [],
  membership: { before: ['nodea'], after: [] },
  ...more,
});

const ended = (status: number, more: Partial<StepView> = {}) =>
  ({ state: 'finished', status, durationMs: 1234, ...more }) as const;
const ID = step('event').id;

describe('a run as it goes on', () => {
  it('has a line when a step starts, one when it ends, and each only once', () => {
    const progress = runProgress();
    const first = step('pre_event.1', { command: '/check', customEvent: 'check_disk' });
    expect(progress.view(view([first]))).toEqual(['1/nodea/pre_event.1/1 starts: /check (custom event check_disk)']);
    expect(progress.view(view([first]))).toEqual([]);
    expect(progress.view(view([{ ...first, ...ended(0) }, step('event')]))).toEqual([
      '1/nodea/pre_event.1/1 ended with 0 after 1.23 s',
      '1/nodea/event/1 starts: the built-in command of node_down',
    ]);
  });

  it('tells what a step called between its start and its end', () => {
    const scope = `${ID}/1.start_server`;
    const called = step('event', { id: `${scope}/event/1`, scope, event: 'start_server', ...ended(0) });
    expect(runProgress().view(view([step('event', ended(0)), called, step('post_event.1', { command: '/p' })]))).toEqual([
      '1/nodea/event/1 starts: the built-in command of node_down',
      '1/nodea/event/1/1.start_server/event/1 starts: the built-in command of start_server',
      '1/nodea/event/1/1.start_server/event/1 ended with 0 after 1.23 s',
      '1/nodea/event/1 ended with 0 after 1.23 s',
      '1/nodea/post_event.1/1 starts: /p',
    ]);
  });

  it('shows output by lines behind the step, with control characters visible', () => {
    const progress = runProgress();
    progress.view(view([step('event')]));
    expect(progress.output({ step: ID, from: 0, bytes: 7, text: 'one\r\ntw' })).toEqual(['1/nodea/event/1 | one']);
    expect(progress.output({ step: ID, from: 7, bytes: 10, text: 'o\n\u001b[31mred' })).toEqual(['1/nodea/event/1 | two']);
    expect(progress.view(view([step('event', ended(0, { outputBytes: 17 }))]))).toEqual([
      '1/nodea/event/1 | ^[[31mred',
      '1/nodea/event/1 ended with 0 after 1.23 s',
    ]);
  });

  it('says that a step ended only behind its output', () => {
    const progress = runProgress();
    progress.view(view([step('event')]));
    expect(progress.view(view([step('event', ended(3, { outputBytes: 5 }))]))).toEqual([]);
    expect(progress.waiting()).toBe(true);
    expect(progress.output({ step: ID, from: 0, bytes: 5, text: 'last\n' })).toEqual([
      '1/nodea/event/1 | last',
      '1/nodea/event/1 ended with 3 after 1.23 s',
    ]);
    expect(progress.waiting()).toBe(false);
  });

  it('keeps output back until the word that its step has started', () => {
    const progress = runProgress();
    progress.view(view([]));
    expect(progress.output({ step: ID, from: 0, bytes: 6, text: 'early\n' })).toEqual([]);
    expect(progress.view(view([step('event', ended(0, { outputBytes: 6 }))]))).toEqual([
      '1/nodea/event/1 starts: the built-in command of node_down',
      '1/nodea/event/1 | early',
      '1/nodea/event/1 ended with 0 after 1.23 s',
    ]);
  });

  it('counts the bytes of output that is no UTF-8', () => {
    const progress = runProgress();
    progress.view(view([step('event')]));
    progress.output({ step: ID, from: 0, bytes: 2, text: '\ufffd\n' });
    expect(progress.output({ step: ID, from: 2, bytes: 2, text: 'a\n' })).toEqual(['1/nodea/event/1 | a']);
  });

  it('does not hold up what follows for output that the next state does not bring', () => {
    const progress = runProgress();
    const first = step('notify_start', { command: '/n', ...ended(0, { outputBytes: 5 }) });
    expect(progress.view(view([first, step('event')]))).toEqual(['1/nodea/notify_start/1 starts: /n']);
    expect(progress.view(view([first, step('event')]))).toEqual([
      '1/nodea/notify_start/1 ended with 0 after 1.23 s',
      '1/nodea/event/1 starts: the built-in command of node_down',
    ]);
  });

  it('gives up on output that does not come', () => {
    const progress = runProgress();
    progress.view(view([step('event', ended(3, { outputBytes: 5 }))]));
    progress.output({ step: ID, from: 0, bytes: 2, text: 'ha' });
    expect(progress.rest()).toEqual(['1/nodea/event/1 | ha', '1/nodea/event/1 ended with 3 after 1.23 s']);
  });

  it('shows output that comes again only once, and says what was left out', () => {
    const progress = runProgress();
    progress.view(view([step('event')]));
    progress.output({ step: ID, from: 0, bytes: 4, text: 'one\n' });
    expect(progress.output({ step: ID, from: 0, bytes: 8, text: 'one\ntwo\n' })).toEqual(['1/nodea/event/1 | two']);
    expect(progress.output({ step: ID, from: 100, bytes: 6, text: 'later\n' })).toEqual([
      '1/nodea/event/1 | (92 bytes of output are left out here; the log of the run has all)',
      '1/nodea/event/1 | later',
    ]);
  });

  it('tells signals, commands that could not be started, lost output, interruptions, warnings and children', () => {
    const fault = { code: 'command_not_found', path: '/x', sentence: '/x: there is no such file.' };
    const steps = [
      step('notify_start', { command: '/x', ...ended(127, { fault }) }),
      step('event', { command: '/y', ...ended(143, { signal: 'SIGTERM', outputLostFrom: 10 }) }),
      step('post_event.1', { customEvent: 'gone', state: 'interrupted' }),
    ];
    const more = {
      warnedAt: [{ scope: `${RUN}/1/nodea`, seconds: 360, at: AT }],
      children: [{ run: 'CHILD', event: 'event_error' }],
    };
    expect(runProgress().view(view(steps, more))).toEqual([
      '1/nodea/notify_start/1 starts: /x',
      '1/nodea/notify_start/1 could not be started: /x: there is no such file.',
      '1/nodea/notify_start/1 ended with 127 after 1.23 s',
      '1/nodea/event/1 starts: /y',
      '1/nodea/event/1: its output is lost from byte 10 on; the log could not be written',
      '1/nodea/event/1 ended with 143 by SIGTERM after 1.23 s',
      '1/nodea/post_event.1/1 starts: nothing to start (custom event gone)',
      '1/nodea/post_event.1/1 was interrupted: what became of it is not known',
      'config_too_long: 1/nodea still runs after 360 s',
      'event_error runs beside it as run CHILD',
    ]);
  });

  it.each([
    [0, '0.00 s'],
    [59_990, '59.99 s'],
    [125_000, '2 min 5 s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(seconds(ms)).toBe(text);
  });
});

describe('what fallover run exits with', () => {
  it.each([
    [{ state: 'ended', outcome: 'succeeded', status: 0 }, 0],
    [{ state: 'ended', outcome: 'failed', status: 3 }, 3],
    [{ state: 'awaiting_decision', outcome: 'aborted', status: 143 }, 143],
    [{ state: 'awaiting_decision', outcome: 'interrupted' }, 1],
    [{ state: 'awaiting_decision', outcome: 'failed', status: 0 }, 1],
    [{ state: 'ended', outcome: 'failed', status: 256 }, 1],
    [{ state: 'cancelled' }, 125],
  ] as const)('%j: %d', (run, status) => {
    expect(exitStatusOf(view([], run))).toBe(status);
  });

  it('is said in the last line, with what went wrong and the way out', () => {
    const failed = view([], {
      state: 'awaiting_decision',
      outcome: 'failed',
      status: 3,
      failure: { node: 'nodea', sentence: '/y ended with 3.' },
    });
    expect(outcomeLines(failed)).toEqual({
      line: `node_down nodea failed, status 3 (run ${RUN})`,
      wayOut: [
        'nodea: /y ended with 3.',
        'The cluster is in RP_FAILED: nothing further is started, and the cluster does not fail over.',
        `"fallover recover ${RUN}" skips the rest of this event; "--as again" runs the step again, "--as succeeded" counts it as succeeded.`,
      ],
    });
    const label = '1/nodea/event/1';
    const left = [
      { step: ID, processes: [{ pid: 7, command: 'sleep 9' }] },
      { step: ID, processes: [], sentence: 'Node nodea does not answer.' },
      { step: ID, processes: [] },
    ];
    expect(outcomeLines(failed, left).wayOut.slice(1, 4)).toEqual([
      `${label} left running: process 7, sleep 9`,
      `"fallover end-processes ${RUN} ${label}" ends what it left running; with "--as again" both would run at once.`,
      `What ${label} left running is not known: Node nodea does not answer.`,
    ]);
    const done = view([], {
      state: 'ended',
      outcome: 'succeeded',
      status: 0,
      startedAt: AT,
      endedAt: '2026-11-23T05:00:02.500Z',
    });
    expect(outcomeLines(done)).toEqual({ line: `node_down nodea succeeded in 2.50 s, status 0 (run ${RUN})`, wayOut: [] });
    expect(outcomeLines({ ...done, without: ['n2'] }).line).toBe(
      `node_down nodea succeeded without n2 in 2.50 s, status 0 (run ${RUN})`,
    );
  });
});
