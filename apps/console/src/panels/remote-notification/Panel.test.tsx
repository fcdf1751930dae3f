import { getSession, listNotificationMethods, listSilences, testNotificationMethod } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { method, notification, notifiesAsUsual, silence } from '../../test/notification-fixtures.ts';
import type { Server } from '../../test/server.ts';

const open = (prepare: (server: Server) => void = () => {}) =>
  openConsole('/smit/cm_remote_notification', (server) => {
    notifiesAsUsual(server);
    prepare(server);
  });
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

describe('Remote Notification Methods', () => {
  it('says what to do first while there is none', async () => {
    open((server) => server.answers(listNotificationMethods, () => ({ methods: [] })));
    expect(await screen.findByText('Nobody is told of anything yet.')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Add a method' }).getAttribute('href')).toBe('/smit/cm_add_notification_method');
  });

  it('shows whom each reaches, of what it tells, and whether anybody knows that it works', async () => {
    const events = ['node_down', 'node_up', 'network_down', 'config_too_long'];
    open((server) =>
      server.answers(listNotificationMethods, () => ({
        methods: [
          method(),
          method({
            name: 'oncall',
            transport: 'gsm_sms',
            recipients: ['+49170#'],
            draft: { revision: 1, fields: { methodEvents: { cluster: events }, when: { cluster: ['failure'] } } },
            active: undefined,
            synchronised: false,
            stale: true,
            lastProven: ago(41.5),
            lastFailure: { at: ago(2.1), sentence: 'The modem does not answer.' },
            waiting: 2,
          }),
          method({ name: 'new', stale: true, lastProven: undefined, draft: { revision: 1, fields: {} }, recipients: [] }),
        ],
      })),
    );
    const table = await screen.findByRole('table', { name: 'Remote Notification Methods' });
    await screen.findByText('SMS by a GSM modem');
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent),
      );
    expect(rows).toEqual([
      ['ops_mail ', 'E-mail (SMTP)ops@example.com', 'node_downat success, failure, warning', '3 h ago', '–', 'Send test'],
      [
        'oncall new, not synchronised',
        'SMS by a GSM modem+49170#',
        'node_down, node_up, network_down +1at failure',
        'not proven for 41 daysfailed 2 days ago: The modem does not answer.',
        '2',
        'Send test',
      ],
      ['new ', 'E-mail (SMTP)', 'nothing: it is used by escalation only', 'never proven', '–', 'Send test'],
    ]);
    expect(screen.getByText('not proven for 41 days').getAttribute('title')).toMatch(/^20/);
  });

  it('says what is silenced', async () => {
    open((server) => server.answers(listSilences, () => ({ silences: [silence()] })));
    expect(await screen.findByText(/Notifications about node_down are silenced until .* by anna: disk change/)).toBeDefined();
  });

  it('sends a test, shows both sides as they talk, and how it ended', async () => {
    const { server, user } = open((server) => server.answers(testNotificationMethod, () => ({ test: 't1' })));
    await user.click(await screen.findByRole('button', { name: 'Send test: ops_mail' }));
    const dialog = await screen.findByRole('dialog', { name: 'Test Notification: ops_mail' });
    await user.selectOptions(within(dialog).getByLabelText('Moment'), 'success');
    await user.click(within(dialog).getByRole('button', { name: 'Send the test' }));
    const log = await within(dialog).findByRole('log', { name: 'Conversation' });
    expect(server.asked(testNotificationMethod)[0]).toMatchObject({
      parameters: { name: 'ops_mail' },
      body: { event: 'node_down', moment: 'success' },
    });
    const stream = streamTo('/api/v1/notification-tests/t1/stream');
    const at = '2026-11-23T14:22:13.250Z';
    const line = (direction: string, text: string) => ({ at, recipient: 'ops@example.com', direction, text });
    stream.happen('open');
    stream.tell('line', line('note', 'Connects to mail.example.com:25.'));
    stream.tell('line', line('received', '220 mail\u001b[2J ESMTP\r\n220 ready'));
    stream.tell('line', line('sent', 'EHLO nodea'));
    await waitFor(() =>
      expect([...log.querySelectorAll('.conversation-line')].map((one) => one.textContent?.replace(/^[\d:.]+/, ''))).toEqual([
        '·noteConnects to mail.example.com:25.',
        '←received220 mail␛[2J ESMTP220 ready',
        '→sentEHLO nodea',
      ]),
    );
    stream.tell('end', notification({ moment: 'test', run: undefined }));
    expect(await within(dialog).findByText('Delivered: the other side has taken the test.')).toBeDefined();
    expect(within(dialog).getByText(/250 OK: message queued/)).toBeDefined();
    expect(stream.closed).toBe(true);
  });

  it('says of a test that was not delivered why, and begins anew when the stream was lost', async () => {
    const { user } = open((server) => server.answers(testNotificationMethod, () => ({ test: 't1' })));
    await user.click(await screen.findByRole('button', { name: 'Send test: ops_mail' }));
    await user.click(screen.getByRole('button', { name: 'Send the test' }));
    const log = await screen.findByRole('log', { name: 'Conversation' });
    const line = { at: '2026-11-23T14:22:13.250Z', recipient: 'a', direction: 'note', text: 'Connects.' };
    const first = streamTo('/api/v1/notification-tests/t1/stream');
    first.tell('line', line);
    first.happen('error');
    expect(await within(log).findByText('The cluster manager is away; reconnecting …')).toBeDefined();
    await waitFor(() => expect(streamTo('/api/v1/notification-tests/t1/stream')).not.toBe(first));
    const second = streamTo('/api/v1/notification-tests/t1/stream');
    second.happen('open');
    second.tell('line', line);
    const failed = {
      number: 1,
      node: 'nodea',
      at: line.at,
      outcome: 'failed' as const,
      answer: '550 No such user. Check the address.',
    };
    second.tell(
      'end',
      notification({ state: 'failed', recipients: [{ to: 'ops@example.com', state: 'failed', attempts: [failed] }] }),
    );
    expect(await screen.findByText('Not delivered: nobody has got the test.')).toBeDefined();
    expect(screen.getByText(/550 No such user. Check the address./)).toBeDefined();
    expect(within(log).getAllByText('Connects.')).toHaveLength(1);
  });

  it('asks whether it may cost money, and says when the next one can be sent', async () => {
    const { server, user } = open((server) => {
      server.answers(listNotificationMethods, () => ({ methods: [method({ name: 'oncall', transport: 'gsm_sms' })] }));
      server.refuses(testNotificationMethod, { title: 'Too many tests by oncall.', status: 429, code: 'too_many_requests' });
    });
    await user.click(await screen.findByRole('button', { name: 'Send test: oncall' }));
    const send = screen.getByRole<HTMLButtonElement>('button', { name: 'Send the test' });
    expect(send.disabled).toBe(true);
    await user.click(screen.getByLabelText('Yes, send it: an SMS costs money'));
    await user.click(send);
    expect(await screen.findByText('Too many tests by oncall.')).toBeDefined();
    expect(screen.getByText(/^The next test can be sent at .*\d\d:\d\d:\d\d\.$/)).toBeDefined();
    expect(server.asked(testNotificationMethod)).toHaveLength(1);
  });

  it('lets who may only look look', async () => {
    open((server) =>
      server.answers(getSession, () => ({
        principal: { name: 'eve', role: 'monitor' as const, via: 'session' as const },
        setUpNeeded: false,
        cluster: 'payroll',
        node: 'nodea',
      })),
    );
    expect(await screen.findByRole('link', { name: 'ops_mail' })).toBeDefined();
    expect(screen.queryByRole('button', { name: /Send test/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Add a remote/ })).toBeNull();
  });
});
