import { changeEntry, type EntryView, getCluster, listEntries, previewNotification, testNotification } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { cluster } from '../../test/fixtures.ts';
import { notifiesAsUsual, preview } from '../../test/notification-fixtures.ts';
import type { Server } from '../../test/server.ts';

const entry = (fields: NonNullable<EntryView['draft']>['fields'], more: Partial<EntryView> = {}): EntryView => ({
  class: 'notification_method',
  name: 'ops_mail',
  draft: { revision: 3, fields },
  active: fields,
  synchronised: true,
  usedBy: [],
  ...more,
});
const KEPT = {
  contact: { cluster: 'ops@example.com' },
  settings: { cluster: ['host=mail.example.com', 'password=sealed:v1:abc'] },
  methodEvents: { cluster: ['node_down'] },
};

const open = (path: string, prepare: (server: Server) => void = () => {}, kept: EntryView[] = [entry(KEPT)]) =>
  openConsole(path, (server) => {
    notifiesAsUsual(server);
    server.answers(listEntries, ({ parameters }) => ({ entries: parameters.class === 'notification_method' ? kept : [] }));
    server.answers(changeEntry, () => ({ entry: entry(KEPT), warnings: [] }));
    prepare(server);
  });
const ADD = '/smit/cm_add_notification_method';
const METHOD = '/smit/cm_notification_method/ops_mail';
const value = (label: string): string => screen.getByLabelText<HTMLInputElement>(label).value;

