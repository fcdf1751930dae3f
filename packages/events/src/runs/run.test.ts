import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionDocument } from '../definition/types.ts';
import { planRun, programOn } from './plan.ts';
import { applyRecord, due, failedPipeline, isStepRunning, replay, runningSteps, startRun, statusOf, stepsToRun } from './run.ts';
import { parseStepId } from './step-id.ts';
import type { Decision, RunPlan, RunRecord, RunState } from './types.ts';

const ID = '01993c5e-0000-7000-8000-000000000001';
const CLOCK = { bootId: 'boot', ms: 0 };
const AT = 'TIME';

const document: DefinitionDocument = {
  format: 1,
  cluster: 'payroll',
  entries: [
    { class: 'custom_event', name: 'tell', fields: { script: { cluster: '/scripts/tell' } } },
    {
      class: 'event',
      name: 'node_down',
      fields: {
        eventCommand: { cluster: '/scripts/node_down' },
        preEventCommand: { cluster: ['tell'] },
        postEventCommand: { cluster: ['tell'] },
        recoveryCommand: { cluster: '/scripts/recover' },
        recoveryCounter: { cluster: 1 },
      },
    },
  ],
};

const plan = (more: Partial<RunPlan> & { nodes?: string[] } = {}): RunPlan => {
  const { nodes = ['nodea'], ...facts } = more;
  const planned = planRun({
    id: ID,
    event: 'node_down',
    args: ['nodea'],
    eventClass: 'node',
    origin: { kind: 'person', name: 'anna' },
    drill: false,
    revision: { number: 1, hash: 'abc' },
    document,
    acceptedAt: AT,
    membership: { before: ['nodea'], after: ['nodea'] },
    program: programOn(nodes, 'node_down', ['nodea']),
    defaultTimeUntilWarning: 360,
    ...(facts.parent === undefined ? {} : { parent: facts.parent }),
  });
  return { ...planned, ...facts };
};

const started = (step: string): RunRecord => ({ kind: 'started', at: AT, step, clock: CLOCK });
const finished = (step: string, status: number): RunRecord => ({
  kind: 'finished',
  at: AT,
  step,
  result: { status, durationMs: 0, outputBytes: 0 },
});
const interrupted = (step: string): RunRecord => ({ kind: 'interrupted', at: AT, step, reason: 'launcher_died' });
const decided = (as: Decision): RunRecord => ({ kind: 'decided', at: AT, by: 'anna', as, cancelQueue: false, number: 1 });

const short = (id: string): string => id.slice(ID.length + 1);

/** Starts and ends every due step with the next status until nothing is due; the records in order. */
function play(run: RunState, statuses: number[]): { run: RunState; told: string[]; records: RunRecord[] } {
  const told: string[] = [];
  const records: RunRecord[] = [];
  const left = [...statuses];
  let now = run;
  for (let [next] = due(now); next; [next] = due(now)) {
    const status = left.shift() ?? 0;
    told.push(`${short(next.id)} ${status}`);
    for (const record of [started(next.id), finished(next.id, status)]) {
      records.push(record);
      now = applyRecord(now, record);
    }
  }
  return { run: now, told, records };
}

