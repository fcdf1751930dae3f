import { listCustomEvents } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { stopApp } from '../../test/fixtures.ts';

describe('custom events', () => {
  it('are listed with their script and the events that use them', async () => {
    openConsole('/smit/cm_custom_events', (server) =>
      server.answers(listCustomEvents, () => ({ customEvents: [stopApp({ synchronised: false })] })),
    );
    const row = await screen.findByRole('row', { name: /stop_app/ });
    expect(within(row).getByText('/opt/ha/stop_app')).toBeDefined();
    expect(within(row).getByRole('link', { name: 'node_down' })).toBeDefined();
    expect(within(row).getByText('not synchronised')).toBeDefined();
  });

  it('are explained while there is none', async () => {
    openConsole('/smit/cm_custom_events', (server) => server.answers(listCustomEvents, () => ({ customEvents: [] })));
    expect(await screen.findByText(/No custom event is defined yet/)).toBeDefined();
  });
});
