import {
  confirmNodeOff,
  getCluster,
  getSession,
  listNodes,
  removeNode,
  startClusterServices,
  stopClusterServices,
} from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { cluster, nodeView, RUN } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const FENCING = {
  node: 'nodec',
  state: 'failed' as const,
  lostAt: '2026-11-23T14:00:00.000Z',
  sentence: 'Node nodec was lost and fencing it failed.',
};
const NODES = [
  nodeView(),
  nodeView({
    node: 'nodeb',
    state: 'down',
    coordinator: false,
    here: false,
    release: undefined,
    stopped: { how: 'move', by: 'ada', at: '2026-11-23T13:00:00.000Z' },
  }),
  nodeView({
    node: 'nodec',
    state: 'lost',
    coordinator: false,
    here: false,
    fencing: FENCING,
    clockDifferenceMs: -2500,
    lostSteps: [{ run: RUN, step: `${RUN}/1/nodec/event/1`, event: 'node_up', args: ['nodea'], key: 'event' }],
  }),
];

const threeNodes = (server: Server): void => server.answers(listNodes, () => ({ nodes: NODES, at: '2026-11-23T14:22:10.000Z' }));

const said = (sentence: string) => ({ nodes: [{ node: 'nodeb', changed: true, sentence }] });

describe('Show Cluster Services', () => {
  it('says of each node what it is, how it came to that, and what can be done', async () => {
    openConsole('/smit/cm_cluster_services', threeNodes);
    const rows = within(await screen.findByRole('table', { name: 'Nodes' }))
      .getAllByRole('row')
      .slice(1);
    const texts = rows.map(({ textContent }) => textContent);
    expect(texts[0]).toContain('nodea (here) coordinatormember it takes part in events');
    expect(texts[1]).toContain('Stopped by ada (takeover).');
    expect(texts[2]).toContain('Node nodec was lost and fencing it failed.');
    expect(texts[2]).toContain('of which nobody knows how they ended: node_up event');
    expect(texts[2]).toContain('Its clock is 2.5 s behind.');
    expect(screen.getByRole('link', { name: 'Start the cluster services of nodeb' }).getAttribute('href')).toBe(
      '/smit/clstart?node=nodeb',
    );
    expect(screen.getByRole('link', { name: 'Stop the cluster services of nodea' })).toBeDefined();
    expect(screen.getAllByRole('link', { name: /^What if it dies/ }).map((link) => link.getAttribute('href'))).toEqual([
      '/smit/cm_event_emulation?what=dies&dies=nodea',
    ]);
  });

  it('does not show as a member what was one when the store answered last', async () => {
    const store = { state: 'out_of_reach' as const, since: '2026-11-23T14:20:00.000Z', sentence: 'etcd does not answer.' };
    openConsole('/smit/cm_cluster_services', (server) => {
      threeNodes(server);
      server.answers(getCluster, () => cluster({ store }));
    });
    const table = await screen.findByRole('table', { name: 'Nodes' });
    await waitFor(() => expect(within(table).getAllByText('when the store answered last')).toHaveLength(3));
    expect(within(table).queryByText('it takes part in events')).toBeNull();
  });

  it('has a node confirmed as off only by whoever types its name', async () => {
    const { server, user } = openConsole('/smit/cm_cluster_services', (server) => {
      threeNodes(server);
      server.answers(confirmNodeOff, () => ({ node: 'nodec', sentence: 'node_down nodec is queued.' }));
    });
    await user.click(await screen.findByRole('button', { name: 'Confirm that it is off: nodec' }));
    const dialog = await screen.findByRole('dialog', { name: 'Is node nodec off?' });
    const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Node nodec is off' });
    await user.type(within(dialog).getByLabelText('Type nodec to confirm'), 'nodea');
    expect(confirm.disabled).toBe(true);
    await user.clear(within(dialog).getByLabelText('Type nodec to confirm'));
    await user.type(within(dialog).getByLabelText('Type nodec to confirm'), 'nodec');
    expect(dialog.querySelector('pre')?.textContent).toBe('fallover confirm-off nodec');
    await user.click(confirm);
    expect((await screen.findByText('node_down nodec is queued.')).getAttribute('role')).toBe('status');
    expect(server.asked(confirmNodeOff)[0]).toMatchObject({ parameters: { node: 'nodec' }, body: { typed: 'nodec' } });
  });

  it('removes a node that is down, of another name than this one, by its name as it is typed', async () => {
    const { server, user } = openConsole('/smit/cm_cluster_services', (server) => {
      threeNodes(server);
      server.answers(removeNode, () => ({ node: 'nodeb', sentence: 'Node nodeb is removed.' }));
    });
    await screen.findByRole('table', { name: 'Nodes' });
    const ways = screen.getAllByRole('button', { name: /^Remove from the cluster/ });
    expect(ways.map((way) => way.getAttribute('aria-label'))).toEqual(['Remove from the cluster: nodeb']);
    await user.click(ways[0] as HTMLElement);
    const dialog = await screen.findByRole('dialog', { name: 'Remove node nodeb from the cluster?' });
    const confirm = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Remove nodeb' });
    expect(confirm.disabled).toBe(true);
    await user.type(within(dialog).getByLabelText('Type nodeb to remove it'), 'nodeb');
    expect(dialog.querySelector('pre')?.textContent).toBe('fallover remove-node nodeb');
    await user.click(confirm);
    expect((await screen.findByText('Node nodeb is removed.')).getAttribute('role')).toBe('status');
    expect(server.asked(removeNode)[0]).toMatchObject({ parameters: { node: 'nodeb' }, body: { typed: 'nodeb' } });
  });

  it('removes nothing for an operator, who may start it', async () => {
    openConsole('/smit/cm_cluster_services', (server) => {
      threeNodes(server);
      server.answers(getSession, () => ({
        principal: { name: 'ole', role: 'operator' as const, via: 'session' as const },
        setUpNeeded: false,
      }));
    });
    expect(await screen.findByRole('link', { name: 'Start the cluster services of nodeb' })).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Remove/ })).toBeNull();
  });

  it('offers nothing to whoever may only look', async () => {
    openConsole('/smit/cm_cluster_services', (server) => {
      threeNodes(server);
      server.answers(getSession, () => ({
        principal: { name: 'mo', role: 'monitor' as const, via: 'session' as const },
        setUpNeeded: false,
      }));
    });
    await screen.findByRole('table', { name: 'Nodes' });
    expect(screen.queryByRole('button', { name: /Confirm that/ })).toBeNull();
    expect(screen.queryByRole('link', { name: /cluster services of/ })).toBeNull();
  });
});

