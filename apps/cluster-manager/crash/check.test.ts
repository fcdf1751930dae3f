import type { RunRecord } from '@fallover/events';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { type Evidence, VIOLATIONS } from './evidence.ts';
import {
  asked,
  at,
  CHILD,
  codes,
  codesOf,
  decided,
  EVENT,
  FIRST,
  finished,
  history,
  interrupted,
  journalled,
  markers,
  OTHER,
  pipeline,
  RUN,
  ran,
  recover,
  SECOND,
  STEPS,
  saw,
  started,
  step,
} from './histories.test-support.ts';
import type { WitnessLine } from './witness.ts';

const shown = new Set<string>();
const expectCodes = (found: string[], ...expected: (typeof VIOLATIONS)[number][]): void => {
  for (const code of expected) shown.add(code);
  expect(found).toEqual(expected);
};

describe('a history in which every promise was kept', () => {
  it('has no violation', () => {
    expect(check(history())).toEqual([]);
  });

  it('may have an event that failed, recovered, and ran again', () => {
    const [again, mend] = [step('event/2'), step('recovery/1')];
    const records = [...ran(FIRST), ...ran(SECOND), ...ran(EVENT, 3), ...ran(mend), ...ran(again)];
    const witness = [FIRST, SECOND].flatMap((one) => saw(one)).concat(saw(EVENT, 3), saw(mend), saw(again));
    expect(check(history({ runs: [journalled({ records })], witness }))).toEqual([]);
  });

  it('may have an interrupted step that goes on after a decision, and a request without an answer', () => {
    const records = [
      ...ran(FIRST),
      started(SECOND),
      interrupted(SECOND),
      decided('again'),
      ...ran(step('pre_event.2/2')),
      ...ran(EVENT),
    ];
    const witness = [
      ...saw(FIRST),
      saw(SECOND)[0] as WitnessLine,
      ...saw(step('pre_event.2/2')),
      ...saw(EVENT),
      ...saw(SECOND).slice(1),
    ];
    const requests = [asked(), recover([{ status: 200, run: RUN, cancelled: [] }], 'again'), { ...asked([]), id: 'request-3' }];
    expect(check(history({ runs: [journalled({ records })], witness, requests }))).toEqual([]);
  });
});

describe('steps', () => {
  it('claimed twice, or started twice', () => {
    expectCodes(codesOf([...ran(FIRST), started(FIRST), ...ran(SECOND), ...ran(EVENT)]).slice(0, 1), 'claimed_twice');
    expectCodes(codes({ witness: [...STEPS.flatMap((one) => saw(one)), saw(EVENT)[0] as WitnessLine] }), 'started_twice');
  });

  it('started without a claim, or before it', () => {
    expectCodes(codes({ witness: [...STEPS.flatMap((one) => saw(one)), ...saw(step('event/2'))] }), 'started_without_claim');
    const late = [started(FIRST, 2), finished(FIRST), ...ran(SECOND), ...ran(EVENT)];
    expectCodes(codesOf(late), 'started_before_its_claim');
  });

  it('refused although it can be started', () => {
    const fault = { fault: { code: 'cannot_start', path: '/event' } };
    expectCodes(codesOf([...ran(FIRST), ...ran(SECOND), started(EVENT), finished(EVENT, 0, fault)]), 'refused_to_start');
  });

  it('finished without having started or ended, or with another status', () => {
    const without = (id: string, kinds: string[]) =>
      STEPS.flatMap((one) => saw(one)).filter((line) => line.step !== id || !kinds.includes(line.kind));
    expectCodes(
      codes({
        witness: without(EVENT, ['start', 'print', 'end']),
        output: { [FIRST]: 'line 1\n', [SECOND]: 'line 1\n', [EVENT]: '' },
      }),
      'finished_without_start',
    );
    expectCodes(codes({ witness: without(EVENT, ['end']) }), 'finished_without_end');
    expectCodes(codes({ witness: [...saw(FIRST), ...saw(SECOND), ...saw(EVENT, 4)] }), 'other_status');
  });

  it('ended by a signal, and nobody had aborted the run', () => {
    const records = [...ran(FIRST), ...ran(SECOND), started(EVENT), finished(EVENT, 0, { signal: 'SIGTERM' })];
    expectCodes(codesOf(records), 'ended_by_nobody');
  });

  it('interrupted and finished, or neither', () => {
    expectCodes(codesOf([...ran(FIRST), ...ran(SECOND), ...ran(EVENT), interrupted(EVENT)]), 'interrupted_and_finished');
    expectCodes(codesOf([...ran(FIRST), ...ran(SECOND), started(EVENT)]), 'left_open');
  });

  it('run again although nobody had decided', () => {
    const records = [...ran(FIRST), ...ran(SECOND), started(EVENT), interrupted(EVENT), ...ran(step('event/2'))];
    const witness = [...saw(FIRST), ...saw(SECOND), saw(EVENT)[0] as WitnessLine, ...saw(step('event/2'))];
    expect(codesOf(records, { witness })).toContain('run_again_without_decision');
    shown.add('run_again_without_decision');
  });

  it('shown otherwise than the journal has it', () => {
    const steps = STEPS.map((id) => ({ id, state: 'finished', status: 0 }));
    expect(codes({ views: [{ run: RUN, state: 'ended', steps }] })).toEqual([]);
    const views = [{ run: RUN, state: 'ended', steps: [...steps.slice(0, 2), { id: EVENT, state: 'running' }] }];
    expectCodes(codes({ views }), 'shown_otherwise');
  });

  it('whose process is not told of', () => {
    expectCodes(codes({ unaccounted: [{ step: EVENT, pid: 7 }] }), 'unaccounted_process');
  });
});

