import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionDocument } from '../definition/types.ts';
import { lostSteps } from './lost-steps.ts';
import { phasesOf } from './phases.ts';
import { type BoundCommand, planRun } from './plan.ts';
import { applyRecord, due, runningSteps, startRun } from './run.ts';
import type { RunPlan, RunRecord, RunState } from './types.ts';

const ID = '01993c5e-0000-7000-8000-000000000001';
const AT = 'TIME';
const clock = { bootId: 'boot', ms: 0 };
const NODES = ['nodea', 'nodeb', 'nodec'];
const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/scripts/tell' } } },
    { class: 'event', name: 'node_up', fields: { preEventCommand: { cluster: ['tell'] } } },
  ],
};
const on = (nodes: string[], event: string): BoundCommand[] =>
  nodes.map((node) => ({ node, event, args: ['nodec'], expectedStatus: 0 }));

/** The others, then the node that joins, then all. */
const plan = (): RunPlan => ({
  ...planRun({
    id: ID,
    event: 'node_up',
    args: ['nodec'],
    eventClass: 'node',
    origin: { kind: 'cluster_manager', name: 'membership' },
    drill: false,
    revision: { number: 1, hash: 'abc' },
    document,
    acceptedAt: AT,
    membership: { before: ['nodea', 'nodeb'], after: NODES },
    program: [on(['nodea', 'nodeb'], 'node_up'), on(['nodec'], 'node_up'), on(NODES, 'node_up_complete')],
    defaultTimeUntilWarning: 180,
  }),
  participants: NODES.map((node, index) => ({ node, membership: index + 10 })),
});

const of = (node: string, phase: number, key: string): string => `${ID}/${phase}/${node}/${key}/1`;
const started = (node: string, phase: number, key: string): RunRecord => ({
  kind: 'started',
  at: AT,
  step: of(node, phase, key),
  clock,
});
const step = (node: string, phase: number, key: string, status = 0): RunRecord[] => [
  started(node, phase, key),
  { kind: 'finished', at: AT, step: of(node, phase, key), result: { status, durationMs: 0, outputBytes: 0 } },
];
const nodeUp = (node: string, phase: number, status = 0): RunRecord[] => [
  ...step(node, phase, 'pre_event.1'),
  ...step(node, phase, 'event', status),
];
const lost = (node: string): RunRecord => ({ kind: 'lost', at: AT, node });
const after = (...records: RunRecord[]): RunState => records.reduce(applyRecord, startRun(plan()));

/** A line for each phase: what becomes of each node in it, then the barrier behind; then whom it waits for. */
function picture(run: RunState): string[] {
  const { phases, waitingFor } = phasesOf(run);
  return [
    ...phases.map(({ lanes, barrier }) => `${lanes.map(({ state }) => state).join(' ')} | ${barrier}`),
    `for ${waitingFor.map(({ node, key, step }) => `${node} ${key}${step === undefined ? ' (next)' : ''}`).join(', ') || 'nobody'}`,
  ];
}

describe('the lanes of a run', () => {
  const first = [...nodeUp('nodea', 1), ...nodeUp('nodeb', 1)];
  const second = [...first, ...nodeUp('nodec', 2)];
  const third = [...second, ...NODES.flatMap((node) => step(node, 3, 'event'))];
  it.each<[what: string, records: RunRecord[], picture: string[]]>([
    [
      'at its beginning: a node without a command stands at the barrier',
      [],
      [
        'runs runs waits | waits',
        'not_reached not_reached not_reached | not_reached',
        'not_reached not_reached not_reached | not_reached',
        'for nodea pre_event.1 (next), nodeb pre_event.1 (next)',
      ],
    ],
    [
      'while one is slow',
      [...nodeUp('nodea', 1), started('nodeb', 1, 'pre_event.1')],
      [
        'waits runs waits | waits',
        'not_reached not_reached not_reached | not_reached',
        'not_reached not_reached not_reached | not_reached',
        'for nodeb pre_event.1',
      ],
    ],
    [
      'behind the first barrier',
      first,
      [
        'passed passed passed | passed',
        'waits waits runs | waits',
        'not_reached not_reached not_reached | not_reached',
        'for nodec pre_event.1 (next)',
      ],
    ],
    [
      'when the slow one is lost',
      [...nodeUp('nodea', 1), started('nodeb', 1, 'pre_event.1'), lost('nodeb')],
      [
        'passed lost passed | passed',
        'waits lost runs | waits',
        'not_reached lost not_reached | not_reached',
        'for nodec pre_event.1 (next)',
      ],
    ],
    [
      'when one is lost that had done its part',
      [...nodeUp('nodea', 1), lost('nodea')],
      [
        'waits runs waits | waits',
        'lost not_reached not_reached | not_reached',
        'lost not_reached not_reached | not_reached',
        'for nodeb pre_event.1 (next)',
      ],
    ],
    [
      'when a step fails',
      [...nodeUp('nodea', 1, 3), ...nodeUp('nodeb', 1)],
      [
        'stopped waits waits | waits',
        'not_reached not_reached not_reached | not_reached',
        'not_reached not_reached not_reached | not_reached',
        'for nobody',
      ],
    ],
    [
      'when a step fails and another still runs',
      [...nodeUp('nodea', 1, 3), started('nodeb', 1, 'pre_event.1')],
      [
        'stopped runs waits | waits',
        'not_reached not_reached not_reached | not_reached',
        'not_reached not_reached not_reached | not_reached',
        'for nodeb pre_event.1',
      ],
    ],
    [
      'when the rest is skipped',
      [
        ...nodeUp('nodea', 1, 3),
        ...nodeUp('nodeb', 1),
        { kind: 'decided', at: AT, by: 'admin', as: 'skip', cancelQueue: false, number: 1 },
      ],
      [
        'stopped passed passed | not_reached',
        'skipped skipped skipped | not_reached',
        'skipped skipped skipped | not_reached',
        'for nobody',
      ],
    ],
    [
      'at its end',
      third,
      ['passed passed passed | passed', 'passed passed passed | passed', 'passed passed passed | passed', 'for nobody'],
    ],
  ])('%s', (_, records, expected) => {
    expect(picture(after(...records))).toEqual(expected);
  });

  it('name what each phase runs, once, with its nodes', () => {
    const { nodes, phases } = phasesOf(after());
    expect(nodes).toEqual(NODES);
    expect(phases.map(({ index, commands }) => ({ index, commands }))).toEqual([
      { index: 1, commands: [{ event: 'node_up', args: ['nodec'], nodes: ['nodea', 'nodeb'] }] },
      { index: 2, commands: [{ event: 'node_up', args: ['nodec'], nodes: ['nodec'] }] },
      { index: 3, commands: [{ event: 'node_up_complete', args: ['nodec'], nodes: NODES }] },
    ]);
  });

  it('name the custom event that a barrier waits for', () => {
    expect(phasesOf(after(...nodeUp('nodea', 1), started('nodeb', 1, 'pre_event.1'))).waitingFor).toEqual([
      { node: 'nodeb', key: 'pre_event.1', event: 'node_up', customEvent: 'tell', step: of('nodeb', 1, 'pre_event.1') },
    ]);
  });
});

