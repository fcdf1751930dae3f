import { addSilence, endSilence, listSilences } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { notifiesAsUsual, silence } from '../../test/notification-fixtures.ts';

describe('Silences', () => {
  it('are added with a reason and an end, never without', async () => {
    const { server, user } = openConsole('/smit/cm_silences', (server) => {
      notifiesAsUsual(server);
      server.answers(addSilence, () => ({ silence: silence() }));
    });
    expect(await screen.findByText('Nothing is silenced: whoever is to be told is told.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: /Do: silence/ }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Reason is missing. Say what the silence is for, so that others know whether it may be ended.',
    );
    expect(server.asked(addSilence)).toEqual([]);
    await user.selectOptions(await screen.findByLabelText('Method'), 'ops_mail');
    await user.selectOptions(screen.getByLabelText('Cluster Event'), 'node_down');
    await user.selectOptions(screen.getByLabelText('For how long'), '2 hours');
    await user.type(screen.getByLabelText('Reason'), 'disk change');
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe(
      "fallover silence --method ops_mail --event node_down --minutes 120 'disk change'",
    );
    await user.click(within(command).getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await user.click(screen.getByRole('button', { name: /Do: silence/ }));
    await waitFor(() =>
      expect(server.asked(addSilence)[0]?.body).toEqual({
        method: 'ops_mail',
        event: 'node_down',
        minutes: 120,
        reason: 'disk change',
      }),
    );
    expect(await screen.findByText(/^Silenced until /)).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Reason').value).toBe('');
  });

  it('are listed with who, why, until when and what they kept back, and can be ended', async () => {
    const { server, user } = openConsole('/smit/cm_silences', (server) => {
      notifiesAsUsual(server);
      server.answers(listSilences, () => ({
        silences: [silence(), silence({ id: 'old', event: undefined, method: 'ops_mail', active: false, kept: 0 })],
      }));
      server.answers(endSilence, () => undefined);
    });
    const table = await screen.findByRole('table', { name: 'Silences' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent?.replace(/\d\d:\d\d|tomorrow /g, ''))).toEqual([
      'Notifications about node_downdisk changeanna holds2End now',
      'Notifications by ops_maildisk changeanna ended0',
    ]);
    await user.click(within(table).getByRole('button', { name: 'End now: Notifications about node_down' }));
    const dialog = await screen.findByRole('dialog', { name: 'End this silence now?' });
    expect(dialog.querySelector('pre')?.textContent).toBe('fallover delete silence silence-1');
    await user.click(within(dialog).getByRole('button', { name: 'End it' }));
    await waitFor(() => expect(server.asked(endSilence)[0]?.parameters).toEqual({ silence: 'silence-1' }));
  });
});
