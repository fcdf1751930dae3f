import { describe, expect, it } from 'vitest';
import { expectedWords, onNodeWords, type RunRefusal, runRefusalSentence, stepWords } from './run.ts';

const SENTENCES: [RunRefusal, string][] = [
  [
    { code: 'already_decided', as: 'skip', by: 'ada' },
    'ada has just decided: the rest of the event is skipped. Nothing else was recorded; look at what comes of it.',
  ],
  [{ code: 'run_not_found', run: 'abc' }, 'There is no run abc. List the runs with: fallover query run'],
  [
    { code: 'step_not_running', step: 'abc' },
    'Step abc does not run: a sub-event is called by the script of a step that runs, which has FALLOVER_STEP in its environment.',
  ],
  [
    { code: 'nested_too_deep', step: 'abc', deepest: 16 },
    'Step abc is nested 16 sub-events deep already; no further sub-event is called.',
  ],
  [{ code: 'nothing_to_recover' }, 'No event has failed or was interrupted: there is nothing to recover from.'],
  [{ code: 'run_not_waiting', run: 'abc' }, 'Run abc does not wait for a decision.'],
  [{ code: 'nothing_to_abort', run: 'abc' }, 'Nothing of run abc is running now: there is nothing to abort.'],
  [{ code: 'not_interrupted', step: 'abc' }, 'Step abc was not interrupted: its processes are ended by aborting the run.'],
  [{ code: 'not_a_live_node', node: 'nodeb', live: ['nodea'] }, 'Node nodeb takes no part in the cluster now; only nodea does.'],
  [
    { code: 'not_a_live_node', node: 'nodec', live: ['nodea', 'nodeb'] },
    'Node nodec takes no part in the cluster now; these do: nodea and nodeb.',
  ],
  [{ code: 'not_a_live_node', node: 'nodec', live: [] }, 'Node nodec takes no part in the cluster now, and no other does.'],
  [
    { code: 'run_removed', run: 'abc', at: '2026-11-23T05:00:00.000Z' },
    'Run abc is not kept any longer: it was among the oldest, and its output and its records were removed by 2026-11-23T05:00:00.000Z. How much is kept, fallover start says with --keep-days and --keep-gb.',
  ],
  [
    { code: 'plan_changed', event: 'node_up' },
    'What node_up would run has changed since the plan was shown: somebody made another configuration active. Nothing was queued; look at the plan again.',
  ],
];

describe('what a request about a run is refused for', () => {
  it.each(SENTENCES)('is one sentence: %o', (refusal, sentence) => {
    expect(runRefusalSentence(refusal)).toBe(sentence);
  });
});

describe('a step in a sentence', () => {
  it('is its kind in words, with the custom event', () => {
    expect(stepWords({ kind: 'pre_event', customEvent: 'warn_users' })).toBe('pre-event warn_users');
    expect(stepWords({ kind: 'notify_complete' })).toBe('notify command');
  });
});

describe('the status of a step', () => {
  it('says what was expected where that is not 0', () => {
    expect([
      expectedWords({ status: 0 }),
      expectedWords({ status: 3, expectedStatus: 3 }),
      expectedWords({ status: 0, expectedStatus: 3 }),
      expectedWords({ status: 9, expectedStatus: 'X' }),
      expectedWords({ expectedStatus: 3 }),
    ]).toEqual(['', ', as expected', ', 3 expected', ', any is success', '']);
  });
});

describe('where an event runs', () => {
  it.each([
    [{ args: ['60', 'network_down'], node: 'nodec' }, ' on nodec'],
    [{ args: ['nodec', 'net1', 'ip1', 'ip2'], node: 'nodec' }, ''],
    [{ args: ['60', 'network_down'] }, ''],
  ])('%j: %j', (run, words) => expect(onNodeWords(run)).toBe(words));
});
