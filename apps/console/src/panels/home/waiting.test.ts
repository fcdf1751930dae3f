import { describe, expect, it } from 'vitest';
import { cluster, notExecutable, RUN, runSummary, verificationResult } from '../../test/fixtures.ts';
import { waitingForMe } from './waiting.ts';

const synchronised = { changes: [], changeCount: 0, exampleLoadable: false };

describe('what waits for a person', () => {
  it('is nothing while the cluster is stable', () => {
    expect(waitingForMe(cluster(), synchronised, {})).toEqual([]);
  });

  it('is a node that is UNHEALTHY, or a component that is not started; not what is well', () => {
    const health = { node: 'nodea', component: 'legacy', mode: 'driven' as const, isTrouble: false };
    const state = cluster({
      health: [
        { ...health, state: 'healthy', sentence: 'Node nodea is healthy in component legacy.' },
        {
          ...health,
          state: 'unhealthy',
          isTrouble: true,
          since: '2026-11-23T14:22:10.000Z',
          sentence: 'Node nodea is UNHEALTHY.',
        },
        { ...health, node: 'nodeb', state: 'unknown', isTrouble: true, sentence: 'The component of nodeb is not started.' },
      ],
    });
    expect(waitingForMe(state, synchronised, {})).toEqual([
      {
        level: 'warning',
        sentence: 'Node nodea is UNHEALTHY.',
        detail: expect.stringMatching(/^Since .*10\.$/),
        to: { path: '/smit/cm_component/legacy', label: 'Look at the component legacy' },
      },
      { level: 'warning', sentence: 'The component of nodeb is not started.' },
    ]);
  });

  it('is a script failure before all else, then troubles, events that take long, and the draft', () => {
    const late = runSummary({ event: 'start_server', args: [], state: 'running', outcome: undefined, warnings: 2 });
    const state = cluster({
      state: 'RP_FAILED',
      running: runSummary({ state: 'awaiting_decision', outcome: 'failed' }),
      beside: [late],
      troubles: [{ code: 'log_not_writable', sentence: 'hacmp.out cannot be written.' }],
    });
    const change = { class: 'event', name: 'node_up', kind: 'changed' as const, fields: ['notifyCommand'] };
    expect(waitingForMe(state, { ...synchronised, changes: [change], changeCount: 1 }, {})).toEqual([
      {
        level: 'danger',
        sentence: 'A script failed: the cluster does not fail over.',
        detail: 'node_down nodea waits for your decision, and nothing further is started.',
        to: { path: '/smit/cm_recover', label: 'Recover from script failure' },
        run: { path: `/runs/${RUN}`, label: 'See what failed in node_down nodea' },
      },
      { level: 'warning', sentence: 'hacmp.out cannot be written.' },
      {
        level: 'warning',
        sentence: 'start_server takes longer than its time until warning: 2 warnings so far.',
        to: { path: `/runs/${RUN}`, label: 'See what it does' },
      },
      {
        level: 'info',
        sentence: '1 change of the draft is not used yet.',
        to: { path: '/smit/cm_synchronise', label: 'Look at the draft and synchronise it' },
      },
    ]);
  });

  it('is what verification found, also by itself: the errors of what is active, and those that keep the draft', () => {
    const error = notExecutable();
    const found = verificationResult({ of: 'active', automatic: true, findings: [error], at: '2026-11-22T00:00:02.000' });
    const draft = verificationResult({ findings: [error] });
    expect(waitingForMe(cluster(), { ...synchronised, changeCount: 2 }, { active: found, draft })).toEqual([
      {
        level: 'warning',
        sentence: 'Automatic verification of what is active found 1 error.',
        detail: 'Nov 22 00:00:02: /opt/ha/page is not executable on nodea. Make it so with chmod.',
        to: { path: '/smit/cm_synchronise#verification-active', label: 'See what it found' },
      },
      {
        level: 'info',
        sentence: '2 changes of the draft are not used yet.',
        detail: 'Verification of the draft found 1 error.',
        to: { path: '/smit/cm_synchronise', label: 'Look at the draft and synchronise it' },
      },
    ]);
    expect(waitingForMe(cluster(), synchronised, { active: { ...found, upToDate: false } })).toEqual([]);
    expect(waitingForMe(cluster(), synchronised, { active: verificationResult() })).toEqual([]);
  });

  it('says when a step was interrupted', () => {
    const running = runSummary({ state: 'awaiting_decision', outcome: 'interrupted' });
    expect(waitingForMe(cluster({ state: 'RP_FAILED', running }), undefined, undefined)[0]?.sentence).toBe(
      'A step was interrupted: the cluster does not fail over.',
    );
  });
});
