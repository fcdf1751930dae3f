import type { StepView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { outcomeOf, type PipelineView, phasesOf, stepOfInterest } from './step-tree.ts';

const RUN = '019aaf00-0000-7000-8000-000000000001';
const step = (path: string, more: Partial<StepView> = {}): StepView => {
  const parts = path.split('/');
  return {
    id: `${RUN}/${path}`,
    scope: `${RUN}/${parts.slice(0, -2).join('/')}`,
    node: parts[1] ?? '',
    event: parts.length > 4 ? (parts.at(-3) ?? '').split('.').slice(1).join('.') : 'node_up',
    kind: 'event',
    key: parts.at(-2) ?? '',
    attempt: Number(parts.at(-1)),
    state: 'finished',
    status: 0,
    startedAt: '2026-11-23T14:22:10.000Z',
    ...more,
  };
};
const told = ({ event, node, steps }: PipelineView): unknown => [
  `${event} on ${node}`,
  ...steps.map(({ step: { key, attempt }, called }) =>
    called.length > 0 ? [`${key} ${attempt}`, ...called.map(told)] : `${key} ${attempt}`,
  ),
];

describe('the steps of a run', () => {
  it('stand below phase, node and the step that called them', () => {
    const steps = [
      step('1/nodea/notify_start/1'),
      step('1/nodea/event/1'),
      step('1/nodea/event/1/1.process_resources/event/1'),
      step('1/nodea/event/1/1.process_resources/event/1/1.start_server/event/1'),
      step('1/nodea/event/2'),
      step('2/nodea/event/1'),
      step('2/nodeb/event/1'),
    ];
    const phases = phasesOf({ steps, warnedAt: [] });
    expect(phases.map(({ phase, pipelines }) => [phase, ...pipelines.map(told)])).toEqual([
      [
        '1',
        [
          'node_up on nodea',
          'notify_start 1',
          ['event 1', ['process_resources on nodea', ['event 1', ['start_server on nodea', 'event 1']]]],
          'event 2',
        ],
      ],
      ['2', ['node_up on nodea', 'event 1'], ['node_up on nodeb', 'event 1']],
    ]);
  });

  it('have the nodes of each phase in the order of the lanes, whichever began first', () => {
    const steps = [step('1/nodec/event/1'), step('1/nodea/event/1'), step('1/nodeb/event/1'), step('2/nodeb/event/1')];
    const nodes = phasesOf({ steps, warnedAt: [] }).map(({ pipelines }) => pipelines.map(({ node }) => node));
    expect(nodes).toEqual([['nodea', 'nodeb', 'nodec'], ['nodeb']]);
  });

  it('carry the warnings of their event', () => {
    const warning = { scope: `${RUN}/1/nodea`, seconds: 180, at: '2026-11-23T14:25:10.000Z' };
    expect(phasesOf({ steps: [step('1/nodea/event/1')], warnedAt: [warning] })[0]?.pipelines[0]?.warnings).toEqual([warning]);
  });
});

describe('the step whose output is shown first', () => {
  it('is the innermost one that runs', () => {
    const inner = step('1/nodea/event/1/1.start_server/event/1', { state: 'running' });
    expect(stepOfInterest({ steps: [step('1/nodea/event/1', { state: 'running' }), inner] })?.id).toBe(inner.id);
  });

  it('is the one that failed, once nothing runs', () => {
    const failed = step('1/nodea/event/1', { status: 1 });
    const after = step('1/nodea/post_event.1/1', { outputBytes: 20 });
    expect(stepOfInterest({ steps: [failed, after], failure: { step: failed.id, node: 'nodea', sentence: '' } })?.id).toBe(
      failed.id,
    );
  });

  it('is the event command otherwise, if it wrote anything, else the last one that did', () => {
    const notify = step('1/nodea/notify_complete/1', { kind: 'notify_complete', outputBytes: 9 });
    const wrote = step('1/nodea/event/1', { outputBytes: 5 });
    expect(stepOfInterest({ steps: [wrote, notify] })?.id).toBe(wrote.id);
    expect(stepOfInterest({ steps: [step('1/nodea/event/1', { outputBytes: 0 }), notify] })?.id).toBe(notify.id);
  });
});

describe('how a step has ended', () => {
  it.each<[number, StepView['expectedStatus'], string]>([
    [0, undefined, 'succeeded'],
    [3, undefined, 'failed'],
    [3, 3, 'succeeded'],
    [0, 3, 'failed'],
    [9, 'X', 'succeeded'],
  ])('with %d where %s is expected is told as %s', (status, expectedStatus, outcome) => {
    expect(outcomeOf({ state: 'finished', status, expectedStatus })).toBe(outcome);
  });
});
