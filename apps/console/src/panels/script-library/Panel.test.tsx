import { listScripts } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { libraryScript } from '../../test/fixtures.ts';

describe('the script library', () => {
  it('says how it is switched on while it is off, and that no panel can', async () => {
    openConsole('/smit/cm_script_library');
    expect(await screen.findByText('The script library is off')).toBeDefined();
    expect(screen.getByText('fallover start --script-library /var/lib/fallover-scripts')).toBeDefined();
    expect(screen.getByText(/No panel can switch it on/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Add a library script' })).toBeNull();
  });

  it('has each script with its full pathname, the state of its file, and what uses it', async () => {
    openConsole('/smit/cm_script_library', (server) =>
      server.answers(listScripts, () => ({
        enabled: true,
        directory: '/var/lib/fallover-scripts',
        scripts: [
          libraryScript({ usedBy: [{ class: 'custom_event', name: 'stop_app' }] }),
          libraryScript({ name: 'tell', path: '/var/lib/fallover-scripts/current/tell', laidDown: 'differs' }),
        ],
      })),
    );
    const table = await screen.findByRole('table', { name: 'Library scripts' });
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent),
      );
    expect(rows).toEqual([
      ['stop', 'Stops it', '/var/lib/fallover-scripts/current/stop Copy', 'as configured', 'stop_app', 'synchronised'],
      ['tell', 'Stops it', '/var/lib/fallover-scripts/current/tell Copy', 'changed', 'nothing', 'synchronised'],
    ]);
  });
});
