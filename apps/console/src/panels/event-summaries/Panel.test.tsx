import { getHacmpOut, listEventSummaries, listNodes, searchHacmpOut } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { threeNodes } from '../../test/fixtures.ts';

const summary = {
  file: '/var/lib/fallover/log/hacmp.out',
  offset: 120,
  node: 'nodea',
  event: 'node_down nodea',
  name: 'node_down',
  outcome: 'failed' as const,
  status: 1,
  startTime: '2026-11-23T14:22:10',
  endTime: '2026-11-23T14:22:12',
  actions: [
    {
      action: 'Releasing resource group',
      resource: 'rg1',
      scriptName: 'process_resources',
      searchOn: 'Mon.Nov.23.process_resources.rg1.ref',
    },
  ],
  text: 'HACMP Event Summary\nEvent: node_down nodea\n\u001b[31m',
};

describe('event summaries', () => {
  it('show what was done, and the block as it stands in the log', async () => {
    const { user } = openConsole('/smit/cm_event_summaries', (server) =>
      server.answers(listEventSummaries, () => ({ summaries: [summary], found: 1, resourceGroups: 'rg1 ONLINE nodea' })),
    );
    const shown = await screen.findByRole('article', { name: /node_down nodea/ });
    expect(within(shown).getByText('failed · status 1')).toBeDefined();
    expect(within(shown).getByText('nodea · 2026-11-23 14:22:10 · 2.0 s')).toBeDefined();
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
      expect(server.asked(listEventSummaries).at(-1)?.query.toString()).toBe('event=node_down&outcome=failed&node=nodea&days=30'),
    );
  });

  it('are within a time of the wall, which the cluster manager filters by; they are saved to file so too', async () => {
    const { server } = openConsole('/smit/cm_event_summaries?since=2026-11-23T14:30&until=2026-11-23T16:00', (server) =>
      server.answers(listEventSummaries, () => ({
        summaries: [{ ...summary, event: 'node_up nodea', startTime: '2026-11-23T15:00:00' }],
        found: 1,
        resourceGroups: '',
      })),
    );
    expect(await screen.findByRole('article', { name: /node_up nodea/ })).toBeDefined();
    const asked = 'node=nodea&days=7&since=2026-11-23T14%3A30&until=2026-11-23T16%3A00';
    expect(server.asked(listEventSummaries)[0]?.query.toString()).toBe(asked);
    expect(screen.getByRole('link', { name: 'Save to file' }).getAttribute('href')).toBe(`/api/v1/event-summaries/text?${asked}`);
  });

  it('lead to the place of the log that they name, with what stands around it', async () => {
    const line = (offset: number, text: string) => ({ offset, text, bytes: text.length });
    const { server, user } = openConsole('/smit/cm_event_summaries', (server) => {
      server.answers(listEventSummaries, () => ({ summaries: [summary], found: 1, resourceGroups: '' }));
      server.answers(searchHacmpOut, ({ query }) =>
        query.get('from') === '0'
          ? {
              matches: [{ file: summary.file, offset: 200, at: 0, text: 'Search on: Mon.Nov.23.process_resources.rg1.ref' }],
              cursor: { file: summary.file, from: 300 },
            }
          : { matches: [{ file: summary.file, offset: 400, at: 0, text: 'Reference string: …' }] },
      );
      server.answers(getHacmpOut, () => ({
        file: summary.file,
        files: ['hacmp.out'],
        lines: [line(380, 'before'), line(400, 'Reference string: Mon.Nov.23.process_resources.rg1.ref'), line(460, 'after')],
        next: 470,
        size: 900,
      }));
    });
    await user.click(await screen.findByRole('link', { name: 'Mon.Nov.23.process_resources.rg1.ref' }));
    const here = await screen.findByText('Reference string: Mon.Nov.23.process_resources.rg1.ref');
    expect(here.getAttribute('aria-current')).toBe('location');
    expect(screen.getByText('before')).toBeDefined();
    expect(server.asked(getHacmpOut)[0]?.query.get('from')).toBe('400');
    await user.click(screen.getByRole('button', { name: 'Later lines' }));
    await waitFor(() => expect(server.asked(getHacmpOut).at(-1)?.query.get('length')).toBe('32768'));
    await user.click(screen.getByRole('button', { name: 'Back to the summaries' }));
    expect(await screen.findByRole('article', { name: /node_down nodea/ })).toBeDefined();
  });

  it('are of another node or of all of them, as is chosen; whoever could not be asked is named, and since when', async () => {
    const unanswered = [
      { node: 'nodec', sentence: 'Node nodec does not answer at 10.0.0.3:9770.', since: '2026-11-23T14:02:00.000Z' },
    ];
    const { server, user } = openConsole('/smit/cm_event_summaries', (server) => {
      server.answers(listNodes, () => ({ nodes: threeNodes(), at: '2026-11-23T14:22:10.000Z' }));
      server.answers(listEventSummaries, ({ query }) => ({
        summaries: [{ ...summary, node: query.get('node') ?? 'nodeb' }],
        found: 1,
        resourceGroups: '',
        ...(query.has('node') ? {} : { unanswered }),
      }));
      server.answers(getHacmpOut, () => ({ file: summary.file, files: [], lines: [], next: 0, size: 0 }));
    });
    const nodes = await screen.findByRole('combobox', { name: 'Node' });
    expect([...nodes.querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
      'all nodes',
      'nodea (this node)',
      'nodeb',
      'nodec (lost)',
    ]);
    expect(await screen.findByText(/^nodea · /)).toBeDefined();
    expect(screen.queryByText(/could not be asked/)).toBeNull();
    await user.selectOptions(nodes, 'all nodes');
    expect(await screen.findByText(/Without nodec: its event summaries could not be asked for\./)).toBeDefined();
    expect(screen.getByText(/^Node nodec does not answer at 10\.0\.0\.3:9770\./).textContent).toMatch(
      /It has been asked in vain since .*\.$/,
    );
    await user.click(screen.getByRole('link', { name: 'In hacmp.out' }));
    await waitFor(() => expect(server.asked(getHacmpOut)[0]?.query.get('node')).toBe('nodeb'));
  });

  it('of a file that is brought are compiled here, and asked of nobody', async () => {
    const { server, user } = openConsole('/smit/cm_event_summaries', (server) =>
      server.answers(listEventSummaries, () => ({ summaries: [], found: 0, resourceGroups: '' })),
    );
    const log = 'Nov 23 2026 14:22:10 EVENT START: node_down nodez\nNov 23 2026 14:22:12 EVENT FAILED: 1: node_down nodez 1\n';
    await user.upload(await screen.findByLabelText('Files of one log'), new File([log], 'hacmp.out.3'));
    const brought = await screen.findByRole('region', { name: 'Summaries of a file' });
    expect(await within(brought).findByRole('article', { name: /node_down nodez/ })).toBeDefined();
    expect(within(brought).getByText('failed · status 1')).toBeDefined();
    const asked = server.asked(listEventSummaries).length;
    await user.type(screen.getByRole('searchbox', { name: 'Event' }), 'node_up');
    expect(await within(brought).findByText('No event summary of it matches. Widen the filter.')).toBeDefined();
    expect(server.asked(listEventSummaries)).toHaveLength(asked);
    await user.click(within(brought).getByRole('button', { name: 'Back to this cluster' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Summaries of a file' })).toBeNull());
  });
});
