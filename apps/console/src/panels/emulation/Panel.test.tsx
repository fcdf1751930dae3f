import { emulate, getConfiguration, runEvent } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_event_emulation';
const step = { phase: 1, node: 'nodea', kind: 'event' as const, key: 'event', builtIn: false };
const plans = (server: Server): void =>
  server.answers(emulate, ({ body }) => {
    const { args, draft } = body as { args: string[]; draft: boolean };
    return {
      hash: 'c'.repeat(64),
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
          escalatesTo: ['boss'],
        },
      ],
      warnings: [],
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
});
