import {
  changeEventCustomization,
  getCluster,
  getConfiguration,
  getEvent,
  getRevision,
  getRun,
  getSession,
  listScripts,
  type Role,
} from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../test/console.tsx';
import { cluster, nodeDown, RUN, revisionView, runSummary, runView, step } from '../test/fixtures.ts';
import type { Server } from '../test/server.ts';

const signedIn = (server: Server, role: Role): void =>
  server.answers(getSession, () => ({
    principal: { name: 'otto', role, via: 'session' as const },
    setUpNeeded: false,
    cluster: 'payroll',
    node: 'nodea',
  }));
const running = { state: 'running' as const, outcome: undefined, status: undefined, endedAt: undefined };
const runsNow = (server: Server): void => {
  server.answers(getCluster, () => cluster({ state: 'ST_RP_RUNNING', running: runSummary(running) }));
  server.answers(getRun, () => runView({ ...running, steps: [step('1/nodea/event/1', { state: 'running' })] }));
};

describe('what a role may not ask', () => {
  it('is said instead of the button that asks it, with the role that it takes', async () => {
    const { user, server } = openConsole('/smit/cm_event/node_down', (server) => {
      signedIn(server, 'operator');
      server.answers(getEvent, () => nodeDown());
    });
    expect(await screen.findByText('“Do: save in the draft” needs the role admin; otto has the role operator.')).toBeDefined();
    const toolbar = screen.getByRole('toolbar', { name: 'Functions of this panel' });
    expect(within(toolbar).queryByRole('button', { name: /Do:/ })).toBeNull();
    expect(within(toolbar).getByRole('button', { name: 'F6 Command' })).toBeDefined();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(server.asked(changeEventCustomization)).toEqual([]);
  });

  it('lets a monitor see what runs on home, without a button that would be refused', async () => {
    openConsole('/', (server) => {
      signedIn(server, 'monitor');
      runsNow(server);
    });
    const now = await screen.findByRole('region', { name: 'Runs now' });
    expect(await within(now).findByText(/until warning/)).toBeDefined();
    expect(within(now).queryByRole('button')).toBeNull();
  });

  it('leaves an operator the button that aborts, on home too, after a question', async () => {
    const { user } = openConsole('/', (server) => {
      signedIn(server, 'operator');
      runsNow(server);
    });
    const now = await screen.findByRole('region', { name: 'Runs now' });
    await user.click(await within(now).findByRole('button', { name: 'Abort' }));
    expect(await screen.findByRole('dialog', { name: 'Abort node_down nodea?' })).toBeDefined();
  });

  it('says on a run that waits for a decision whose decision that is', async () => {
    openConsole(`/runs/${RUN}`, (server) => {
      signedIn(server, 'monitor');
      server.answers(getRun, () => runView({ state: 'awaiting_decision', outcome: 'failed', status: 7 }));
    });
    expect(await screen.findByText(/To decide needs the role operator; otto has the role monitor\./)).toBeDefined();
    expect(screen.queryByRole('button', { name: /Skip the rest/ })).toBeNull();
  });

  it.each([
    ['/smit/cm_networks', /^Networks$/, /^Add a/],
    ['/smit/cm_custom_events', /^Configure Pre\/Post-Event Commands$/, /^Add a/],
    ['/smit/cm_script_library', /^Script Library$/, /^Add a/],
    ['/smit/cm_synchronise', /^Verify and Synchronise$/, /Do:|^Verify|^Revert/],
    ['/smit/cm_network/net1', /^net1$/, /Do:|^Delete/],
    ['/smit/cm_import_export?do=import', /^Import and Export$/, /Do:/],
    ['/smit/cm_config_history/3', /^Revision 3$/, /^Restore|^Add a snapshot/],
  ])('offers a monitor nothing on %s that would be refused', async (path, title, refused) => {
    openConsole(path, (server) => {
      signedIn(server, 'monitor');
      server.answers(listScripts, () => ({ enabled: true, directory: '/lib', scripts: [] }));
      server.answers(getRevision, () => ({ ...revisionView(3), cluster: 'payroll', entries: [] }));
    });
    await screen.findByRole('heading', { level: 1, name: title });
    await waitFor(() => expect(screen.queryByText('Reading …')).toBeNull());
    expect(screen.queryByRole('button', { name: refused })).toBeNull();
  });

  it('says who loads the example', async () => {
    openConsole('/', (server) => {
      signedIn(server, 'monitor');
      server.answers(getConfiguration, () => ({ changes: [], changeCount: 0, exampleLoadable: true }));
    });
    expect(await screen.findByText('To load it needs the role admin; otto has the role monitor.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Load the example' })).toBeNull();
  });
});
