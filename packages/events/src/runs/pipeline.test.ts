import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionDocument, EventCustomization } from '../definition/types.ts';
import { advance, claim, decide, hasSucceeded, startPipeline, unfinished } from './pipeline.ts';
import { planPipeline } from './plan.ts';
import { stepId } from './step-id.ts';
import type { ExpectedStatus, PipelineState } from './types.ts';

const SCOPE = '01993c5e-0000-7000-8000-000000000001/1/nodea';

const script = (name: string) => ({ class: 'custom_event' as const, name, fields: { script: { cluster: `/scripts/${name}` } } });

const customised = (fields: EventCustomization): DefinitionDocument => ({
  format: 1,
  cluster: 'payroll',
  entries: [script('warn_users'), script('stop_batch'), script('tell'), { class: 'event', name: 'node_down', fields }],
});

const FULL: EventCustomization = {
  eventCommand: { cluster: '/scripts/node_down' },
  notifyCommand: { cluster: '/scripts/notify' },
  preEventCommand: { cluster: ['warn_users', 'stop_batch'] },
  postEventCommand: { cluster: ['tell', 'warn_users'] },
  recoveryCommand: { cluster: '/scripts/recover' },
  recoveryCounter: { cluster: 1 },
};

function nodeDown(fields: EventCustomization, expectedStatus: ExpectedStatus = 0, args = ['nodea']): PipelineState {
  return startPipeline(
    planPipeline({ scope: SCOPE, node: 'nodea', event: 'node_down', args, expectedStatus, document: customised(fields) }),
  );
}

const start = (pipeline: PipelineState): PipelineState => {
  const [step] = pipeline.left;
  return step ? claim(pipeline, stepId(SCOPE, step.key, (pipeline.attempts[step.key] ?? 0) + 1)) : pipeline;
};

/** A full pathname that a recovery program names. */
const named = (expectedStatus: ExpectedStatus): PipelineState =>
  startPipeline(
    planPipeline({
      ...{ scope: SCOPE, node: 'nodea', event: 'node_down', args: ['nodea'], expectedStatus, document: customised(FULL) },
      named: { path: '/scripts/route', number: 2 },
    }),
  );

/** One line a step, each ending with the next of the given exit statuses; then STATUS and whether the event succeeded. */
function story(pipeline: PipelineState, exitStatuses: number[]): string[] {
  const running = start(pipeline);
  if (!running.running) return [`status ${pipeline.status} ${hasSucceeded(pipeline) ? 'succeeded' : 'failed'}`];
  const [exitStatus = 0, ...later] = exitStatuses;
  return [`${running.running.step.key} ${exitStatus}`, ...story(advance(running, exitStatus), later)];
}