describe('Start and Stop Cluster Services', () => {
  it('starts on the nodes that are chosen', async () => {
    const { server, user } = openConsole('/smit/clstart?node=nodeb', (server) => {
      threeNodes(server);
      server.answers(startClusterServices, () => said('The cluster services of nodeb start.'));
    });
    await user.click(await screen.findByRole('radio', { name: 'Both' }));
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe('fallover online node nodeb WHEN=both');
    await user.click(within(command).getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await user.click(screen.getByRole('button', { name: /Do: start/ }));
    expect(await screen.findByText('The cluster services of nodeb start.')).toBeDefined();
    expect(server.asked(startClusterServices)[0]?.body).toEqual({ nodes: ['nodeb'], when: 'both' });
  });

  it('stops in one of three ways, once that is confirmed, and says when no member is left', async () => {
    const { server, user } = openConsole('/smit/clstop', (server) => {
      threeNodes(server);
      server.answers(stopClusterServices, () => said('The cluster services of nodea stop.'));
    });
    await screen.findByRole('checkbox', { name: 'nodea (here)' });
    await user.click(screen.getByRole('button', { name: /Do: stop/ }));
    expect(await screen.findByText('No node is chosen. Choose at least one.')).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'nodea (here)' }));
    await user.click(screen.getByRole('radio', { name: 'Move Resource Groups (takeover)' }));
    await user.click(screen.getByRole('button', { name: /Do: stop/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Stop cluster services on nodea?' });
    expect(dialog.textContent).toContain('No member is left then');
    expect(dialog.querySelector('pre')?.textContent).toBe('fallover offline node nodea MANAGE=move');
    await user.click(within(dialog).getByRole('button', { name: 'Stop' }));
    await waitFor(() =>
      expect(server.asked(stopClusterServices)[0]?.body).toEqual({ nodes: ['nodea'], how: 'move', when: 'now' }),
    );
  });
});

describe('home', () => {
  it('names members that are not up, the coordinator, a store out of reach and failed fencing', async () => {
    openConsole('/', (server) =>
      server.answers(getCluster, () =>
        cluster({
          nodes: ['nodea', 'nodeb', 'nodec'],
          members: NODES.map(({ node, state }) => ({ node, state })),
          coordinator: 'nodea',
          store: { state: 'no_quorum', since: '2026-11-23T14:20:00.000Z', sentence: 'etcd has no quorum.' },
          fencing: [FENCING],
          networkEvents: 'No monitor configured.',
        }),
      ),
    );
    const waiting = await screen.findByRole('region', { name: 'Waiting for you' });
    expect(waiting.textContent).toContain('etcd has no quorum.');
    expect(within(waiting).getByRole('button', { name: 'Make sure that nodec is off, and confirm it' })).toBeDefined();
    expect(screen.getByText('Nodes', { selector: 'dt' }).nextSibling?.textContent).toBe(
      'nodea (coordinator), nodeb down, nodec lost',
    );
    expect(screen.getByText('No monitor configured.')).toBeDefined();
  });
});
