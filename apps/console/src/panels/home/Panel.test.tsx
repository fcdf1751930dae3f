import { getCluster, getConfiguration, getRun, listRunNotifications, listSilences, loadExample } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { clockTime } from '../../smit/times.ts';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { cluster, RUN, runSummary, runView, step } from '../../test/fixtures.ts';
import { silence } from '../../test/notification-fixtures.ts';

describe('home', () => {
  it('shows what runs now: step, node, and elapsed time against the time until warning', async () => {
    const startedAt = new Date(Date.now() - 65_000).toISOString();
    const running = { state: 'running' as const, outcome: undefined, status: undefined, startedAt, endedAt: undefined };
    openConsole('/', (server) => {
      server.answers(getCluster, () => cluster({ state: 'ST_RP_RUNNING', running: runSummary(running) }));
      server.answers(getRun, () =>
        runView({ ...running, steps: [step('1/nodea/event/1', { state: 'running', command: '/opt/ha/down' })] }),
      );
    });
    const now = await screen.findByRole('region', { name: 'Runs now' });
    expect(await within(now).findByText(/of 6 min until warning/)).toBeDefined();
    expect(within(now).getByText('/opt/ha/down')).toBeDefined();
    expect(within(now).getByRole('progressbar', { name: 'Time until warning of node_down' })).toBeDefined();
  });

  it('shows the queue, the last runs, troubles and what is not synchronised', async () => {
    openConsole('/', (server) => {
      server.answers(getCluster, () =>
        cluster({
          queue: [runSummary({ id: RUN.replace(/1$/, '2'), state: 'queued', event: 'node_up', outcome: undefined })],
          last: [runSummary({ outcome: 'failed', status: 3 })],
          troubles: [{ code: 'log_not_writable', sentence: 'hacmp.out cannot be written: the disk is full.' }],
        }),
      );
      server.answers(getConfiguration, () => ({
        changes: [{ class: 'event', name: 'node_up', kind: 'changed' as const, fields: ['notifyCommand'] }],
        changeCount: 1,
        exampleLoadable: false,
      }));
    });
    expect(within(await screen.findByRole('region', { name: 'Queue' })).getByText('node_up nodea')).toBeDefined();
    expect(screen.getByText('failed · status 3')).toBeDefined();
    expect(screen.getByText(/hacmp.out cannot be written: the disk is full/)).toBeDefined();
    expect(await screen.findByRole('link', { name: 'not synchronised: 1 change' })).toBeDefined();
  });

  it('says on every panel that a failed script keeps the cluster from failing over', async () => {
    openConsole('/smit/cm_events', (server) => server.answers(getCluster, () => cluster({ state: 'RP_FAILED' })));
    const banner = await screen.findByText('RP_FAILED: the cluster does not fail over.');
    expect(
      within(banner.parentElement as HTMLElement)
        .getByRole('link')
        .getAttribute('href'),
    ).toBe('/smit/cm_recover');
  });

  it('says what all nodes together are, and on every panel that the store has no quorum', async () => {
    const store = { state: 'no_quorum' as const, since: new Date().toISOString(), sentence: 'Two of three members are away.' };
    openConsole('/smit/cm_events', (server) =>
      server.answers(getCluster, () => cluster({ clusterState: 'unknown', substate: 'unknown', store })),
    );
    const banner = await screen.findByText('No quorum: nothing new is started.');
    expect(banner.parentElement?.textContent).toContain('Two of three members are away. Since ');
    expect(screen.getByText('ST_STABLE').closest('[title]')?.getAttribute('title')).toBe(
      'as it was last: without the store no event is started',
    );
  });

  it('says of which node the console is, where there are several', async () => {
    openConsole('/', (server) => server.answers(getCluster, () => cluster({ nodes: ['nodea', 'nodeb'] })));
    expect(await screen.findByText(/ · nodea$/)).toBeDefined();
  });

  it('shows the state and the substate of the cluster', async () => {
    openConsole('/', (server) => server.answers(getCluster, () => cluster({ clusterState: 'up', substate: 'not_configured' })));
    expect(await screen.findByText('up, not configured')).toBeDefined();
  });

  it('shows a moment in a sentence as all others are shown', async () => {
    const networkEvents = 'Network events come from pacemaker, which last reported one at 2026-11-22 14:02:00 UTC.';
    const troubles = [{ code: 'certificate_ends', sentence: 'The certificate expires at 2036-11-22T14:02:00.000Z.' }];
    openConsole('/', (server) => server.answers(getCluster, () => cluster({ networkEvents, troubles })));
    expect((await screen.findByTitle('2026-11-22 14:02:00 UTC')).textContent).toBe(clockTime('2026-11-22T14:02:00Z'));
    expect(screen.getByTitle('2036-11-22T14:02:00.000Z').parentElement?.textContent).toContain('expires at Nov 22 2036 ');
  });

  it('offers the example while nothing is configured', async () => {
    let loaded = false;
    const { user, server } = openConsole('/', (server) => {
      server.answers(getConfiguration, () =>
        loaded
          ? {
              active: { number: 1, hash: 'b'.repeat(64), at: '2026-11-23T09:00:00.000Z', by: 'admin' },
              changes: [],
              changeCount: 0,
              exampleLoadable: false,
            }
          : { changes: [], changeCount: 0, exampleLoadable: true },
      );
      server.answers(loadExample, () => {
        loaded = true;
        return { number: 1, directory: '/var/lib/fallover/example' };
      });
    });
    await user.click(await screen.findByRole('button', { name: 'Load the example' }));
    expect(await screen.findByText('/var/lib/fallover/example')).toBeDefined();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Load the example' })).toBeNull());
    expect(server.asked(loadExample)).toHaveLength(1);
  });
});