describe('the steps lost with a node', () => {
  it('are those that ran on it', () => {
    const run = after(...nodeUp('nodea', 1), started('nodeb', 1, 'pre_event.1'), lost('nodeb'));
    expect(lostSteps(run, 'nodea')).toEqual([]);
    expect(lostSteps(run, 'nodeb')).toEqual([
      {
        run: ID,
        step: of('nodeb', 1, 'pre_event.1'),
        event: 'node_up',
        args: ['nodec'],
        key: 'pre_event.1',
        customEvent: 'tell',
      },
    ]);
  });
});

/** A run that goes on by chance: the next thing that can happen, each time. */
function played(choices: readonly number[]): RunState[] {
  const states = [startRun(plan())];
  for (const choice of choices) {
    const run = states.at(-1) as RunState;
    const possible: RunRecord[] = [
      ...due(run).map(({ id }): RunRecord => ({ kind: 'started', at: AT, step: id, clock })),
      ...runningSteps(run).flatMap((id): RunRecord[] => [
        { kind: 'finished', at: AT, step: id, result: { status: choice % 5 === 0 ? 1 : 0, durationMs: 0, outputBytes: 0 } },
        { kind: 'interrupted', at: AT, step: id, reason: 'node_restarted' },
      ]),
      ...(choice % 3 === 0 ? NODES.slice(1).map(lost) : []),
    ];
    const next = possible[choice % Math.max(1, possible.length)];
    if (!next) break;
    states.push(applyRecord(run, next));
  }
  return states;
}

describe('in whatever run', () => {
  const runs = fc.array(fc.nat(1000), { maxLength: 40 }).map(played);
  it('a barrier that was passed stays passed, and at most one waits', () => {
    fc.assert(
      fc.property(runs, (states) => {
        let passed = 0;
        for (const run of states) {
          const barriers = phasesOf(run).phases.map(({ barrier }) => barrier);
          const now = barriers.filter((barrier) => barrier === 'passed').length;
          expect(barriers.slice(0, now).every((barrier) => barrier === 'passed')).toBe(true);
          expect(barriers.filter((barrier) => barrier === 'waits').length).toBeLessThanOrEqual(1);
          expect(now).toBeGreaterThanOrEqual(passed);
          passed = now;
        }
      }),
    );
  });

  it('whoever is waited for is at work in the phase of the barrier, and nobody who is lost', () => {
    fc.assert(
      fc.property(runs, (states) => {
        for (const run of states) {
          const { phases, waitingFor } = phasesOf(run);
          const { lanes = [] } = phases.find(({ barrier }) => barrier === 'waits') ?? {};
          const atWork = lanes.filter(({ state }) => state === 'runs').map(({ node }) => node);
          if (run.state === 'running') expect(waitingFor.map(({ node }) => node)).toEqual(atWork);
          else expect(waitingFor).toEqual([]);
          expect(waitingFor.filter(({ node }) => run.lost.some((other) => other.node === node))).toEqual([]);
        }
      }),
    );
  });

  it('every phase has the same lanes, and every pipeline stands in one of them', () => {
    fc.assert(
      fc.property(runs, (states) => {
        const run = states.at(-1) as RunState;
        for (const [at, { lanes }] of phasesOf(run).phases.entries()) {
          expect(lanes.map(({ node }) => node)).toEqual(NODES);
          expect(lanes.flatMap(({ scopes }) => scopes).sort()).toEqual(run.plan.program[at]?.map(({ scope }) => scope).sort());
        }
      }),
    );
  });
});