describe('the form of a remote notification method', () => {
  it('has HACMP’s fields in HACMP’s order and words', async () => {
    open(ADD);
    await screen.findByLabelText('Method Name');
    const labels = [...document.querySelectorAll<HTMLElement>('form [data-smit-label]')].map(({ dataset }) => dataset.smitLabel);
    expect(labels).toEqual([
      'Method Name',
      'Description',
      'Nodename(s)',
      'Number to Dial or Cell Phone Address',
      'Notification Type',
      'Filename',
      'Message Text',
      'Cluster Event(s)',
      'Retry Counter',
      'TIMEOUT (in seconds)',
      'When',
      'Severity',
    ]);
    expect(screen.getByLabelText('Retry Counter').getAttribute('placeholder')).toBe('3');
  });

  it('knows by the form of the destination how it is reached, asks for what that needs, and saves it', async () => {
    const { server, user } = open(ADD, () => {}, []);
    await user.type(await screen.findByLabelText('Method Name'), 'ops_mail');
    await user.type(screen.getByLabelText('Number to Dial or Cell Phone Address'), 'ops@example.com');
    expect(screen.getByRole('option', { name: 'from the destination: E-mail (SMTP)' })).toBeDefined();
    await user.type(screen.getByLabelText('Server'), 'mail.example.com');
    await user.selectOptions(screen.getByLabelText('Check the certificate'), 'no');
    await user.type(screen.getByLabelText('Password'), 'a b');
    await user.selectOptions(screen.getByLabelText('Cluster Event(s)'), 'node_down');
    await user.click(screen.getByLabelText('success'));
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe(
      "fallover add method ops_mail CONTACT=ops@example.com SETTINGS='host=mail.example.com password=- verify=false' EVENTS=node_down WHEN='failure warning'",
    );
    await user.click(within(command).getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)[0]).toMatchObject({
      parameters: { class: 'notification_method', name: 'ops_mail' },
      body: {
        revision: 0,
        fields: {
          contact: { cluster: 'ops@example.com' },
          settings: { cluster: ['host=mail.example.com', 'password=a%20b', 'verify=false'] },
          methodEvents: { cluster: ['node_down'] },
          when: { cluster: ['failure', 'warning'] },
        },
      },
    });
  });

  it('keeps what is typed for one type while another one is chosen', async () => {
    const { user } = open(METHOD);
    expect(await screen.findByLabelText('Server')).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Notification Type'), 'Webhook');
    expect(screen.queryByLabelText('Server')).toBeNull();
    await user.selectOptions(screen.getByLabelText('Notification Type'), 'E-mail (SMTP)');
    expect(value('Server')).toBe('mail.example.com');
    expect(value('Password')).toBe('•••• kept');
  });

  it('never shows a secret: it is kept, or replaced', async () => {
    const { server, user } = open(METHOD);
    expect(await screen.findByLabelText('Password')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Replace: Password' }));
    await user.keyboard('new');
    expect(screen.getByLabelText<HTMLInputElement>('Password').type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Keep the old one: Password' }));
    expect(value('Password')).toBe('•••• kept');
    await user.type(screen.getByLabelText('Port'), '587');
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)[0]?.body).toMatchObject({
      fields: { settings: { cluster: ['host=mail.example.com', 'port=587', 'password=sealed:v1:abc'] } },
    });
  });

  it('has a line for each node where nodes can differ', async () => {
    const nodes = ['nodea', 'nodeb'];
    const { server, user } = open(ADD, (server) => server.answers(getCluster, () => cluster({ nodes })), []);
    await user.type(await screen.findByLabelText('Method Name'), 'oncall');
    await user.type(screen.getByLabelText('Number to Dial or Cell Phone Address'), '+4917012345#');
    await user.type(await screen.findByLabelText('TTY device'), '/dev/ttyS0');
    await user.type(screen.getByLabelText('TTY device on nodeb'), '/dev/ttyS1');
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)[0]?.body).toMatchObject({
      fields: { settings: { cluster: ['tty=/dev/ttyS0', 'tty@nodeb=/dev/ttyS1'] } },
    });
  });

  it('shows what would be sent while it is typed, and each fault at its field', async () => {
    const { server, user } = open(METHOD, (server) =>
      server.answers(previewNotification, ({ body }) =>
        JSON.stringify(body).includes('%n has')
          ? preview({
              text: 'nodea has failed',
              measure: { encoding: 'GSM 7-bit', characters: 178, segments: 2, perSegment: 153 },
              faults: [
                { code: 'x', field: 'settings.host', sentence: 'Server: "mail.example.com" is not known.' },
                { code: 'y', field: 'settings.port', sentence: 'Port is missing.' },
              ],
              warnings: [{ code: 'tty_missing', sentence: '/dev/ttyS0 is not there on nodea.' }],
            })
          : preview(),
      ),
    );
    const region = await screen.findByRole('region', { name: 'Preview' });
    expect(await within(region).findByText('node_down nodea failed on nodea.')).toBeDefined();
    expect(within(region).getByText('ops@example.com')).toBeDefined();
    expect(within(region).getByRole('link', { name: 'the newest node_down' })).toBeDefined();
    await user.type(screen.getByLabelText('Message Text'), '%n has failed');
    expect(await within(region).findByText('178 characters, 2 segments of 153, GSM 7-bit')).toBeDefined();
    expect(within(region).getByText('/dev/ttyS0 is not there on nodea.')).toBeDefined();
    const host = screen.getByLabelText('Server');
    expect(host.getAttribute('aria-invalid')).toBe('true');
    // What is still empty is not red before somebody has tried.
    expect(screen.getByLabelText('Port').getAttribute('aria-invalid')).toBe('false');
    expect(within(region).getByText('Port is missing.')).toBeDefined();
    await user.selectOptions(within(region).getByLabelText('Preview: moment'), 'at start');
    await waitFor(() => expect(server.asked(previewNotification).at(-1)?.body).toMatchObject({ moment: 'start' }));
  });

  it('sends a test with the values as typed, before anything is saved', async () => {
    const { server, user } = open(METHOD, (server) => server.answers(testNotification, () => ({ test: 't1' })));
    await user.type(await screen.findByLabelText('Port'), '2525');
    await user.click(screen.getByRole('button', { name: 'Test Notification …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Test Notification: ops_mail' });
    await user.click(within(dialog).getByRole('button', { name: 'Send the test' }));
    await waitFor(() => expect(server.asked(testNotification)).toHaveLength(1));
    expect(server.asked(testNotification)[0]?.body).toMatchObject({
      method: {
        name: 'ops_mail',
        fields: { settings: { cluster: ['host=mail.example.com', 'port=2525', 'password=sealed:v1:abc'] } },
      },
      event: 'node_down',
      moment: 'failure',
    });
    expect(await within(dialog).findByRole('log', { name: 'Conversation' })).toBeDefined();
    expect(server.asked(changeEntry)).toEqual([]);
  });

  it('is not tested while the rules refuse it: they say so at the field', async () => {
    const { server, user } = open(METHOD);
    await user.type(await screen.findByLabelText('Retry Counter'), 'often');
    await user.click(screen.getByRole('button', { name: 'Test Notification …' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Retry Counter');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(server.asked(testNotification)).toEqual([]);
  });

  it('keeps what is typed when somebody else saves, and shows both without a password', async () => {
    const { server, user } = open(METHOD);
    await user.type(await screen.findByLabelText('Description'), 'Operators');
    await user.click(screen.getByRole('button', { name: 'Replace: Password' }));
    await user.keyboard('mine');
    const theirs = { ...KEPT, settings: { cluster: ['host=other.example.com', 'password=sealed:v1:xyz'] } };
    server.answers(listEntries, ({ parameters }) => ({
      entries: parameters.class === 'notification_method' ? [entry(theirs, { draft: { revision: 4, fields: theirs } })] : [],
    }));
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    expect(
      await screen.findByRole('row', {
        name: 'Settings host=mail.example.com, password=•••• kept host=other.example.com, password=•••• kept host=mail.example.com, password=••••',
      }),
    ).toBeDefined();
    expect(value('Description')).toBe('Operators');
  });

  it('has what keeps storms off folded away until it is used', async () => {
    const { user } = open(METHOD, () => {}, [entry(KEPT), entry({}, { name: 'oncall' })]);
    await screen.findByLabelText('Severity');
    expect(screen.queryByLabelText('Hold Time (in seconds)')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'No storms, escalation, proof' }));
    expect(screen.getByLabelText('Hold Time (in seconds)')).toBeDefined();
    // Not to itself.
    expect(
      within(screen.getByLabelText('Escalate to'))
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['add a remote notification method …', 'oncall']);
  });
});