describe('a run', () => {
  it('names each step by its path and counts attempts', () => {
    const { run, told } = play(startRun(plan()), [0, 1, 0, 0]);
    expect(told).toEqual([
      '1/nodea/pre_event.1/1 0',
      '1/nodea/event/1 1',
      '1/nodea/recovery/1 0',
      '1/nodea/event/2 0',
      '1/nodea/post_event.1/1 0',
    ]);
    expect([run.state, run.outcome, statusOf(run)]).toEqual(['ended', 'succeeded', 0]);
  });

  it('waits for a decision once it has failed', () => {
    const { run } = play(startRun(plan()), [0, 1, 1]);
    expect([run.state, run.outcome, statusOf(run)]).toEqual(['awaiting_decision', 'failed', 1]);
    expect(due(run)).toEqual([]);
    expect(failedPipeline(run)?.planned.node).toBe('nodea');
  });

  it('does not wait when it is a child: its failure is recorded and raises nothing', () => {
    const { run, told } = play(startRun(plan({ parent: 'another' })), [0, 1]);
    expect(told).toEqual(['1/nodea/pre_event.1/1 0', '1/nodea/event/1 1', '1/nodea/post_event.1/1 0']);
    expect([run.state, run.outcome]).toEqual(['ended', 'failed']);
  });

  it('lets the other nodes of a phase end before it waits', () => {
    const both = startRun(plan({ nodes: ['nodea', 'nodeb'] }));
    expect(due(both).map(({ id }) => short(id))).toEqual(['1/nodea/pre_event.1/1', '1/nodeb/pre_event.1/1']);
    const { run, told } = play(both, [0, 1, 1]);
    expect(told.at(-1)).toBe('1/nodeb/post_event.1/1 0');
    expect(run.state).toBe('awaiting_decision');
  });

  describe('recovered from script failure', () => {
    const failed = play(startRun(plan()), [0, 4, 1]).run;

    it('skip keeps the rest as a list', () => {
      const run = applyRecord(failed, decided('skip'));
      expect([run.state, run.outcome]).toEqual(['ended', 'failed']);
      expect(run.skipped).toEqual([{ node: 'nodea', event: 'node_down', key: 'event', command: '/scripts/node_down' }]);
    });

    it('succeeded lets the run go on', () => {
      const run = applyRecord(failed, decided('succeeded'));
      expect([run.state, run.outcome, statusOf(run)]).toEqual(['ended', 'succeeded', 0]);
    });

    it('again runs the failed step as its next attempt, then what follows it, with its retries', () => {
      const { run, told } = play(applyRecord(failed, decided('again')), [3, 0, 0]);
      expect(told).toEqual(['1/nodea/event/2 3', '1/nodea/recovery/2 0', '1/nodea/event/3 0', '1/nodea/post_event.1/2 0']);
      expect([run.state, run.outcome]).toEqual(['ended', 'succeeded']);
    });
  });

  describe('with an interrupted step', () => {
    const [pre] = due(startRun(plan()));
    const lost = [started(pre?.id as string), interrupted(pre?.id as string)].reduce(applyRecord, startRun(plan()));

    it('waits, and starts nothing', () => {
      expect([lost.state, lost.outcome]).toEqual(['awaiting_decision', 'interrupted']);
      expect(due(lost)).toEqual([]);
      expect(runningSteps(lost)).toEqual([]);
    });

    it('skip lists it first', () => {
      expect(applyRecord(lost, decided('skip')).skipped.map(({ key }) => key)).toEqual(['pre_event.1', 'event', 'post_event.1']);
    });

    it('succeeded goes on behind it, again runs it as its next attempt', () => {
      expect(play(applyRecord(lost, decided('succeeded')), []).told).toEqual(['1/nodea/event/1 0', '1/nodea/post_event.1/1 0']);
      expect(play(applyRecord(lost, decided('again')), []).told[0]).toBe('1/nodea/pre_event.1/2 0');
    });

    it('takes a result that comes after all', () => {
      expect(lost.pipelines[`${ID}/1/nodea`]?.running?.id).toBe(pre?.id);
    });
  });

  describe('with a sub-event', () => {
    const event = `${ID}/1/nodea/event/1`;
    const scope = `${event}/1.start_server`;
    const calling = [
      started(`${ID}/1/nodea/pre_event.1/1`),
      finished(`${ID}/1/nodea/pre_event.1/1`, 0),
      started(event),
      {
        kind: 'sub_event' as const,
        at: AT,
        caller: event,
        pipeline: {
          scope,
          node: 'nodea',
          event: 'start_server',
          args: ['db'],
          expectedStatus: 0,
          steps: [{ kind: 'event' as const, key: 'event' }],
          recoveryCounter: 0,
          failOnPrePost: false,
        },
      },
    ].reduce<RunState>((run, record) => applyRecord(run, record as RunRecord), startRun(plan()));

    it('starts its steps while the caller runs', () => {
      expect(due(calling).map(({ id }) => short(id))).toEqual(['1/nodea/event/1/1.start_server/event/1']);
      expect(parseStepId(`${scope}/event/1`)?.steps).toEqual([
        { key: 'event', attempt: 1 },
        { subEvent: { call: 1, event: 'start_server' }, key: 'event', attempt: 1 },
      ]);
    });

    it('starts nothing for a caller that has ended', () => {
      const orphan = applyRecord(calling, finished(event, 0));
      expect(due(orphan).map(({ id }) => short(id))).toEqual(['1/nodea/post_event.1/1']);
    });

    it('gives its failure to the caller and nowhere else', () => {
      const run = [started(`${scope}/event/1`), finished(`${scope}/event/1`, 7), finished(event, 0)].reduce(applyRecord, calling);
      expect(play(run, []).run.outcome).toBe('succeeded');
    });
  });

  it('aborts what runs, and nothing else', () => {
    const step = `${ID}/1/nodea/pre_event.1/1`;
    const aborting = [started(step), { kind: 'abort' as const, at: AT, by: 'anna' }, finished(step, 143)].reduce<RunState>(
      (run, record) => applyRecord(run, record as RunRecord),
      startRun(plan()),
    );
    const { run, told } = play(aborting, []);
    expect(told).toEqual(['1/nodea/post_event.1/1 0']);
    expect([run.state, run.outcome, statusOf(run)]).toEqual(['awaiting_decision', 'aborted', 143]);
    expect(applyRecord(run, decided('skip')).skipped.map(({ key }) => key)).toEqual(['pre_event.1', 'event']);
    expect(play(applyRecord(run, decided('succeeded')), []).told).toEqual(['1/nodea/event/1 0', '1/nodea/post_event.1/2 0']);
  });

  it('is the same run when its journal is replayed up to any point', () => {
    const anyStatus = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(
        fc.array(anyStatus, { maxLength: 12 }),
        fc.constantFrom<Decision>('skip', 'succeeded', 'again'),
        fc.nat(40),
        (statuses, as, cut) => {
          const first = play(startRun(plan({ nodes: ['nodea', 'nodeb'] })), statuses);
          const records: RunRecord[] = [
            { kind: 'planned', at: AT, plan: first.run.plan, clock: CLOCK },
            ...first.records,
            decided(as),
          ];
          const upTo = records.slice(0, 1 + cut);
          const live = upTo.slice(1).reduce(applyRecord, startRun(first.run.plan));
          expect(replay(upTo)).toEqual(live);
          expect(replay(JSON.parse(JSON.stringify(upTo)) as RunRecord[])).toEqual(live);
          for (const id of runningSteps(live)) expect(isStepRunning(live, id)).toBe(true);
          if (live.state === 'ended') expect(stepsToRun(live)).toEqual([]);
        },
      ),
    );
  });
});
