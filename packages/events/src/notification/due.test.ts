import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionDocument, EntryFields } from '../definition/types.ts';
import { planPipeline, planRun, programOn, type RunRequest } from '../runs/plan.ts';
import { applyRecord, due, startRun } from '../runs/run.ts';
import { subEventScope } from '../runs/step-id.ts';
import type { Decision, RunRecord, RunState } from '../runs/types.ts';
import { dueNotifications, notificationId } from './due.ts';
import { type EffectiveMethod, effectiveMethod } from './methods.ts';
import { NOTIFICATION_MOMENTS } from './transports.ts';

const ID = '01993c5e-0000-7000-8000-000000000001';
const CHILD = '01993c5e-0000-7000-8000-000000000002';
const CLOCK = { bootId: 'boot', ms: 0 };
const AT = '2026-11-25T20:00:00.000Z';

const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    {
      class: 'event',
      name: 'node_down',
      fields: { recoveryCommand: { cluster: '/scripts/recover' }, recoveryCounter: { cluster: 1 } },
    },
  ],
};

const aRun = (nodes: string[] = ['nodea'], more: Partial<RunRequest> = {}): RunState =>
  startRun(
    planRun({
      id: ID,
      event: 'node_down',
      args: ['nodec', 'graceful'],
      eventClass: 'node',
      origin: { kind: 'person', name: 'anna' },
      drill: false,
      revision: { number: 1, hash: 'abc' },
      document,
      acceptedAt: AT,
      membership: { before: nodes, after: nodes },
      program: programOn(nodes, 'node_down', ['nodec', 'graceful']),
      defaultTimeUntilWarning: 360,
      ...more,
    }),
  );

const method = (name: string, events: string[], fields: EntryFields['notification_method'] = {}): EffectiveMethod =>
  effectiveMethod(name, { contact: { cluster: 'anna@example.com' }, methodEvents: { cluster: events }, ...fields });
const always = { when: { cluster: [...NOTIFICATION_MOMENTS] } };
const mail = method('mail', ['node_down'], always);
const ofServer = method('ofserver', ['start_server'], always);

const started = (step: string): RunRecord => ({ kind: 'started', at: AT, step, clock: CLOCK });
const finished = (step: string, status: number): RunRecord => ({
  kind: 'finished',
  at: AT,
  step,
  result: { status, durationMs: 0, outputBytes: 0 },
});
const interrupted = (step: string): RunRecord => ({ kind: 'interrupted', at: AT, step, reason: 'launcher_died' });
const abort: RunRecord = { kind: 'abort', at: AT, by: 'anna' };
const warned = (scope: string): RunRecord => ({ kind: 'warned', at: AT, scope, seconds: 360, child: CHILD, clock: CLOCK });
const decided = (as: Decision): RunRecord => ({ kind: 'decided', at: AT, by: 'anna', as, cancelQueue: false, number: 1 });
const calls = (caller: string, node: string, number = 1): RunRecord => ({
  kind: 'sub_event',
  at: AT,
  caller,
  pipeline: planPipeline({
    scope: subEventScope(caller, number, 'start_server'),
    node,
    event: 'start_server',
    args: ['db'],
    expectedStatus: 0,
    document,
  }),
});
const after = (run: RunState, ...records: RunRecord[]): RunState => records.reduce(applyRecord, run);
const ran = (step: string, status: number): RunRecord[] => [started(step), finished(step, status)];

const EVENT = `${ID}/1/nodea/event`;
const SERVER = `${EVENT}/1/1.start_server/event/1`;

const told = (run: RunState, ...methods: EffectiveMethod[]): string[] =>
  dueNotifications(run, methods).map(
    ({ method: { name }, moment, run: of, event, args, node, status }) =>
      `${name} ${moment} ${of === ID ? '' : `${of} `}${[event, ...args].join(' ')} on ${node}${status === undefined ? '' : ` (${status})`}`,
  );

const START = 'mail start node_down nodec graceful on nodea';
const SUCCESS = 'mail success node_down nodec graceful on nodea';
const failure = (status: number): string => `mail failure node_down nodec graceful on nodea (${status})`;