describe('a cluster manager that goes away', () => {
  it('is said so, with the age of what is shown; all is read anew when it is back', async () => {
    const { server } = openConsole('/');
    await screen.findByRole('region', { name: 'Runs now' });
    const stream = streamTo('/api/v1/stream');
    stream.happen('open');
    stream.happen('error');
    expect(await screen.findByText('Reconnecting to the cluster manager …')).toBeDefined();
    expect(screen.getByText(/This page is not current: last heard at/)).toBeDefined();
    expect(screen.getByRole('region', { name: 'Runs now' })).toBeDefined();
    const before = server.asked(getCluster).length;
    await waitFor(() => streamTo('/api/v1/stream').happen('open'), { timeout: 2_000 });
    await waitFor(() => expect(screen.queryByText('Reconnecting to the cluster manager …')).toBeNull());
    await waitFor(() => expect(server.asked(getCluster).length).toBeGreaterThan(before));
  });

  it('has a page of its own when it was never reached', async () => {
    const { getSession } = await import('@fallover/contract');
    openConsole('/', (server) => server.isAway(getSession));
    expect(await screen.findByRole('heading', { name: 'Reconnecting' }, { timeout: 3_000 })).toBeDefined();
  });

  it('says what is silenced, and of which run somebody else is told unless it is acknowledged', async () => {
    openConsole('/', (server) => {
      server.answers(getCluster, () => cluster({ last: [runSummary({ outcome: 'failed', status: 3 })] }));
      server.answers(listSilences, () => ({ silences: [silence()] }));
      server.answers(listRunNotifications, () => ({
        notifications: [],
        escalations: [{ from: 'ops_mail', to: 'oncall', at: new Date(Date.now() + 600_000).toISOString() }],
      }));
    });
    expect(await screen.findByText(/Notifications about node_down are silenced until .* by anna: disk change/)).toBeDefined();
    expect(await screen.findByText(/Nobody has acknowledged node_down nodea: oncall is told at .*\d\d:\d\d\./)).toBeDefined();
    expect(screen.getByRole('link', { name: 'Look at it, and acknowledge it' }).getAttribute('href')).toBe(`/runs/${RUN}`);
  });
});
