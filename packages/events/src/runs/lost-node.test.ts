import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionDocument } from '../definition/types.ts';
import { failureSentence } from '../wording/run.ts';
import { planRun, programOn } from './plan.ts';
import { recordKey } from './record-key.ts';
import {
  applyRecord,
  awaitedDecision,
  due,
  lostParticipants,
  needsEventError,
  runningSteps,
  startRun,
  stepsToRun,
  warnedPipelines,
} from './run.ts';
import { parseStepId } from './step-id.ts';
import type { Decision, RunPlan, RunRecord, RunState } from './types.ts';

const ID = '01993c5e-0000-7000-8000-000000000001';
const AT = 'TIME';
const clock = { bootId: 'boot', ms: 0 };
const NODES = ['nodea', 'nodeb', 'nodec'];
const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/scripts/tell' } } },
    { class: 'event', name: 'network_up', fields: { preEventCommand: { cluster: ['tell'] } } },
  ],
};

/** Two phases with a barrier between: network_up, then network_up_complete, on all nodes. */
const plan = (more: Partial<RunPlan> = {}): RunPlan => ({
  ...planRun({
    id: ID,
    event: 'network_up',
    args: ['-1', 'net1'],
    eventClass: 'network',
    origin: { kind: 'cluster_manager', name: 'membership' },
    drill: false,
    revision: { number: 1, hash: 'abc' },
    document,
    acceptedAt: AT,
    membership: { before: NODES, after: NODES },
    program: [...programOn(NODES, 'network_up', ['-1', 'net1']), ...programOn(NODES, 'network_up_complete', ['-1', 'net1'])],
    defaultTimeUntilWarning: 180,
  }),
  participants: NODES.map((node, index) => ({ node, membership: index + 10 })),
  ...more,
});

const started = (step: string): RunRecord => ({ kind: 'started', at: AT, step, clock });
const finished = (step: string, status = 0): RunRecord => ({
  kind: 'finished',
  at: AT,
  step,
  result: { status, durationMs: 0, outputBytes: 0 },
});
const lost = (node: string): RunRecord => ({ kind: 'lost', at: AT, node });
const of = (node: string, phase: number, key: string): string => `${ID}/${phase}/${node}/${key}/1`;
const after = (run: RunState, ...records: RunRecord[]): RunState => records.reduce(applyRecord, run);
const runsStep = (node: string, phase: number, key: string, status = 0): RunRecord[] => [
  started(of(node, phase, key)),
  finished(of(node, phase, key), status),
];
const runsPhase = (node: string, phase: number, status = 0): RunRecord[] =>
  phase === 1 ? [...runsStep(node, 1, 'pre_event.1'), ...runsStep(node, 1, 'event', status)] : runsStep(node, 2, 'event', status);
/** A node that was lost starts nothing in this run any more. */
const onLiving = (run: RunState, steps: string[]): string[] =>
  steps.filter((step) => !run.lost.some(({ node }) => node === parseStepId(step)?.node));
const dueOn = (run: RunState): string[] => due(run).map(({ id }) => id);