describe('what a method has to tell of a run', () => {
  it('is that it begins, and that it was processed', () => {
    expect(told(aRun(), mail)).toEqual([START]);
    expect(told(after(aRun(), started(`${EVENT}/1`)), mail)).toEqual([START]);
    expect(told(after(aRun(), ...ran(`${EVENT}/1`, 0)), mail)).toEqual([START, SUCCESS]);
  });

  it('is no failure while the event may still be recovered, nor when it was', () => {
    const recovered = [...ran(`${EVENT}/1`, 4), ...ran(`${ID}/1/nodea/recovery/1`, 0), ...ran(`${EVENT}/2`, 0)];
    for (let known = 0; known < recovered.length; known += 1)
      expect(told(after(aRun(), ...recovered.slice(0, known)), mail)).toEqual([START]);
    expect(told(after(aRun(), ...recovered), mail)).toEqual([START, SUCCESS]);
  });

  it('is its failure with the status once nothing is left to be tried', () => {
    expect(told(after(aRun(), ...ran(`${EVENT}/1`, 4), ...ran(`${ID}/1/nodea/recovery/1`, 1)), mail)).toEqual([
      START,
      failure(4),
    ]);
    expect(
      told(after(aRun(), ...ran(`${EVENT}/1`, 4), ...ran(`${ID}/1/nodea/recovery/1`, 0), ...ran(`${EVENT}/2`, 7)), mail),
    ).toEqual([START, failure(7)]);
  });

  it('is of the event itself, whatever its program names; of another event that the program names it is that one', () => {
    const leaves = ['nodec', 'graceful'];
    const bound = (node: string, event: string, args: string[]) => ({ node, event, args, expectedStatus: 0 });
    const program = [
      [bound('nodea', 'site_down_remote', ['south'])],
      [{ ...bound('nodea', 'node_down', leaves), named: { path: '/scripts/route', number: 1 } }],
      [bound('nodea', 'node_down', leaves)],
    ];
    const ofSite = method('ofsite', ['site_down_remote'], always);
    const steps = ['1/nodea/event/1', '2/nodea/command.1/1', '3/nodea/event/1'].map((path) => `${ID}/${path}`);
    const run = (...statuses: number[]) =>
      after(aRun(['nodea'], { program }), ...statuses.flatMap((status, index) => ran(steps[index] ?? '', status)));
    const site = (moment: string): string => `ofsite ${moment} site_down_remote south on nodea`;
    expect(told(run(), mail, ofSite)).toEqual([START, site('start')]);
    expect(told(run(0), mail, ofSite)).toEqual([START, site('start'), site('success')]);
    expect(told(run(3), mail, ofSite)).toEqual([START, failure(3), site('start'), `${site('failure')} (3)`]);
    expect(told(run(0, 3), mail)).toEqual([START, failure(3)]);
    expect(told(run(0, 0, 0), mail)).toEqual([START, SUCCESS]);
  });

  it('is a failure when the step that ran was lost', () => {
    expect(told(after(aRun(), started(`${EVENT}/1`), interrupted(`${EVENT}/1`)), mail)).toEqual([START, failure(0)]);
  });

  it('is a failure when a person aborted it, even if it then said that all is well', () => {
    const running = after(aRun(), started(`${EVENT}/1`), abort);
    expect(told(running, mail)).toEqual([START]);
    expect(told(after(running, finished(`${EVENT}/1`, 0)), mail)).toEqual([START, failure(143)]);
  });

  it('is its warning, once however often it is warned', () => {
    const scope = `${ID}/1/nodea`;
    expect(told(after(aRun(), started(`${EVENT}/1`), warned(scope), warned(scope)), mail)).toEqual([
      START,
      'mail warning node_down nodec graceful on nodea',
    ]);
  });

  it('is of several nodes one thing for each moment: the first that failed, while the others still run', () => {
    const [a, b] = ['nodea', 'nodeb'].map((node) => `${ID}/1/${node}`) as [string, string];
    const both = after(aRun(['nodea', 'nodeb']), started(`${a}/event/1`), started(`${b}/event/1`));
    const failed = after(both, finished(`${b}/event/1`, 3), ...ran(`${b}/recovery/1`, 1));
    expect(told(failed, mail)).toEqual([START, 'mail failure node_down nodec graceful on nodeb (3)']);
    const also = after(failed, finished(`${a}/event/1`, 5), ...ran(`${a}/recovery/1`, 1));
    expect(also.state).toBe('awaiting_decision');
    expect(told(also, mail)).toEqual([START, failure(5)]);
    expect(told(after(both, finished(`${a}/event/1`, 0)), mail)).toEqual([START]);
    expect(told(after(both, finished(`${a}/event/1`, 0), finished(`${b}/event/1`, 0)), mail)).toEqual([START, SUCCESS]);
  });

  it('is of several phases a success only when the last one has ended', () => {
    const phase = programOn(['nodea'], 'node_down', ['nodec', 'graceful']);
    const run = aRun(['nodea'], { program: [...phase, ...phase] });
    const first = after(run, ...ran(`${EVENT}/1`, 0));
    expect(told(first, mail)).toEqual([START]);
    expect(told(after(first, ...ran(`${ID}/2/nodea/event/1`, 0)), mail)).toEqual([START, SUCCESS]);
    const failed = after(first, ...ran(`${ID}/2/nodea/event/1`, 9), ...ran(`${ID}/2/nodea/recovery/1`, 1));
    expect(told(failed, mail)).toEqual([START, failure(9)]);
  });

  it('is nothing of an event that the method is not for', () => {
    expect(told(after(aRun(), ...ran(`${EVENT}/1`, 0)), method('mail', ['node_up'], always))).toEqual([]);
    expect(told(after(aRun(), ...ran(`${EVENT}/1`, 0)), method('mail', [], always))).toEqual([]);
  });

  it('is only what happens at the moments that the method has: success, failure and warning where none are given', () => {
    const done = after(aRun(), started(`${EVENT}/1`), warned(`${ID}/1/nodea`), finished(`${EVENT}/1`, 0));
    const moments = (fields: EntryFields['notification_method']): string[] =>
      dueNotifications(done, [method('mail', ['node_down'], fields)]).map(({ moment }) => moment);
    expect(moments({})).toEqual(['success', 'warning']);
    expect(moments(always)).toEqual(['start', 'success', 'warning']);
    expect(moments({ when: { cluster: ['start'] } })).toEqual(['start']);
    expect(moments({ when: { cluster: ['failure'] } })).toEqual([]);
  });

  it('is told for each method by itself', () => {
    const other = method('page', ['node_up', 'node_down'], { when: { cluster: ['start'] } });
    expect(told(aRun(), other, mail)).toEqual(['page start node_down nodec graceful on nodea', START]);
  });
});

