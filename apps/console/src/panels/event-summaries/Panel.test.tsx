import { listEventSummaries } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';

const summary = {
  file: '/var/lib/fallover/log/hacmp.out',
  offset: 120,
  node: 'nodea',
  event: 'node_down nodea',
  name: 'node_down',
  outcome: 'failed' as const,
  status: 1,
  startTime: 'Mon Nov 23 14:22:10 2026',
  endTime: 'Mon Nov 23 14:22:12 2026',
  actions: [{ action: 'Releasing resource group', resource: 'rg1', scriptName: 'process_resources' }],
  text: 'HACMP Event Summary\nEvent: node_down nodea\n\u001b[31m',
};

describe('event summaries', () => {
  it('show what was done, and the block as it stands in the log', async () => {
    const { user } = openConsole('/smit/cm_event_summaries', (server) =>
      server.answers(listEventSummaries, () => ({ summaries: [summary], found: 1, resourceGroups: 'rg1 ONLINE nodea' })),
    );
    const shown = await screen.findByRole('article', { name: /node_down nodea/ });
    expect(within(shown).getByText('failed · status 1')).toBeDefined();
    expect(within(shown).getByRole('cell', { name: 'rg1' })).toBeDefined();
    await user.click(within(shown).getByRole('button', { name: 'As it stands in the log' }));
    expect(within(shown).getByText(/HACMP Event Summary/).textContent).toContain('␛[31m');
    expect(screen.getByText('rg1 ONLINE nodea')).toBeDefined();
  });

  it('are filtered by what stands in the URL; the same filter is saved to file', async () => {
    const { server, user } = openConsole('/smit/cm_event_summaries?event=node_down&days=30', (server) =>
      server.answers(listEventSummaries, () => ({ summaries: [], found: 0, resourceGroups: '' })),
    );
    await screen.findByText(/No event summary matches/);
    await user.selectOptions(screen.getByLabelText('Outcome'), 'failed');
    await waitFor(() =>
      expect(server.asked(listEventSummaries).at(-1)?.query.toString()).toBe('event=node_down&outcome=failed&days=30'),
    );
    expect(screen.getByRole('link', { name: 'Save to file' }).getAttribute('href')).toBe(
      '/api/v1/event-summaries/text?event=node_down&outcome=failed&days=30',
    );
  });
});
