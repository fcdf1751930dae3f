import { getCluster, getRun, listRuns, recover } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { cluster, RUN, runSummary, runView } from '../../test/fixtures.ts';

const failed = runView({
  state: 'awaiting_decision',
  outcome: 'failed',
  status: 3,
  failure: { node: 'nodea', sentence: 'The event command of node_down nodea ended with status 3 on nodea.' },
  toRun: [{ node: 'nodea', event: 'node_down_complete', key: 'event' }],
});

describe('recovering from script failure', () => {
  it('shows what failed, takes the decision and lists the skipped steps', async () => {
    const { server, user } = openConsole('/smit/cm_recover', (server) => {
      server.answers(getCluster, () =>
        cluster({ state: 'RP_FAILED', queue: [runSummary({ event: 'node_up', state: 'queued', outcome: undefined })] }),
      );
      server.answers(listRuns, () => ({ runs: [runSummary({ state: 'awaiting_decision', outcome: 'failed' })], more: false }));
      server.answers(getRun, () => failed);
      server.answers(recover, () => ({
        run: RUN,
        skipped: [{ node: 'nodea', event: 'node_down_complete', key: 'event', command: '/opt/ha/complete' }],
        cancelled: ['x'],
      }));
    });
    expect(await screen.findByText('The event command of node_down nodea ended with status 3 on nodea.')).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Skip the rest/ }).checked).toBe(true);
    await user.click(screen.getByRole('radio', { name: /Run the step again/ }));
    await user.click(screen.getByRole('checkbox', { name: /Cancel the event that waits/ }));
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText(`fallover recover ${RUN} --as again --cancel-queue`)).toBeDefined();
    await user.click(within(screen.getByRole('dialog')).getByText('Close'));
    await user.click(screen.getByRole('button', { name: /Do: recover/ }));
    expect(await screen.findByText('/opt/ha/complete')).toBeDefined();
    expect(screen.getByText(/^The step was started again/).textContent).toBe(
      'The step was started again. See what became of it. Cancelled from the queue: 1.',
    );
    expect(server.asked(recover)[0]?.body).toEqual({ run: RUN, as: 'again', cancelQueue: true });
  });

  it('says so when there is nothing to recover from', async () => {
    openConsole('/smit/cm_recover', (server) => server.answers(listRuns, () => ({ runs: [], more: false })));
    expect(await screen.findByText(/there is nothing to recover from/)).toBeDefined();
    expect(screen.queryByRole('button', { name: /Do: recover/ })).toBeNull();
  });
});
