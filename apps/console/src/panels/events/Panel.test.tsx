import { listEvents } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { nodeDown } from '../../test/fixtures.ts';

const events = [
  nodeDown({ draft: { revision: 2, fields: {} }, synchronised: false }),
  nodeDown({ name: 'network_down', eventClass: 'network', slow: false, meaning: 'A network has failed.' }),
];

describe('the list of events', () => {
  it('shows class, speed, meaning and what is customised', async () => {
    openConsole('/smit/cm_events', (server) => server.answers(listEvents, () => ({ events })));
    const row = await screen.findByRole('row', { name: /node_down/ });
    expect(within(row).getByText('node')).toBeDefined();
    expect(within(row).getByText('slow')).toBeDefined();
    expect(within(row).getByText('NODE [graceful|takeover|forced]')).toBeDefined();
    expect(within(row).getByText('When cluster services are stopped, or the node fails.')).toBeDefined();
    expect(within(row).getByText('not synchronised')).toBeDefined();
    expect(within(row).getByRole('link', { name: 'node_down' }).getAttribute('href')).toBe('/smit/cm_event/node_down');
  });

  it('is searched by name and by meaning', async () => {
    const { user } = openConsole('/smit/cm_events', (server) => server.answers(listEvents, () => ({ events })));
    await user.type(await screen.findByRole('textbox', { name: 'Search events' }), 'network failed');
    expect(await screen.findByText('1 of 2 events')).toBeDefined();
    expect(screen.queryByRole('link', { name: 'node_down' })).toBeNull();
  });

  it('says what is customised, and is searched by it', async () => {
    const { user } = openConsole('/smit/cm_events', (server) =>
      server.answers(listEvents, () => ({
        events: [
          nodeDown({ draft: { revision: 2, fields: { notifyCommand: { cluster: '/opt/ha/tell' } } } }),
          nodeDown({ name: 'network_down' }),
        ],
      })),
    );
    await user.type(await screen.findByRole('textbox', { name: 'Search events' }), '/opt/ha/tell');
    expect(await screen.findByText('1 of 2 events')).toBeDefined();
    expect(screen.getByText('Notify Command tell')).toBeDefined();
  });

  it('keeps its filter in the URL', async () => {
    openConsole('/smit/cm_events?class=network', (server) => server.answers(listEvents, () => ({ events })));
    expect(await screen.findByRole('link', { name: 'network_down' })).toBeDefined();
    expect(screen.queryByRole('link', { name: 'node_down' })).toBeNull();
  });

  it('says what to do when nothing matches', async () => {
    openConsole('/smit/cm_events?q=zzz', (server) => server.answers(listEvents, () => ({ events })));
    expect(await screen.findByText('No event of 2 matches. Clear the search or the class.')).toBeDefined();
  });
});