describe('output', () => {
  const printed = [
    ...saw(FIRST),
    ...saw(SECOND),
    ...saw(EVENT).slice(0, 2),
    { kind: 'print', step: EVENT, line: 2 },
    ...saw(EVENT).slice(2),
  ] as WitnessLine[];
  const output = (text: string) => ({ [FIRST]: 'line 1\n', [SECOND]: 'line 1\n', [EVENT]: text });

  it.each([
    ['line 1\n', 'a line lost at the end'],
    ['line 2\n', 'a line lost in the middle'],
    ['line 2\nline 1\n', 'lines that have changed places'],
    ['line 1\nline 1\nline 2\n', 'a line twice'],
    ['line 1\nline 2\nline 3\n', 'a line that was never printed'],
    ['line 1\nline 2', 'an unfinished line'],
  ])('%j is %s', (text) => {
    expect(codes({ witness: printed, output: output('line 1\nline 2\n') })).toEqual([]);
    expectCodes(codes({ witness: printed, output: output(text) }), 'output_differs');
  });

  it('of an interrupted step may lack lines, and never has them in another order', () => {
    const records = [...ran(FIRST), ...ran(SECOND), started(EVENT), interrupted(EVENT), decided('skip')];
    const requests = [asked(), recover([{ status: 200, run: RUN, cancelled: [] }])];
    expect(codesOf(records, { witness: printed, output: output('line 2\n'), requests })).toEqual([]);
    expectCodes(codesOf(records, { witness: printed, output: output('line 2\nline 1\n'), requests }), 'output_differs');
  });
});

