import { emulate, emulateNodeDeath, getCluster, getConfiguration, runEvent } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { emulation, onOneNode } from '../../test/emulation-fixtures.ts';
import { cluster } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_event_emulation';
const step = { phase: 1, node: 'nodea', kind: 'event' as const, key: 'event', builtIn: false };
const plans = (server: Server): void =>
  server.answers(emulate, ({ body }) => {
    const { args, draft } = body as { args: string[]; draft: boolean };
    return {
      ...onOneNode({}),
      destructive: true,
      destructiveReason: 'Node nodea counts as failed: other nodes take over its resource groups.',
      typeToConfirm: 'nodea',
      steps: [
        { ...step, event: 'node_down', argv: [draft ? '/opt/ha/new_down' : '/opt/ha/down', ...args] },
        { ...step, event: 'process_resources', argv: ['process_resources'], builtIn: true },
      ],
      notifications: [
        {
          method: 'oncall',
          events: ['node_down'],
          moments: ['failure' as const, 'warning' as const],
          recipients: ['ada@example.org'],
          senders: ['nodea'],
          escalatesTo: ['boss'],
        },
      ],
    };
  });

describe('event emulation', () => {
  it('shows what would be run, sub-events included, and runs nothing', async () => {
    const { server } = openConsole(`${PATH}?event=node_down&arg=nodea&arg=takeover`, plans);
    const shown = await screen.findByRole('region', { name: 'What would be run, by the active configuration' });
    expect(within(shown).getByRole('listitem').textContent).toBe(
      'oncall tells ada@example.org: failure, warning of node_down then boss, unless somebody acknowledges',
    );
    expect(within(shown).getByText('/opt/ha/down nodea takeover')).toBeDefined();
    expect(within(shown).getByText('sub-event process_resources:')).toBeDefined();
    expect(screen.getByText(/Run for real: Node nodea counts as failed/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'Run this event' }).getAttribute('href')).toBe(
      '/smit/cm_run_event?event=node_down&arg=nodea&arg=takeover',
    );
    expect(server.asked(runEvent)).toEqual([]);
  });

  it('emulates the draft, and says how much of it is not synchronised', async () => {
    const { user } = openConsole(`${PATH}?event=node_down&arg=nodea`, (server) => {
      plans(server);
      server.answers(getConfiguration, () => ({
        changes: [{ class: 'event', name: 'node_down', kind: 'changed' as const, fields: ['eventCommand'] }],
        changeCount: 0,
        exampleLoadable: false,
      }));
    });
    expect(await screen.findByText('The draft has 1 change that is not synchronised.')).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Configuration'), 'draft');
    const shown = await screen.findByRole('region', { name: 'What would be run, by the draft' });
    await waitFor(() => expect(within(shown).getByText('/opt/ha/new_down nodea')).toBeDefined());
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover emulate node_down --draft nodea')).toBeDefined();
  });

  it('puts what is refused under the argument', async () => {
    openConsole(`${PATH}?event=node_down`, (server) =>
      server.refuses(emulate, {
        title: 'The event was not accepted.',
        status: 422,
        faults: [{ code: 'unknown_node', field: 'NODE', sentence: '"nodea" is not a node of this cluster.' }],
      }),
    );
    expect((await screen.findByText('"nodea" is not a node of this cluster.')).closest('[role="alert"]')).not.toBeNull();
  });

  const onThreeNodes = (server: Server): void => {
    server.answers(getCluster, () => cluster({ nodes: ['nodea', 'nodeb', 'nodec'] }));
    server.answers(emulate, () => emulation());
    server.answers(emulateNodeDeath, () => emulation());
  };

  it('shows what follows if a node dies: what comes before, a lane for each node, and a step when it is chosen', async () => {
    const { server, user } = openConsole(`${PATH}?what=dies`, onThreeNodes);
    await user.selectOptions(await screen.findByLabelText('Node'), 'nodec');
    const shown = await screen.findByRole('region', { name: 'What follows if node nodec dies now, by the active configuration' });
    const before = within(shown).getByRole('list', { name: 'What comes before it' });
    expect(
      within(before)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Warning: not fenced: resources may be active twice', 'node_down nodec is queued.']);
    const rows = within(within(shown).getByRole('table', { name: 'Lanes' })).getAllByRole('row');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('barrier: waits for nodea'),
      expect.stringContaining('process_resources: event'),
      expect.stringContaining('nothing to do: at the barrier'),
    ]);
    await user.click(within(shown).getByRole('button', { name: /notify start/ }));
    const step = within(shown).getByRole('region', { name: 'Step notify start' });
    expect(within(step).getByText('/opt/ha/tell node_down start nodec')).toBeDefined();
    expect(within(step).getByLabelText('Environment').textContent).toContain('LOCALNODENAME=nodea');
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover emulate --node-dies nodec')).toBeDefined();
    expect(server.asked(emulateNodeDeath)[0]?.body).toEqual({ draft: false });
  });

  it('emulates an event on the nodes that are chosen, and as a person would run it', async () => {
    const { server, user } = openConsole(`${PATH}?event=node_down&arg=nodec`, onThreeNodes);
    await user.click(await screen.findByRole('checkbox', { name: 'nodea' }));
    await user.click(screen.getByRole('checkbox', { name: 'nodec' }));
    await waitFor(() =>
      expect(server.asked(emulate).at(-1)?.body).toMatchObject({ origin: 'cluster_manager', nodes: ['nodea', 'nodec'] }),
    );
    await user.selectOptions(screen.getByLabelText('What if'), 'run');
    await waitFor(() => expect(server.asked(emulate).at(-1)?.body).toMatchObject({ origin: 'person' }));
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover emulate node_down --by-hand --nodes nodea,nodec nodec')).toBeDefined();
  });
});
