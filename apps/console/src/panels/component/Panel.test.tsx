import { enableComponentScript, getComponent, getComponentHealth, verifyComponent } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { componentScript, componentView, scriptResult } from '../../test/component-fixtures.ts';
import { openConsole } from '../../test/console.tsx';
import type { Server } from '../../test/server.ts';

const AT = '2026-11-23T14:22:10.000Z';

function answers(server: Server, view = componentView()): void {
  server.answers(getComponent, () => view);
  server.answers(getComponentHealth, () => ({
    health: view.health,
    monitor: [
      { run: '1', at: AT, outcome: 'ok' as const, durationMs: 90 },
      { run: '2', at: AT, outcome: 'failed' as const, durationMs: 90, script: '50.samba' },
    ],
  }));
  server.answers(verifyComponent, () => ({
    component: 'legacy',
    directory: view.directory,
    findings: [
      { level: 'note' as const, code: 'no_number', file: 'README', node: 'nodea', sentence: '"README" is ignored.' },
      {
        level: 'warning' as const,
        code: 'script_differs',
        file: '50.samba.script',
        node: 'nodea',
        sentence: '50.samba differs.',
      },
    ],
    compared: ['nodeb'],
    unanswered: [{ node: 'nodec', sentence: 'It does not answer.' }],
    at: AT,
  }));
}

describe('one component', () => {
  it('shows its scripts with how they ended in monitor, what the one that failed said, and the strip in words', async () => {
    openConsole('/smit/cm_component/legacy', answers);
    const table = await screen.findByRole('table', { name: /^Scripts in the order/ });
    const statuses = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .slice(0, 4)
          .map(({ textContent }) => textContent),
      );
    expect(statuses).toEqual([
      ['10.interface', 'enabled', 'OK', '0'],
      ['50.samba', 'enabled', 'ERROR', '1'],
    ]);
    expect(within(screen.getByRole('region', { name: 'Output of 50.samba' })).getByText('smbd is not running')).toBeDefined();
    expect(await screen.findByRole('img', { name: /The last 2 monitor events.*: 1 OK, 1 failed$/ })).toBeDefined();
    expect(await screen.findByText('"README" is ignored.')).toBeDefined();
  });

  it('shows of an event that runs how far it has come', async () => {
    const { running: _, ...view } = componentView();
    const running = {
      ...{ id: '1', component: 'legacy', event: 'monitor', args: [], origin: { kind: 'person' as const, name: 'ada' } },
      ...{ state: 'running' as const, sentence: 'It runs.', acceptedAt: AT, toRun: ['50.samba'] },
      scripts: [{ script: '10.interface' }],
    };
    openConsole('/smit/cm_component/legacy', (server) => answers(server, { ...view, running }));
    const table = await screen.findByRole('table', { name: /^Scripts in the order/ });
    expect(within(table).getByRole('row', { name: /10\.interface/ }).textContent).toContain('running');
    expect(screen.getByRole('button', { name: 'Cancel monitor in legacy' })).toBeDefined();
  });

  it('asks before a script is enabled, says what that does, and then what was done', async () => {
    const off = componentScript({ enabled: false, last: { monitor: scriptResult() } });
    const { server, user } = openConsole('/smit/cm_component/legacy', (prepared) => {
      answers(prepared, componentView({ scripts: [off] }));
      prepared.answers(enableComponentScript, () => ({
        ...{ component: 'legacy', script: '10.interface', enabled: true, changed: true },
        sentence: '10.interface is enabled: it has the mode 0755.',
      }));
    });
    await user.click(await screen.findByRole('button', { name: 'Enable 10.interface' }));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText(/sets the execute bits of \/etc\/ctdb\/events\/legacy\/10\.interface\.script/)).toBeDefined();
    expect(within(dialog).getByText('fallover ctdb event script enable legacy 10.interface')).toBeDefined();
    expect(server.asked(enableComponentScript)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Enable' }));
    expect(await screen.findByText('10.interface is enabled: it has the mode 0755.')).toBeDefined();
  });

  it('verifies: what was found by weight, and which nodes could not be compared', async () => {
    openConsole('/smit/cm_component/legacy?view=verification', answers);
    const table = await screen.findByRole('table', { name: 'Findings' });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map((row) => within(row).getAllByRole('cell')[0]?.textContent),
    ).toEqual(['warning', 'note']);
    expect(screen.getByText(/Without nodec/)).toBeDefined();
    expect(screen.getByText(/compared with nodeb/)).toBeDefined();
  });
});