describe('the order of a pipeline', () => {
  it('has only steps of its plan, each attempt after the one before', () => {
    const more = step('post_event.1/1');
    expectCodes(
      codesOf([...STEPS.flatMap((one) => ran(one)), ...ran(more)], {
        witness: [...STEPS, more].flatMap((one) => saw(one)),
      }).slice(0, 1),
      'not_in_the_plan',
    );
    const third = step('event/3');
    expectCodes(
      codesOf([...ran(FIRST), ...ran(SECOND), ...ran(third)], { witness: [FIRST, SECOND, third].flatMap((one) => saw(one)) }),
      'attempt_out_of_order',
    );
  });

  it('leaves no step out and changes no places', () => {
    expectCodes(
      codesOf([...ran(SECOND), ...ran(FIRST), ...ran(EVENT)], { witness: [SECOND, FIRST, EVENT].flatMap((one) => saw(one)) }),
      'order_of_the_pipeline',
    );
    expectCodes(
      codesOf([...ran(FIRST), ...ran(EVENT)], { witness: [FIRST, EVENT].flatMap((one) => saw(one)) }),
      'order_of_the_pipeline',
    );
    expectCodes(
      codesOf([...ran(FIRST), ...ran(SECOND)], { witness: [FIRST, SECOND].flatMap((one) => saw(one)) }),
      'pipeline_cut_short',
    );
  });

  it('starts nothing before the step before has ended, in the journal and in truth', () => {
    const records = [started(FIRST), started(SECOND), finished(FIRST), finished(SECOND), ...ran(EVENT)];
    expectCodes(codesOf(records), 'started_before_the_one_before_ended');
    const [start, print, end] = saw(FIRST) as [WitnessLine, WitnessLine, WitnessLine];
    expectCodes(codes({ witness: [start, print, ...saw(SECOND), end, ...saw(EVENT)] }), 'started_before_the_one_before_ended');
  });

  it('starts nothing of a sub-event whose caller is gone', () => {
    const called = pipeline(`${EVENT}/1.start_server`, 'start_server', []);
    const sub = `${called.scope}/pre_event.1/1`;
    const call: RunRecord = { kind: 'sub_event', at: at(1), caller: EVENT, pipeline: called };
    const before = [...ran(FIRST), ...ran(SECOND), started(EVENT), call];
    const witness = [...saw(FIRST), ...saw(SECOND), ...saw(EVENT), ...saw(sub)];
    expect(codesOf([...before, ...ran(sub), finished(EVENT)], { witness })).toEqual([]);
    expectCodes(codesOf([...before, finished(EVENT), ...ran(sub)], { witness }), 'sub_event_without_caller');
  });

  it('has one root run at a time', () => {
    const others = STEPS.map((one) => one.replace(RUN, OTHER));
    const more = { args: ['nodea', 'r2'] };
    const runs = [journalled({}), journalled({ id: OTHER, records: others.flatMap((one) => ran(one)), more })];
    const requests = [
      asked(),
      {
        ...asked([{ status: 201, run: OTHER }]),
        id: 'request-3',
        asked: { kind: 'run' as const, event: 'network_up', args: ['nodea', 'r2'] },
      },
    ];
    const both = (witness: WitnessLine[]) => codes({ runs, requests, witness }).filter((code) => !code.startsWith('marker'));
    const [mine, theirs] = [STEPS, others].map((steps) => steps.flatMap((one) => saw(one))) as [WitnessLine[], WitnessLine[]];
    expect(both([...mine, ...theirs])).toEqual([]);
    expectCodes(both([...mine.slice(0, 3), ...theirs, ...mine.slice(3)]), 'root_runs_overlap');
  });
});

describe('requests', () => {
  it('accepted, and their run is nowhere, or is not over', () => {
    expectCodes(codes({ runs: [], witness: [], hacmpOut: [] }), 'accepted_run_lost');
    expectCodes(codes({ runs: [journalled({ state: 'running' })] }), 'run_not_over');
    expectCodes(codes({ store: { queue: [OTHER] } }), 'queue_not_empty');
    expectCodes(codes({ store: { queue: [], current: OTHER } }), 'queue_not_empty');
  });

  it('cancelled although nobody has decided so', () => {
    const cancelled = { runs: [journalled({ state: 'cancelled' })], witness: [], hacmpOut: [] };
    expectCodes(codes(cancelled), 'cancelled_by_nobody');
    const requests = [
      asked(),
      { ...recover([], 'skip', true), asked: { kind: 'recover' as const, run: OTHER, as: 'skip' as const, cancelQueue: true } },
    ];
    expect(codes({ ...cancelled, requests })).toEqual([]);
  });

  it('run twice, or never asked for', () => {
    const twice = [journalled({}), journalled({ id: OTHER, state: 'cancelled' })];
    expectCodes(codes({ runs: twice }), 'run_twice');
    expectCodes(codes({ requests: [] }), 'run_nobody_asked_for');
  });

  it('answered otherwise the second time, or not as they should be', () => {
    const other = [
      { status: 201, run: RUN },
      { status: 201, run: OTHER },
    ];
    expectCodes(codes({ requests: [asked(other)] }), 'repeat_answered_otherwise');
    expectCodes(codes({ requests: [asked([{ status: 500 }, { status: 201, run: RUN }])] }), 'request_failed');
  });

  it('decided, and the journal has the decision not at all, or twice', () => {
    expectCodes(codes({ requests: [asked(), recover([{ status: 200, run: RUN, cancelled: [] }])] }), 'decision_lost');
    const records = [...ran(FIRST), ...ran(SECOND), started(EVENT), interrupted(EVENT), decided('skip')];
    expectCodes(codesOf(records), 'decision_twice');
  });
});

