import { changeCustomEvent, deleteCustomEvent, listCustomEvents } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { stopApp } from '../../test/fixtures.ts';

describe('a custom event', () => {
  it('is added to the draft', async () => {
    const added = stopApp({ name: 'sync_logs', usedBy: [] });
    const { server, user } = openConsole('/smit/cm_add_custom_event', (server) => {
      server.answers(changeCustomEvent, () => ({
        customEvent: added,
        warnings: [{ code: 'x', sentence: 'It cannot be started.' }],
      }));
      server.answers(listCustomEvents, () => ({ customEvents: [added] }));
    });
    await user.type(await screen.findByLabelText('Cluster Event Name'), 'sync_logs');
    await user.type(screen.getByLabelText('Cluster Event Description'), 'Copies the logs');
    await user.type(screen.getByLabelText('Cluster Event Method'), '/opt/ha/sync_logs');
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    expect(await screen.findByRole('heading', { level: 1, name: 'sync_logs' })).toBeDefined();
    expect(await screen.findByText('Command: OK')).toBeDefined();
    expect(screen.getByText('It cannot be started.')).toBeDefined();
    expect(server.asked(changeCustomEvent)).toMatchObject([
      {
        parameters: { name: 'sync_logs' },
        body: { revision: 0, fields: { description: { cluster: 'Copies the logs' }, script: { cluster: '/opt/ha/sync_logs' } } },
      },
    ]);
  });

  it('cannot have the name of a predefined event, nor lack its script', async () => {
    const { server, user } = openConsole('/smit/cm_add_custom_event');
    await user.type(await screen.findByLabelText('Cluster Event Name'), 'node_down');
    await user.type(screen.getByLabelText('Cluster Event Description'), 'x');
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    const faults = (await screen.findAllByRole('alert')).map(({ textContent }) => textContent);
    expect(faults).toEqual([
      'Cluster Event Name: "node_down" is a predefined event. Give the custom event another name.',
      'Cluster Event Method is missing. A custom event needs the full pathname of its script.',
    ]);
    expect(server.asked(changeCustomEvent)).toEqual([]);
  });

  it('keeps what is typed when somebody else deletes it meanwhile, and can be added again', async () => {
    let theirs = [stopApp()];
    const { user } = openConsole('/smit/cm_custom_event/stop_app', (server) =>
      server.answers(listCustomEvents, () => ({ customEvents: theirs })),
    );
    await user.type(await screen.findByLabelText('Cluster Event Description'), ' now');
    theirs = [];
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    expect(await screen.findByText('It is deleted in the draft. Saving adds it again.')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Cluster Event Description').value).toMatch(/ now$/);
  });

  it('is deleted after a question, on the revision that was read; a refusal is shown', async () => {
    const { server, user } = openConsole('/smit/cm_custom_event/stop_app', (server) =>
      server.refuses(deleteCustomEvent, {
        title: 'stop_app is listed by node_down. Take it out there first.',
        status: 409,
        code: 'in_use',
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Delete this custom event' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete stop_app?' });
    await user.click(within(dialog).getByRole('button', { name: 'Delete from the draft' }));
    expect(await within(dialog).findByText(/Take it out there first/)).toBeDefined();
    expect(server.asked(deleteCustomEvent)[0]?.query.get('revision')).toBe('4');

    server.answers(deleteCustomEvent, () => undefined);
    await user.click(within(dialog).getByRole('button', { name: 'Delete from the draft' }));
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Configure Pre/Post-Event Commands'));
  });
});
