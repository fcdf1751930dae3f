import { listRuns } from '@fallover/contract';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { RUN, runSummary } from '../../test/fixtures.ts';

const EARLIER = RUN.replace(/1$/, '0');
const NEWER = RUN.replace(/1$/, '2');

describe('the list of runs', () => {
  it('goes on to earlier ones, and back', async () => {
    const { server, user } = openConsole('/runs', (server) =>
      server.answers(listRuns, ({ query }) =>
        query.has('before')
          ? { runs: [runSummary({ id: EARLIER, event: 'node_up' })], more: false }
          : { runs: [runSummary()], more: true },
      ),
    );
    await user.click(await screen.findByRole('link', { name: 'Earlier runs' }));
    expect(await screen.findByRole('link', { name: 'node_up nodea' })).toBeDefined();
    expect(server.asked(listRuns).at(-1)?.query.get('before')).toBe(RUN);
    expect(screen.queryByRole('link', { name: 'Earlier runs' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(await screen.findByRole('link', { name: 'node_down nodea' })).toBeDefined();
  });

  it('is filtered by what stands in the URL', async () => {
    const path = '/runs?event=node_down&outcome=failed&since=2026-11-23T00:00:00.000Z&until=never&text=nodeb';
    const { server } = openConsole(path, (server) => server.answers(listRuns, () => ({ runs: [], more: false })));
    expect(await screen.findByText(/No run matches/)).toBeDefined();
    await waitFor(() =>
      expect(Object.fromEntries(server.asked(listRuns)[0]?.query ?? [])).toEqual({
        limit: '50',
        event: 'node_down',
        outcome: 'failed',
        since: '2026-11-23T00:00:00.000Z',
        text: 'nodeb',
      }),
    );
  });

  it('is filtered by what is entered, from its first page on', async () => {
    const { server, user } = openConsole(`/runs?before=${RUN}`, (server) =>
      server.answers(listRuns, () => ({ runs: [runSummary({ id: EARLIER })], more: false })),
    );
    await screen.findByRole('link', { name: 'node_down nodea' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Outcome' }), 'failed');
    await waitFor(() => expect(server.asked(listRuns).at(-1)?.query.toString()).toBe('limit=50&outcome=failed'));
    await user.type(screen.getByRole('textbox', { name: 'Text' }), 'b');
    await waitFor(() => expect(server.asked(listRuns).at(-1)?.query.get('text')).toBe('b'));
  });

  it('does not move under the hand: what is newer waits to be asked for', async () => {
    let runs = [runSummary()];
    const { user } = openConsole('/runs', (server) => server.answers(listRuns, () => ({ runs, more: false })));
    fireEvent.focus(await screen.findByRole('link', { name: 'node_down nodea' }));
    runs = [runSummary({ id: NEWER, event: 'node_up' }), ...runs];
    streamTo('/api/v1/stream').tell('changed', { topics: ['runs'] });
    await user.click(await screen.findByRole('button', { name: 'Show 1 newer run' }));
    expect(screen.getByRole('link', { name: 'node_up nodea' })).toBeDefined();
  });
});