describe('the event pipeline', () => {
  it('runs notify, pre-events, the event command, post-events and notify, in listed order', () => {
    expect(story(nodeDown(FULL), [])).toEqual([
      'notify_start 0',
      'pre_event.1 0',
      'pre_event.2 0',
      'event 0',
      'post_event.1 0',
      'post_event.2 0',
      'notify_complete 0',
      'status 0 succeeded',
    ]);
  });

  it('runs only the built-in event command when nothing is customised', () => {
    expect(story(nodeDown({}), [])).toEqual(['event 0', 'status 0 succeeded']);
  });

  it('records a failing notify, pre- or post-event without failing the event', () => {
    expect(story(nodeDown(FULL), [9, 8, 7, 0, 6, 5, 4])).toEqual([
      'notify_start 9',
      'pre_event.1 8',
      'pre_event.2 7',
      'event 0',
      'post_event.1 6',
      'post_event.2 5',
      'notify_complete 4',
      'status 0 succeeded',
    ]);
  });

  it('runs the event command again once the recovery command has succeeded', () => {
    expect(story(nodeDown(FULL), [0, 0, 0, 1, 0, 0])).toEqual([
      'notify_start 0',
      'pre_event.1 0',
      'pre_event.2 0',
      'event 1',
      'recovery 0',
      'event 0',
      'post_event.1 0',
      'post_event.2 0',
      'notify_complete 0',
      'status 0 succeeded',
    ]);
  });

  it('ends the retries when the recovery command fails, and still tells the post-events', () => {
    expect(story(nodeDown(FULL), [0, 0, 0, 3, 9])).toEqual([
      'notify_start 0',
      'pre_event.1 0',
      'pre_event.2 0',
      'event 3',
      'recovery 9',
      'post_event.1 0',
      'post_event.2 0',
      'notify_complete 0',
      'status 3 failed',
    ]);
  });

  it('runs the recovery command no more often than the recovery counter', () => {
    const twice = { eventCommand: FULL.eventCommand, recoveryCommand: FULL.recoveryCommand, recoveryCounter: { cluster: 2 } };
    expect(story(nodeDown(twice as EventCustomization), [1, 0, 2, 0, 3])).toEqual([
      'event 1',
      'recovery 0',
      'event 2',
      'recovery 0',
      'event 3',
      'status 3 failed',
    ]);
  });

  it('never recovers with a counter of 0', () => {
    const none = { eventCommand: FULL.eventCommand, recoveryCommand: FULL.recoveryCommand };
    expect(story(nodeDown(none as EventCustomization), [1])).toEqual(['event 1', 'status 1 failed']);
  });

  describe('with Fail event if pre or post event fails', () => {
    const strict = { ...FULL, failOnPrePost: { cluster: true } };

    it('skips the later pre-events, the event command and its recovery after a failing pre-event', () => {
      expect(story(nodeDown(strict), [0, 5])).toEqual([
        'notify_start 0',
        'pre_event.1 5',
        'post_event.1 0',
        'post_event.2 0',
        'notify_complete 0',
        'status 5 failed',
      ]);
    });

    it('fails the event by a failing post-event, runs the later ones, and keeps the first status', () => {
      expect(story(nodeDown(strict), [0, 0, 0, 0, 6, 7])).toEqual([
        'notify_start 0',
        'pre_event.1 0',
        'pre_event.2 0',
        'event 0',
        'post_event.1 6',
        'post_event.2 7',
        'notify_complete 0',
        'status 6 failed',
      ]);
    });

    it("keeps the event command's status when that failed first", () => {
      expect(story(nodeDown({ ...strict, recoveryCounter: { cluster: 0 } }), [0, 0, 0, 2, 6]).at(-1)).toBe('status 2 failed');
    });
  });

  it('takes the expected status for success, without recovery', () => {
    expect(story(nodeDown(FULL, 3), [0, 0, 0, 3])).toEqual([
      'notify_start 0',
      'pre_event.1 0',
      'pre_event.2 0',
      'event 3',
      'post_event.1 0',
      'post_event.2 0',
      'notify_complete 0',
      'status 3 succeeded',
    ]);
    expect(story(nodeDown(FULL, 'X'), [0, 0, 0, 7]).at(-1)).toBe('status 7 succeeded');
  });

  it('runs nothing but the event command for node_down forced', () => {
    expect(story(nodeDown(FULL, 0, ['nodea', 'forced']), [])).toEqual(['event 0', 'status 0 succeeded']);
  });

  it('aborts without a retry, and tells the post-events', () => {
    const at = (pipeline: PipelineState, keys: number): PipelineState =>
      keys === 0 ? start(pipeline) : at(advance(start(pipeline), 0), keys - 1);
    const aborted = advance({ ...at(nodeDown(FULL), 3), aborting: true }, 143);
    expect(story(aborted, [])).toEqual(['post_event.1 0', 'post_event.2 0', 'notify_complete 0', 'status 143 failed']);
    const stubborn = advance({ ...at(nodeDown(FULL), 3), aborting: true }, 0);
    expect(story(stubborn, []).at(-1)).toBe('status 143 failed');
  });

  it('lists an aborted recovery as the event command still to do, once', () => {
    const failed = advance(start(nodeDown({ ...FULL, notifyCommand: {}, preEventCommand: {}, postEventCommand: {} })), 1);
    const aborted = advance({ ...start(failed), aborting: true }, 143);
    expect(aborted.status).toBe(1);
    expect(unfinished(aborted).map(({ key }) => key)).toEqual(['event']);
  });

  it('ends for any exit statuses, with an order that never varies', () => {
    const order = [
      'notify_start',
      'pre_event.1',
      'pre_event.2',
      'event',
      'recovery',
      'post_event.1',
      'post_event.2',
      'notify_complete',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        (statuses, counter, strict) => {
          const told = story(
            nodeDown({ ...FULL, recoveryCounter: { cluster: counter }, failOnPrePost: { cluster: strict } }),
            statuses,
          );
          const keys = told.slice(0, -1).map((line) => line.split(' ')[0] as string);
          const once = keys.filter((key) => key !== 'event' && key !== 'recovery');
          expect(new Set(once).size).toBe(once.length);
          expect(keys.filter((key) => key === 'recovery').length).toBeLessThanOrEqual(counter);
          const ranks = keys.map((key) => (key === 'recovery' ? order.indexOf('event') : order.indexOf(key)));
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          expect(keys.at(-1)).toBe('notify_complete');
        },
      ),
    );
  });
});

describe('a full pathname of a recovery program', () => {
  it('runs alone, whatever is customised on the event, and its expected status alone decides', () => {
    expect(story(named(3), [3])).toEqual(['command.2 3', 'status 3 succeeded']);
    expect(story(named(3), [0])).toEqual(['command.2 0', 'status 0 failed']);
    expect(story(named('X'), [9])).toEqual(['command.2 9', 'status 9 succeeded']);
  });

  it('is counted as succeeded, or run again, on a person’s word', () => {
    const failed = advance(start(named(3)), 1);
    expect(unfinished(failed).map(({ key }) => key)).toEqual(['command.2']);
    expect(hasSucceeded(decide(failed, 'succeeded'))).toBe(true);
    expect(story(decide(failed, 'again'), [3])).toEqual(['command.2 3', 'status 3 succeeded']);
    const interrupted = { ...start(named(3)), interrupted: true };
    expect(hasSucceeded(decide(interrupted, 'succeeded'))).toBe(true);
  });

  it('has not succeeded when a person has ended it, whatever it said', () => {
    const aborted = advance({ ...start(named(0)), aborting: true }, 0);
    expect([aborted.aborted, aborted.status, hasSucceeded(aborted)]).toEqual([true, 143, false]);
  });
});
