import { expect, it } from 'vitest';
import { step } from '../../test/fixtures.ts';
import { decisionOf, failedStep } from './decision-words.ts';

const failed = step('1/nodea/event/1', { status: 3, command: '/opt/ha/down' });
const run = {
  event: 'node_down',
  steps: [failed],
  toRun: [{ node: 'nodea', event: 'node_down', key: 'post_event.1', customEvent: 'start_app', command: '/opt/ha/start_app' }],
  failure: { node: 'nodea', sentence: 'It failed.' },
  lost: [],
};
const EVENT = { where: 'nodea', what: 'node_down, event', command: '/opt/ha/down' };
const POST = { where: 'nodea', what: 'node_down, post-event start_app', command: '/opt/ha/start_app' };

it('says what each decision would do', () => {
  expect(decisionOf(run, 'skip')).toEqual({
    label: 'Skip the rest',
    says: 'The event ends here. What was still to run is kept as a list of skipped steps, to do by hand; then the next queued event runs.',
    stepsAre: 'Not done, and yours to do by hand, would be:',
    steps: [EVENT, POST],
  });
  expect(decisionOf(run, 'succeeded')).toEqual({
    label: 'Count it as succeeded',
    says: 'For when the work was done, by the script or by you: the event of node_down on nodea counts as succeeded, and the event goes on with its next step.',
    stepsAre: 'It would go on with:',
    steps: [POST],
  });
  expect(decisionOf(run, 'again')).toEqual({
    label: 'Run it again',
    says: 'For when the cause is mended: the event of node_down on nodea runs once more, and the steps behind it after it.',
    stepsAre: 'It would run:',
    steps: [EVENT, POST],
  });
});

it('does not promise to run again on a node that was lost what failed there', () => {
  const toRun = [...run.toRun, { node: 'nodeb', event: 'node_down_complete', key: 'event' }];
  expect(decisionOf({ ...run, toRun, lost: [{ node: 'nodea', at: '' }] }, 'again')).toEqual({
    label: 'Go on without nodea',
    says: 'nodea was lost after the event of node_down on nodea had failed, so it cannot run once more: the event goes on on the other nodes.',
    stepsAre: 'It would go on with:',
    steps: [{ where: 'nodeb', what: 'node_down_complete, event', command: 'built-in' }],
  });
});

it('has words for a failure whose step is not known', () => {
  expect(decisionOf({ ...run, steps: [], failure: undefined }, 'again').says).toBe(
    'For when the cause is mended: the failed step of node_down runs once more, and the steps behind it after it.',
  );
});

it('finds the step that failed among attempts, sub-events and what ran behind it', () => {
  const again = step('1/nodea/event/2', { status: 3, command: '/opt/ha/down' });
  const post = step('1/nodea/post_event.1/1', { kind: 'post_event', status: 1, command: '/opt/ha/start_app' });
  const sub = step('1/nodea/event/2/1.stop_server/event/1', { status: 3 });
  const tried = { ...run, steps: [failed, again, sub, post], toRun: [] };
  expect(failedStep(tried)).toBe(again);
  expect(decisionOf(tried, 'again').steps).toEqual([EVENT, { ...POST, what: 'node_down, post-event 1' }]);
  expect(failedStep({ ...tried, failure: { ...run.failure, step: post.id } })).toBe(post);
});

it('says that a failed pre-event has left out what stood behind it', () => {
  const pre = step('1/nodea/pre_event.1/1', { kind: 'pre_event', status: 1, command: '/opt/ha/stop_app' });
  expect(decisionOf({ ...run, steps: [pre], toRun: [] }, 'succeeded').stepsAre).toBe(
    'It would go on with what was left out behind the pre-event, and:',
  );
});
