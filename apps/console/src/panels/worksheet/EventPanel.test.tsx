import { changeEventCustomization, type EventView, getCluster, getEvent } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { cluster, nodeDown } from '../../test/fixtures.ts';

const PATH = '/smit/cm_worksheet/node_down';
const customised = (revision: number, notifyCommand: string): EventView =>
  nodeDown({ draft: { revision, fields: { notifyCommand: { cluster: notifyCommand } } }, synchronised: false });
const open = (path = PATH) =>
  openConsole(path, (server) => {
    server.answers(getCluster, () => cluster({ nodes: ['nodea', 'nodeb'] }));
    server.answers(getEvent, () => customised(7, '/opt/ha/notify'));
    server.answers(changeEventCustomization, () => ({ event: customised(8, '/opt/ha/notify'), warnings: [] }));
  });
const save = () => screen.getByRole('button', { name: /Do: save in the draft/ });
const calls = (): string[] =>
  within(within(screen.getByRole('region', { name: /How it will be called/ })).getByRole('list'))
    .getAllByRole('listitem')
    .map((item) => item.querySelector('code')?.textContent ?? '');

describe('the worksheet of an event', () => {
  it('has its fields with their numbers', async () => {
    open();
    await screen.findByLabelText('Event Command');
    const numbered = [...document.querySelectorAll('form label')].map(
      (label) => `${label.getAttribute('data-number') ?? '-'} ${label.textContent}`,
    );
    expect(numbered).toEqual([
      '5 Event Command',
      '6 Notify Command',
      '7 Remote Notification Message Text',
      '8 Remote Notification Message Location',
      '9 Pre-Event Command',
      '10 Post-Event Command',
      '11 Event Recovery Command',
      '12 Recovery Command Retry',
      '13 Time Until Warning',
      '- Fail event if pre or post event fails',
    ]);
  });

  it('says under each field what is refused and what is worth knowing, while it is typed', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Remote Notification Message Text'), '100%');
    expect(screen.getByText(/"%" at character 4 stands for nothing/)).toBeDefined();
    expect(screen.getByLabelText('Remote Notification Message Text').getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByRole('alert')).toBeNull();
    await user.type(screen.getByLabelText('Event Command'), '/opt/ha/down');
    expect(screen.getByText(/replacing the command of node_down is strongly discouraged/)).toBeDefined();
    await user.click(save());
    expect(screen.getByRole('alert').textContent).toMatch(/stands for nothing/);
    expect(server.asked(changeEventCustomization)).toEqual([]);
  });

  it('is saved in the draft for all nodes or for one, on the revision that was read', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Remote Notification Message Text'), '%e on %n: %o');
    await user.click(screen.getByRole('tab', { name: 'nodeb' }));
    expect(screen.getByLabelText<HTMLInputElement>('Notify Command').placeholder).toBe('/opt/ha/notify (whole cluster)');
    await user.type(screen.getByLabelText('Notify Command'), '/opt/ha/notify-b');
    await user.click(save());
    expect(await screen.findByText(/Saved in the draft/)).toBeDefined();
    expect(server.asked(changeEventCustomization)[0]?.body).toEqual({
      revision: 7,
      fields: {
        notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
        notificationText: { cluster: '%e on %n: %o' },
      },
    });
  });

  it('keeps what was typed when somebody saves meanwhile', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Time Until Warning'), '60');
    server.answers(getEvent, () => customised(8, '/opt/theirs'));
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    expect(await screen.findByText(/Somebody saved this entry meanwhile/)).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Time Until Warning').value).toBe('60');
  });
});

describe('how it will be called', () => {
  it('follows the form: every step in order with all its arguments', async () => {
    const { user } = open();
    await screen.findByLabelText('Event Command');
    expect(calls()).toEqual([
      '/opt/ha/notify node_down start nodea',
      'node_down nodea',
      '/opt/ha/notify node_down complete STATUS nodea',
    ]);
    await user.selectOptions(screen.getByLabelText('Pre-Event Command'), 'stop_app');
    await user.type(screen.getByLabelText('Event Recovery Command'), '/opt/ha/recover');
    await user.type(screen.getByLabelText('Recovery Command Retry'), '2');
    await user.clear(screen.getByLabelText('Notify Command'));
    expect(calls()).toEqual(['/opt/ha/stop_app node_down nodea', 'node_down nodea', '/opt/ha/recover node_down nodea']);
    expect(screen.getByText(/only after the event command has failed, 2× at most/)).toBeDefined();
  });

  it('leaves out what is refused and says so', async () => {
    const { user } = open();
    await user.clear(await screen.findByLabelText('Notify Command'));
    await user.type(screen.getByLabelText('Notify Command'), 'notify.sh');
    expect(calls()).toEqual(['node_down nodea']);
    expect(screen.getByText('Left out, because it is refused: Notify Command.')).toBeDefined();
  });

  it('is shown with arguments that are chosen, and for a node', async () => {
    const { user } = open();
    await user.selectOptions(await screen.findByLabelText('HOW'), 'forced');
    expect(calls()).toEqual(['node_down nodea forced']);
    await user.selectOptions(screen.getByLabelText('HOW'), 'takeover');
    await user.selectOptions(screen.getByLabelText('Node'), 'nodeb');
    expect(calls()[0]).toBe('/opt/ha/notify node_down start nodeb takeover');
    expect(screen.getByRole('region', { name: 'How it will be called on nodeb' })).toBeDefined();
  });

  it('follows the node whose own values are typed', async () => {
    const { user } = open();
    await user.click(await screen.findByRole('tab', { name: 'nodeb' }));
    await user.type(screen.getByLabelText('Notify Command'), '/opt/ha/b');
    expect(calls()[0]).toBe('/opt/ha/b node_down start nodeb');
    await user.click(screen.getByRole('tab', { name: 'Whole cluster' }));
    await user.selectOptions(screen.getByLabelText('Node'), 'nodea');
    expect(calls()[0]).toBe('/opt/ha/notify node_down start nodea');
  });
});