describe('what a method has to tell of a sub-event', () => {
  const calling = after(aRun(), started(`${EVENT}/1`), calls(`${EVENT}/1`, 'nodea'));

  it('is that it begins and how it ended, with its own arguments, whatever becomes of its caller', () => {
    expect(told(calling, ofServer)).toEqual(['ofserver start start_server db on nodea']);
    expect(told(after(calling, ...ran(SERVER, 0)), ofServer)).toEqual([
      'ofserver start start_server db on nodea',
      'ofserver success start_server db on nodea',
    ]);
    expect(told(after(calling, ...ran(SERVER, 7), finished(`${EVENT}/1`, 0)), ofServer)).toEqual([
      'ofserver start start_server db on nodea',
      'ofserver failure start_server db on nodea (7)',
    ]);
  });

  it('is nothing of the caller for a method that is for the sub-event only', () => {
    const failed = after(calling, ...ran(SERVER, 0), finished(`${EVENT}/1`, 3), ...ran(`${ID}/1/nodea/recovery/1`, 1));
    expect(failed.state).toBe('awaiting_decision');
    expect(told(failed, ofServer).map((line) => line.split(' ')[1])).toEqual(['start', 'success']);
  });

  it('is part of the event for a method that is for both: each moment once', () => {
    const both = method('both', ['node_down', 'start_server'], always);
    expect(told(after(calling, ...ran(SERVER, 7)), both)).toEqual([
      'both start node_down nodec graceful on nodea',
      'both failure start_server db on nodea (7)',
    ]);
    const done = after(calling, ...ran(SERVER, 0), finished(`${EVENT}/1`, 0));
    expect(told(done, both)).toEqual([
      'both start node_down nodec graceful on nodea',
      'both success node_down nodec graceful on nodea',
    ]);
  });
});

describe('what is told after a decision', () => {
  const failed = after(aRun(), ...ran(`${EVENT}/1`, 4), ...ran(`${ID}/1/nodea/recovery/1`, 1));

  it('still has the failure, and no success when the rest was skipped', () => {
    expect(told(after(failed, decided('skip')), mail)).toEqual([START, failure(4)]);
  });

  it('has the failure also when the step then counts as succeeded, and when it is run again', () => {
    const moments = (run: RunState): string[] => dueNotifications(run, [mail]).map(({ moment }) => moment);
    expect(moments(after(failed, decided('succeeded')))).toEqual(['start', 'failure', 'success']);
    expect(moments(after(failed, decided('again')))).toEqual(['start', 'failure']);
    expect(moments(after(failed, decided('again'), ...ran(`${EVENT}/2`, 0)))).toEqual(['start', 'failure', 'success']);
  });
});

