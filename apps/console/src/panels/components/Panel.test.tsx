import { listComponents } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { componentRun, componentView } from '../../test/component-fixtures.ts';
import { openConsole } from '../../test/console.tsx';

const AT = '2026-11-23T14:22:10.000Z';

describe('the components of a node', () => {
  it('says how there comes to be one while there is none', async () => {
    openConsole('/smit/cm_components', (server) =>
      server.answers(listComponents, () => ({ node: 'nodea', components: [], at: AT })),
    );
    expect(await screen.findByText(/There is no component\. Give the cluster manager/)).toBeDefined();
    expect(screen.getByText(/fallover start --ctdb-base \/etc\/ctdb/)).toBeDefined();
  });

  it('shows of each its health, what runs in it and its mode, and why no event can be run', async () => {
    const running = componentRun({ state: 'running', event: 'startup', scripts: [{ script: '40.vsftpd' }], toRun: ['50.samba'] });
    openConsole('/smit/cm_components', (server) =>
      server.answers(listComponents, () => ({
        node: 'nodea',
        base: '/etc/ctdb',
        components: [
          componentView({ running, waiting: [componentRun({ state: 'waiting' })] }),
          componentView({
            name: 'by_hand',
            mode: 'manual',
            health: { state: 'not_monitored', sentence: 'It is not monitored.' },
          }),
          componentView({ name: 'twice', fault: 'Two have the number 10.', scripts: [] }),
        ],
        at: AT,
      })),
    );
    const table = await screen.findByRole('table', { name: 'Components' });
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent)
          .filter((_, index) => index !== 2),
      );
    expect(rows).toEqual([
      [
        'legacy',
        'UNHEALTHYNode nodea is UNHEALTHY in component legacy.',
        'startup in 40.vsftpd 1 more waiting',
        '2',
        'driven',
        'ctdb',
        '/etc/ctdb/events/legacy',
      ],
      ['by_hand', 'not monitored', 'nothing', '2', 'manual', 'ctdb', '/etc/ctdb/events/legacy'],
      ['twice', 'no event can be runTwo have the number 10.', 'nothing', '0', 'driven', 'ctdb', '/etc/ctdb/events/legacy'],
    ]);
  });
});
