import { listRuns } from '@fallover/contract';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { RUN, runSummary } from '../../test/fixtures.ts';

const EARLIER = RUN.replace(/1$/, '0');

describe('the list of runs', () => {
  it('goes on to earlier ones', async () => {
    const { server, user } = openConsole('/runs', (server) =>
      server.answers(listRuns, ({ query }) =>
        query.has('before')
          ? { runs: [runSummary({ id: EARLIER, event: 'node_up' })], more: false }
          : { runs: [runSummary()], more: true },
      ),
    );
    await user.click(await screen.findByRole('button', { name: 'Earlier runs' }));
    expect(await screen.findByRole('link', { name: 'node_up nodea' })).toBeDefined();
    expect(server.asked(listRuns).at(-1)?.query.get('before')).toBe(RUN);
    expect(screen.queryByRole('button', { name: 'Earlier runs' })).toBeNull();
  });

  it('is filtered by what stands in the URL', async () => {
    const { server } = openConsole('/runs?event=node_down&outcome=failed', (server) =>
      server.answers(listRuns, () => ({ runs: [], more: false })),
    );
    expect(await screen.findByText(/No run matches/)).toBeDefined();
    await waitFor(() => expect(server.asked(listRuns)[0]?.query.toString()).toBe('limit=50&event=node_down&outcome=failed'));
  });
});