describe('event_error', () => {
  const failed = (...children: RunRecord[]) =>
    journalled({
      records: [...ran(FIRST), ...ran(SECOND), ...ran(EVENT, 3), ...ran(step('recovery/1'), 1), ...children, decided('skip')],
      outcome: 'failed',
    });
  const witness = [...saw(FIRST), ...saw(SECOND), ...saw(EVENT, 3), ...saw(step('recovery/1'), 1)];
  const requests = [asked(), recover([{ status: 200, run: RUN, cancelled: [] }])];
  const child: RunRecord = { kind: 'child', at: at(2), run: CHILD, event: 'event_error' };
  const error = (id: string, parent = RUN, records: RunRecord[] = []) =>
    journalled({
      id,
      records,
      outcome: 'failed',
      more: { event: 'event_error', args: ['3', 'network_up'], parent, program: [[]] },
    });
  const codesWith = (...runs: Evidence['runs']) =>
    codes({ runs, witness, requests, hacmpOut: [] }).filter((code) => !code.startsWith('marker'));

  it('is raised once for a failure', () => {
    expect(codesWith(failed(child), error(CHILD))).toEqual([]);
    expectCodes(codesWith(failed()), 'event_error_missing');
    expectCodes(codesWith(failed(child)), 'event_error_missing');
    expectCodes(codesWith(failed(child, { ...child, run: OTHER }), error(CHILD), error(OTHER)), 'event_error_twice');
  });

  it('raises nothing itself, and somebody has raised it', () => {
    expectCodes(
      codesWith(failed(child), error(CHILD, RUN, [{ ...child, run: OTHER }]), error(OTHER, CHILD)),
      'child_raised_a_child',
    );
    const lone = { kind: 'child', at: at(2), run: CHILD, event: 'event_error' } as const;
    expectCodes(codesWith(failed(lone), error(CHILD), error(OTHER, OTHER)), 'child_nobody_raised');
  });
});

describe('hacmp.out, the audit trail and the daemon', () => {
  it('has each marker once', () => {
    const [start, end] = markers('START: network_up nodea r1', 'FAILED: 3: network_up nodea r1 3') as [string, string];
    expect(codes({ hacmpOut: [start, '| x| Nov 23 2026 14:22:10 EVENT START: network_up nodea r1', end] })).toEqual([]);
    expectCodes(codes({ hacmpOut: [end] }), 'marker_missing');
    expectCodes(codes({ hacmpOut: [start] }), 'marker_missing');
    expectCodes(codes({ hacmpOut: [start, start, end] }), 'marker_twice');
  });

  it('tells where the audit trail is broken, and what the daemon has to say', () => {
    expectCodes(codes({ audit: { whole: false, brokenAt: 3 } }), 'audit_chain_broken');
    expectCodes(codes({ troubles: ['The disk is full.'] }), 'trouble');
  });

  it('has shown every kind of violation', () => {
    expect([...VIOLATIONS].filter((code) => !shown.has(code))).toEqual([]);
  });
});
