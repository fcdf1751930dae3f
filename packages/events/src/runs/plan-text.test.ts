import { describe, expect, it } from 'vitest';
import { planRun, programOn } from './plan.ts';
import { canonicalPlan } from './plan-text.ts';
import type { RunPlan } from './types.ts';

const plan = (id: string, notify: string, by = 'anna'): RunPlan =>
  planRun({
    id,
    event: 'node_up',
    args: ['nodea'],
    eventClass: 'node',
    origin: { kind: 'person', name: by },
    drill: false,
    revision: { number: 3, hash: 'abc' },
    document: {
      format: 1,
      cluster: 'payroll',
      entries: [{ class: 'event', name: 'node_up', fields: { notifyCommand: { cluster: notify } } }],
    },
    acceptedAt: `at ${id}`,
    membership: { before: ['nodea'], after: ['nodea'] },
    program: programOn(['nodea'], 'node_up', ['nodea']),
    defaultTimeUntilWarning: 360,
  });

describe('the text of a plan', () => {
  it('is the same whoever asks, and whenever', () => {
    expect(canonicalPlan(plan('one', '/opt/notify'))).toBe(canonicalPlan(plan('two', '/opt/notify', 'bert')));
  });

  it('is another one when a step is', () => {
    expect(canonicalPlan(plan('one', '/opt/notify'))).not.toBe(canonicalPlan(plan('one', '/opt/other')));
  });

  it('names revision, event, nodes and steps', () => {
    expect(JSON.parse(canonicalPlan(plan('one', '/opt/notify')))).toEqual({
      args: ['nodea'],
      cluster: 'payroll',
      event: 'node_up',
      membership: { after: ['nodea'], before: ['nodea'] },
      program: [
        [
          {
            args: ['nodea'],
            event: 'node_up',
            expectedStatus: 0,
            failOnPrePost: false,
            node: 'nodea',
            recoveryCounter: 0,
            steps: [
              { command: '/opt/notify', key: 'notify_start', kind: 'notify_start' },
              { key: 'event', kind: 'event' },
              { command: '/opt/notify', key: 'notify_complete', kind: 'notify_complete' },
            ],
            timeUntilWarning: 360,
          },
        ],
      ],
      revision: { hash: 'abc', number: 3 },
    });
  });
});