describe('a run on many nodes', () => {
  it('has a barrier between its phases: nobody goes on before all have come', () => {
    const run = after(startRun(plan()), ...runsPhase('nodea', 1), ...runsPhase('nodeb', 1));
    expect(dueOn(run)).toEqual([of('nodec', 1, 'pre_event.1')]);
    expect(dueOn(after(run, ...runsPhase('nodec', 1)))).toEqual(NODES.map((node) => of(node, 2, 'event')));
  });

  it('does not wait for a node that was lost, which is neither success nor failure, and gives it no part in what comes', () => {
    const run = after(
      startRun(plan()),
      ...runsPhase('nodea', 1),
      ...runsPhase('nodeb', 1),
      started(of('nodec', 1, 'pre_event.1')),
    );
    const without = after(run, lost('nodec'));
    expect(without.lost).toEqual([{ node: 'nodec', at: AT }]);
    expect(runningSteps(without)).toEqual([]);
    expect(dueOn(without)).toEqual([of('nodea', 2, 'event'), of('nodeb', 2, 'event')]);
    expect(stepsToRun(without).map(({ node }) => node)).toEqual(['nodea', 'nodeb']);
    expect(after(without, ...runsPhase('nodea', 2), ...runsPhase('nodeb', 2))).toMatchObject({
      state: 'ended',
      outcome: 'succeeded',
    });
  });

  it('warns where it still runs, not where others are waited for, nor a node that was lost; while it waits for a person, everywhere', () => {
    const warned = (run: RunState) => warnedPipelines(run).map(({ planned }) => planned.node);
    const begun = startRun(plan());
    expect(warned(begun)).toEqual(NODES);
    const waits = after(begun, ...runsPhase('nodea', 1), started(of('nodeb', 1, 'pre_event.1')));
    expect(warned(waits)).toEqual(['nodeb', 'nodec']);
    expect(warned(after(waits, lost('nodeb')))).toEqual(['nodec']);
    const failed = after(begun, ...runsPhase('nodea', 1), ...runsPhase('nodeb', 1), ...runsPhase('nodec', 1, 3));
    expect(failed.state).toBe('awaiting_decision');
    expect(warned(failed)).toEqual(NODES);
    expect(warned(after(begun, ...[1, 2].flatMap((phase) => NODES.flatMap((node) => runsPhase(node, phase)))))).toEqual([]);
  });

  it('says of all nodes on which it failed how it did', () => {
    const begun = startRun(plan());
    expect(failureSentence(begun)).toBeUndefined();
    const two = after(begun, ...runsPhase('nodea', 1), ...runsPhase('nodeb', 1, 3), ...runsPhase('nodec', 1, 3));
    expect(failureSentence(two)).toBe('The event command of network_up -1 net1 ended with status 3 on nodeb and nodec.');
    const otherwise = after(begun, ...runsPhase('nodea', 1), ...runsPhase('nodeb', 1, 3), ...runsPhase('nodec', 1, 4));
    expect(failureSentence(otherwise)).toBe(
      'The event command of network_up -1 net1 ended with status 3 on nodeb. The event command of network_up -1 net1 ended with status 4 on nodec.',
    );
  });

  it('waits for one decision after the other, whoever is lost meanwhile', () => {
    const fails = [...runsPhase('nodea', 1), ...runsPhase('nodeb', 1), ...runsPhase('nodec', 1, 3)];
    const failed = after(startRun(plan()), ...fails);
    expect([startRun(plan()), failed].map(awaitedDecision)).toEqual([undefined, 1]);
    expect([lost('nodea'), lost('nodec')].map((record) => awaitedDecision(after(failed, record)))).toEqual([1, 1]);
    const again = after(failed, { kind: 'decided', at: AT, by: 'anna', as: 'again', cancelQueue: false, number: 1 });
    const step = `${ID}/1/nodec/event/2`;
    expect([again, after(again, started(step), finished(step, 3))].map(awaitedDecision)).toEqual([undefined, 2]);
  });

  it('shows what a node publishes after it was lost, and decides nothing by it', () => {
    const run = after(startRun(plan()), started(of('nodec', 1, 'pre_event.1')), lost('nodec'));
    expect(after(run, finished(of('nodec', 1, 'pre_event.1'), 1), started(of('nodec', 1, 'event')))).toEqual(run);
  });

  it('keeps what a node finished before it was lost: a failure stays one', () => {
    const run = after(
      startRun(plan()),
      ...runsPhase('nodec', 1, 3),
      lost('nodec'),
      ...runsPhase('nodea', 1),
      ...runsPhase('nodeb', 1),
    );
    expect(run).toMatchObject({ state: 'awaiting_decision', outcome: 'failed' });
  });

  it('leaves out a node that failed and was lost when the failed step is to be done again', () => {
    const failedFirst = after(startRun(plan()), ...runsPhase('nodec', 1, 3));
    const failed = after(failedFirst, ...runsPhase('nodea', 1), ...runsPhase('nodeb', 1), lost('nodec'));
    expect(failed.state).toBe('awaiting_decision');
    const decided = after(failed, { kind: 'decided', at: AT, by: 'anna', as: 'again', cancelQueue: false, number: 1 });
    expect(dueOn(decided)).toEqual([of('nodea', 2, 'event'), of('nodeb', 2, 'event')]);
  });

  it('keeps what a person says of a node that had failed at its last step before it was lost', () => {
    const failed = after(
      startRun(plan()),
      ...NODES.flatMap((node) => runsPhase(node, 1, node === 'nodec' ? 3 : 0)),
      lost('nodec'),
    );
    const decided = after(failed, { kind: 'decided', at: AT, by: 'anna', as: 'succeeded', cancelQueue: false, number: 1 });
    expect(decided.pipelines[`${ID}/1/nodec`]).toMatchObject({ status: 0 });
    expect(dueOn(decided)).toEqual([of('nodea', 2, 'event'), of('nodeb', 2, 'event')]);
  });

  it('never stands still, whatever fails, is interrupted, lost and decided', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (choices) => {
        const next = (from: number): number => ((choices.next().value as number) % from) as number;
        let run = startRun(plan());
        let decisions = 0;
        for (let turn = 0; run.state !== 'ended' && turn < 400; turn += 1) {
          if (run.state === 'awaiting_decision') {
            // Somebody who always does it again may do so for ever.
            const as = (['again', 'succeeded', 'skip'] as const)[decisions > 20 ? 2 : next(2)] as Decision;
            run = applyRecord(run, { kind: 'decided', at: AT, by: 'anna', as, cancelQueue: false, number: ++decisions });
            continue;
          }
          const open: RunRecord[] = [
            ...onLiving(run, dueOn(run)).map(started),
            ...runningSteps(run).map((step) => finished(step, next(4) === 0 ? 1 : 0)),
            ...(next(8) === 0
              ? runningSteps(run).map(
                  (step): RunRecord => ({ kind: 'interrupted', at: AT, step, reason: 'cluster_manager_died' }),
                )
              : []),
          ];
          expect(open).not.toEqual([]);
          const dies = NODES[next(NODES.length)] as string;
          run = applyRecord(run, next(10) === 0 ? lost(dies) : (open[next(open.length)] as RunRecord));
        }
        expect(run.state).toBe('ended');
      }),
      { numRuns: 500 },
    );
  });

  it('ends well when all are lost but those who have done their part', () => {
    const run = after(startRun(plan()), ...runsPhase('nodea', 1), lost('nodeb'), lost('nodec'), ...runsPhase('nodea', 2));
    expect(run.state).toBe('ended');
  });

  it('is done when nobody is left: the cluster that comes back begins with node_up', () => {
    expect(after(startRun(plan()), lost('nodea'), lost('nodeb'), lost('nodec'))).toMatchObject({
      state: 'ended',
      outcome: 'succeeded',
    });
  });

  it('knows who has left by the number of the membership: a node that came back is another one', () => {
    const run = startRun(plan());
    const members = (...numbers: [string, number][]) => lostParticipants(run, new Map(numbers)).map(({ node }) => node);
    expect(members(['nodea', 10], ['nodeb', 11], ['nodec', 12])).toEqual([]);
    expect(members(['nodea', 10], ['nodec', 99])).toEqual(['nodeb', 'nodec']);
    expect(
      lostParticipants(
        after(run, lost('nodeb')),
        new Map([
          ['nodea', 10],
          ['nodec', 12],
        ]),
      ),
    ).toEqual([]);
    expect(lostParticipants(startRun({ ...plan(), participants: [] }), new Map())).toEqual([]);
  });

  it('raises event_error once for a failure, and again when the decision on it has failed', () => {
    const failed = after(startRun(plan()), ...runsPhase('nodea', 1, 1), ...runsPhase('nodeb', 1), ...runsPhase('nodec', 1));
    expect(needsEventError(failed)).toBe(true);
    const raised = after(failed, { kind: 'child', at: AT, run: 'child', event: 'event_error' });
    expect(needsEventError(raised)).toBe(false);
    const again = after(raised, { kind: 'decided', at: AT, by: 'anna', as: 'again', cancelQueue: false, number: 1 });
    expect(needsEventError(again)).toBe(false);
    const retried = `${ID}/1/nodea/event/2`;
    expect(needsEventError(after(again, started(retried), finished(retried, 1)))).toBe(true);
  });

  it('stands at the same place for every node, in whatever order the nodes have come to the store', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), fc.option(fc.constantFrom(...NODES)), (choices, dies) => {
        const next = (from: number): number => ((choices.next().value as number) % from) as number;
        let run = startRun(plan());
        const log: RunRecord[] = [];
        let killAt = dies === null ? -1 : next(12);
        for (let turn = 0; run.state === 'running' && turn < 100; turn += 1) {
          const open = [...dueOn(run).map(started), ...runningSteps(run).map((step) => finished(step))];
          const choice = dies !== null && killAt-- === 0 ? lost(dies) : open[next(open.length)];
          if (choice === undefined) break;
          log.push(choice);
          run = applyRecord(run, choice);
        }
        expect(run.state).toBe('ended');
        expect(log.reduce(applyRecord, startRun(plan()))).toEqual(run);
        expect(new Set(log.map(recordKey)).size).toBe(log.length);
        // Nobody has begun the second phase while somebody had to do something in the first.
        const firstOfPhase2 = log.findIndex((record) => record.kind === 'started' && parseStepId(record.step)?.phase === '2');
        const lateOfPhase1 = log.findLastIndex(
          (record) => 'step' in record && record.step !== undefined && parseStepId(record.step)?.phase === '1',
        );
        expect(firstOfPhase2).toBeGreaterThan(0);
        expect(lateOfPhase1).toBeLessThan(firstOfPhase2);
      }),
      { numRuns: 300 },
    );
  });
});