describe('what is told of event_error and config_too_long', () => {
  const child = (event: string, more: Partial<RunRequest> = {}): RunState =>
    aRun(['nodea'], {
      id: CHILD,
      event,
      args: ['1', 'TE_FAIL_NODE'],
      parent: ID,
      program: programOn(['nodea'], event, []),
      ...more,
    });

  it('is the failure and the warning of the run that raised them, whatever becomes of themselves', () => {
    const both = method('both', ['event_error', 'config_too_long'], always);
    expect(told(child('event_error', { failedNode: 'nodeb' }), both)).toEqual([
      'both failure event_error 1 TE_FAIL_NODE on nodeb',
    ]);
    expect(told(child('config_too_long'), both)).toEqual(['both warning config_too_long 1 TE_FAIL_NODE on nodea']);
    const ended = after(child('event_error'), ...ran(`${CHILD}/1/nodea/event/1`, 1));
    expect(ended.state).toBe('ended');
    expect(told(ended, both)).toEqual(['both failure event_error 1 TE_FAIL_NODE on nodea']);
  });

  it('is the same notification as that of the run itself, for a method that has both', () => {
    const both = method('both', ['node_down', 'event_error', 'config_too_long']);
    const failed = after(aRun(), warned(`${ID}/1/nodea`), ...ran(`${EVENT}/1`, 4), ...ran(`${ID}/1/nodea/recovery/1`, 1));
    const ids = (run: RunState): string[] => dueNotifications(run, [both]).map(notificationId);
    expect(ids(failed)).toEqual([`${ID}.failure.both`, `${ID}.warning.both`]);
    expect(ids(child('event_error'))).toEqual([`${ID}.failure.both`]);
    expect(ids(child('config_too_long'))).toEqual([`${ID}.warning.both`]);
  });

  it('is nothing when the method is for the event that raised them alone, or not for that moment', () => {
    expect(told(child('event_error'), mail)).toEqual([]);
    expect(told(child('event_error'), method('m', ['event_error'], { when: { cluster: ['success'] } }))).toEqual([]);
  });
});

describe('what is due of a run', () => {
  /** Goes on as the numbers choose among all that can happen next; every state on the way. */
  function story(run: RunState, choices: readonly number[]): RunState[] {
    const states = [run];
    let now = run;
    for (const choice of choices) {
      const next = possible(now);
      const records = next[choice % (next.length || 1)];
      if (!records) break;
      for (const record of records) {
        now = applyRecord(now, record);
        states.push(now);
      }
    }
    return states;
  }

  function possible(run: RunState): RunRecord[][] {
    if (run.state === 'ended') return [];
    if (run.state === 'awaiting_decision') return (['skip', 'succeeded', 'again'] as const).map((as) => [decided(as)]);
    const pipelines = Object.values(run.pipelines);
    const running = pipelines.flatMap(({ running: step, interrupted: lost, planned, caller }) =>
      step && !lost ? [{ ...step, node: planned.node, scope: planned.scope, root: caller === undefined }] : [],
    );
    const subEvents = Object.keys(run.pipelines).length;
    return [
      ...due(run).map(({ id }) => [started(id)]),
      ...running.flatMap(({ id }) => [[finished(id, 0)], [finished(id, 2)], [interrupted(id)], [{ ...abort, step: id }]]),
      ...running.flatMap(({ id, node, step, root }) =>
        root && step.kind === 'event' && subEvents < 6 ? [[calls(id, node, subEvents)]] : [],
      ),
      ...running.flatMap(({ scope, root }) => (root ? [[warned(scope)]] : [])),
    ];
  }

  const methods = [mail, ofServer, method('both', ['node_down', 'start_server'], always), method('usual', ['node_down'])];
  const choices = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 });
  const phases = fc.constantFrom(1, 2);
  const nodes = fc.constantFrom<string[]>(['nodea'], ['nodea', 'nodeb']);

  it('stays due as the run goes on, each thing once, and does not tell a success of a run that waits', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(nodes, phases, choices, (on, count, numbers) => {
        const phase = programOn(on, 'node_down', ['nodec', 'graceful']);
        const run = aRun(on, { program: Array.from({ length: count }, () => phase).flat() });
        let before: string[] = [];
        for (const state of story(run, numbers)) {
          const found = dueNotifications(state, methods);
          const ids = found.map(notificationId);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids).toEqual(expect.arrayContaining(before));
          if (state.state !== 'ended') expect(ids).not.toContain(`${ID}.success.mail`);
          if (state.state === 'awaiting_decision') expect(ids).toContain(`${ID}.failure.mail`);
          if (state.outcome === 'succeeded') expect(ids).toContain(`${ID}.success.mail`);
          for (const {
            method: { name },
            moment,
          } of found)
            seen.add(`${name} ${moment}`);
          before = ids;
        }
      }),
      { numRuns: 300, seed: 20_261_125 },
    );
    // These stories (the seed is given) do come to every moment, so that the law says something.
    for (const moment of NOTIFICATION_MOMENTS) expect(seen).toContain(`mail ${moment}`);
    for (const moment of ['start', 'success', 'failure']) expect(seen).toContain(`ofserver ${moment}`);
  });
});
