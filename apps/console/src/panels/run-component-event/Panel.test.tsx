import { listComponents, runComponentEvent, verifyComponent } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { componentRun, componentView } from '../../test/component-fixtures.ts';
import { openConsole } from '../../test/console.tsx';
import type { Server } from '../../test/server.ts';

const AT = '2026-11-23T14:22:10.000Z';
const lists =
  (...components: ReturnType<typeof componentView>[]) =>
  (server: Server): void => {
    server.answers(listComponents, () => ({ node: 'nodea', components, at: AT }));
    server.answers(verifyComponent, () => ({
      ...{ component: 'legacy', directory: '/etc/ctdb/events/legacy', findings: [], compared: [], unanswered: [], at: AT },
    }));
    server.answers(runComponentEvent, () => componentRun({ state: 'running' }));
  };

describe('running an event in a component', () => {
  it('sends nothing while an argument is missing', async () => {
    const { server, user } = openConsole('/smit/cm_run_component_event?event=takeip&arg=eth0', lists(componentView()));
    await user.click(await screen.findByRole('button', { name: /Do: run/ }));
    expect(screen.getByText('IP is missing.')).toBeDefined();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(server.asked(runComponentEvent)).toEqual([]);
  });

  it('asks, with the scripts in their order and the line of fallover, and sends what was shown', async () => {
    const { server, user } = openConsole(
      '/smit/cm_run_component_event?event=releaseip&arg=eth0&arg=10.0.0.1&arg=24',
      lists(componentView()),
    );
    await user.click(await screen.findByRole('button', { name: /Do: run/ }));
    const dialog = screen.getByRole('dialog', { name: 'Run releaseip eth0 10.0.0.1 24 in legacy?' });
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['10.interface', '50.samba']);
    expect(within(dialog).getByText(/takes something away from those who use/)).toBeDefined();
    expect(within(dialog).getByText('fallover ctdb event run 30 legacy releaseip eth0 10.0.0.1 24')).toBeDefined();
    await user.click(within(dialog).getByRole('button', { name: 'Run' }));
    expect(server.asked(runComponentEvent).map(({ parameters, body }) => [parameters, body])).toEqual([
      [{ component: 'legacy' }, { event: 'releaseip', args: ['eth0', '10.0.0.1', '24'], timeoutSeconds: 30 }],
    ]);
  });

  it('is refused where a ctdbd runs the events, with the reason', async () => {
    openConsole('/smit/cm_run_component_event?event=monitor', lists(componentView({ mode: 'observed' })));
    expect(await screen.findByText(/The component legacy is observed/)).toBeDefined();
    expect(screen.getByRole('button', { name: /Do: run/ }).hasAttribute('disabled')).toBe(true);
  });
});
