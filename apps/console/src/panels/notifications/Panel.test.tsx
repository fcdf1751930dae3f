import { listNotifications, listSilences, redeliverNotification } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { RUN } from '../../test/fixtures.ts';
import { NOTIFICATION, notification, notifiesAsUsual, silence } from '../../test/notification-fixtures.ts';
import type { Server } from '../../test/server.ts';

const open = (search: string, prepare: (server: Server) => void) =>
  openConsole(`/smit/cm_notifications${search}`, (server) => {
    notifiesAsUsual(server);
    prepare(server);
  });

const attempt = (number: number, more: object) => ({ number, node: 'nodea', at: '2026-11-23T14:22:13.000Z', ...more });
const PARTLY = notification({
  state: 'failed',
  recipients: [
    { to: 'ops@example.com', state: 'delivered', attempts: [attempt(1, { outcome: 'delivered', answer: '250 OK' })] },
    {
      to: 'gone@example.com',
      state: 'failed',
      attempts: [
        attempt(1, { outcome: 'interrupted' }),
        attempt(2, { outcome: 'failed', answer: '550 No such user\u001b[2J. Check the address.' }),
      ],
    },
  ],
});

describe('Notifications', () => {
  it('are filtered by what stands in the address', async () => {
    const { server, user } = open('?method=ops_mail&state=failed&event=node_down&text=550', (server) =>
      server.answers(listNotifications, () => ({ notifications: [] })),
    );
    expect(await screen.findByText('No notification matches. Change the filter, or clear it with F5.')).toBeDefined();
    expect(Object.fromEntries(server.asked(listNotifications)[0]?.query ?? [])).toEqual({
      limit: '50',
      method: 'ops_mail',
      state: 'failed',
      event: 'node_down',
      text: '550',
    });
    await user.selectOptions(screen.getByRole('combobox', { name: 'State' }), 'expired, not sent');
    await waitFor(() => expect(server.asked(listNotifications).at(-1)?.query.get('state')).toBe('expired'));
    await user.click(screen.getByRole('button', { name: 'F5 Reset' }));
    await waitFor(() => expect(server.asked(listNotifications).at(-1)?.query.toString()).toBe('limit=50'));
  });

  it('have each recipient’s attempts and answers, and what was sent', async () => {
    const { user } = open('', (server) => server.answers(listNotifications, () => ({ notifications: [PARTLY] })));
    const table = await screen.findByRole('table', { name: 'Notifications' });
    const row = within(table).getAllByRole('row')[1] as HTMLElement;
    expect(within(row).getByText('failed')).toBeDefined();
    expect(within(row).getByText('1 of 2')).toBeDefined();
    expect(within(row).getByRole('link', { name: 'node_down nodea' }).getAttribute('href')).toBe(`/runs/${RUN}`);
    await user.click(within(row).getByRole('button', { name: /Details/ }));
    expect(await screen.findByText('node_down nodea failed on nodea.')).toBeDefined();
    const attempts = within(screen.getByRole('list', { name: 'Attempts: gone@example.com' })).getAllByRole('listitem');
    expect(attempts.map(({ textContent }) => textContent?.replace(/ (Nov 23 )?\d\d:\d\d:\d\d/, ' TIME'))).toEqual([
      '1. TIME on nodea interrupted: whether it arrived is not known',
      '2. TIME on nodea failed550 No such user␛[2J. Check the address.',
    ]);
  });

  it('say what they have to do with others, and the one in the address is open', async () => {
    open(`?open=${NOTIFICATION}`, (server) => {
      server.answers(listSilences, () => ({ silences: [silence()] }));
      server.answers(listNotifications, () => ({
        notifications: [
          notification({
            state: 'silenced',
            silence: 'silence-1',
            toldBy: 'other',
            tellsOf: ['one', 'two'],
            escalatedFrom: 'oncall',
            selfTest: true,
          }),
        ],
      }));
    });
    expect(await screen.findByText(/It was not sent:/)).toBeDefined();
    expect((await screen.findAllByText(/Notifications about node_down are silenced until/)).length).toBe(2);
    expect(screen.getByRole('link', { name: 'another notification' }).getAttribute('href')).toBe(
      '/smit/cm_notifications?before=other%7E&open=other',
    );
    expect(screen.getByRole('link', { name: 'no. 2' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'oncall' }).getAttribute('href')).toBe('/smit/cm_notification_method/oncall');
    expect(screen.getByText('It was sent by itself, to prove the method.')).toBeDefined();
  });

  it('are delivered again to those who did not get them, or to all', async () => {
    const { server, user } = open(`?open=${NOTIFICATION}`, (server) => {
      server.answers(listNotifications, () => ({ notifications: [PARTLY] }));
      server.answers(redeliverNotification, () => ({ notification: PARTLY }));
    });
    await user.click(await screen.findByRole('button', { name: 'Redeliver …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Send it again?' });
    expect(dialog.querySelector('pre')?.textContent).toBe(`fallover redeliver ${NOTIFICATION}`);
    await user.click(within(dialog).getByLabelText('To all again'));
    await user.click(within(dialog).getByRole('button', { name: 'Redeliver' }));
    await waitFor(() =>
      expect(server.asked(redeliverNotification)[0]).toMatchObject({
        parameters: { notification: NOTIFICATION },
        body: { all: true },
      }),
    );
  });

  it('go on to earlier ones, and are read again as they change', async () => {
    let state: 'sending' | 'delivered' = 'sending';
    const { server, user } = open('', (server) =>
      server.answers(listNotifications, ({ query }) =>
        query.has('before')
          ? { notifications: [notification({ id: 'older', event: 'node_up' })] }
          : { notifications: [notification({ state })], next: 'cursor' },
      ),
    );
    const table = await screen.findByRole('table', { name: 'Notifications' });
    expect(within(table).getByText('being sent')).toBeDefined();
    state = 'delivered';
    streamTo('/api/v1/stream').tell('changed', { topics: ['notifications'] });
    expect(await within(table).findByText('delivered')).toBeDefined();
    await user.click(screen.getByRole('link', { name: 'Earlier notifications' }));
    expect(await screen.findByText('node_up nodea')).toBeDefined();
    expect(server.asked(listNotifications).at(-1)?.query.get('before')).toBe('cursor');
  });
});
