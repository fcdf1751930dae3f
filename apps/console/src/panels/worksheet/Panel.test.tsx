import { type EventView, getCluster, listCustomEvents, listEvents } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { cluster, nodeDown } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_worksheet';
const customised = (): EventView =>
  nodeDown({
    draft: {
      revision: 7,
      fields: {
        notifyCommand: { cluster: '/opt/ha/notify', nodes: { nodeb: '/opt/ha/notify-b' } },
        notificationText: { cluster: '%e on %n' },
        failOnPrePost: { cluster: true },
      },
    },
    synchronised: false,
  });
const twoNodes = (server: Server): void => {
  server.answers(getCluster, () => cluster({ nodes: ['nodea', 'nodeb'] }));
  server.answers(listEvents, () => ({ events: [customised()] }));
};
const linesOf = (table: HTMLElement): string[][] =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent ?? ''));

describe('the Cluster Event Worksheet', () => {
  it('is one sheet a node, with what holds there and where it comes from', async () => {
    const { user } = openConsole(PATH, twoNodes);
    expect(linesOf(await screen.findByRole('table', { name: /node_down/ }))).toEqual([
      ['Field', 'Value on nodea', 'Comes from'],
      ['6 Notify Command', '/opt/ha/notify', 'cluster-wide; nodeb differs'],
      ['7 Remote Notification Message Text', '%e on %n', 'cluster-wide'],
      ['13 Time Until Warning', '360 s', 'default'],
      [' Fail event if pre or post event fails', 'yes', 'cluster-wide'],
    ]);
    await user.selectOptions(screen.getByLabelText('Node'), 'nodeb');
    expect(linesOf(screen.getByRole('table', { name: /node_down/ }))[1]).toEqual([
      '6 Notify Command',
      '/opt/ha/notify-b',
      'nodeb only',
    ]);
    await user.selectOptions(screen.getByLabelText('Node'), 'all nodes (cluster-wide)');
    expect(linesOf(screen.getByRole('table', { name: /node_down/ }))[1]).toEqual([
      '6 Notify Command',
      '/opt/ha/notify',
      'cluster-wide; nodeb differs',
    ]);
  });

  it('has the cluster and the custom events above the events', async () => {
    openConsole(PATH, twoNodes);
    expect(linesOf(await screen.findByRole('table', { name: /stop_app/ })).slice(1)).toEqual([
      ['2 Cluster Event Description', 'Stops the application', 'cluster-wide'],
      ['3 Cluster Event Method', '/opt/ha/stop_app', 'cluster-wide'],
    ]);
    expect(screen.getByText('Cluster Name').closest('p')?.textContent).toBe('1 Cluster Name payroll');
  });

  it('leads to the form of an event, from its line and by its name', async () => {
    const { user } = openConsole(`${PATH}?node=nodea`, twoNodes);
    const link = await screen.findByRole('link', { name: 'node_down' });
    expect(link.getAttribute('href')).toBe('/smit/cm_worksheet/node_down?node=nodea');
    const open = screen.getByRole<HTMLButtonElement>('button', { name: 'Fill in its fields' });
    expect(open.disabled).toBe(true);
    await user.type(screen.getByRole('combobox', { name: 'Event' }), 'node_down');
    expect(open.disabled).toBe(false);
  });

  it('teaches how to begin while nothing is customised', async () => {
    openConsole(PATH, (server) => server.answers(listCustomEvents, () => ({ customEvents: [] })));
    expect(await screen.findByText(/Nothing is customised yet/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'look for it in the catalogue' }).getAttribute('href')).toBe('/smit/cm_events');
    expect(screen.getByRole('link', { name: 'add it as a custom event' })).toBeDefined();
  });
});

describe('the worksheet on paper', () => {
  const ruled = (group: HTMLElement): string[] => [...group.children].map(({ textContent }) => textContent?.trim() ?? '');

  it('has all thirteen fields, those that are empty too', async () => {
    openConsole(`${PATH}?print=1`, twoNodes);
    const page = await screen.findByRole('article', { name: 'Worksheet of nodea' });
    const blocks = [...page.querySelectorAll('dl')];
    expect(blocks.map(ruled)).toEqual([
      ['1 Cluster Namepayroll'],
      ['Custom eventstop_app', '2 Cluster Event DescriptionStops the application', '3 Cluster Event Method/opt/ha/stop_app'],
      [
        '4 Cluster Event Namenode_down',
        '5 Event Command',
        '6 Notify Command/opt/ha/notify',
        '7 Remote Notification Message Text%e on %n',
        '8 Remote Notification Message Location',
        '9 Pre-Event Command',
        '10 Post-Event Command',
        '11 Event Recovery Command',
        '12 Recovery Command Retry',
        '13 Time Until Warning360 seconds, the default',
        'Fail event if pre or post event failsyes',
      ],
    ]);
  });

  it('is a sheet for each node when all are asked for', async () => {
    openConsole(`${PATH}?print=1&node=*`, twoNodes);
    expect(await screen.findByText('· sheet 1 of 2', { exact: false })).toBeDefined();
    const [, second] = screen.getAllByRole('article');
    expect(second?.textContent).toContain('/opt/ha/notify-b nodeb only');
  });

  it('can be filled in by hand while nothing is customised, and left again', async () => {
    const { user } = openConsole(`${PATH}?print=1`, (server) => server.answers(listCustomEvents, () => ({ customEvents: [] })));
    const page = await screen.findByRole('article', { name: 'Worksheet of nodea' });
    expect([...page.querySelectorAll('.worksheet-number')].map(({ textContent }) => textContent)).toEqual([
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13'],
    ]);
    await user.click(screen.getByRole('button', { name: 'Back to the worksheet' }));
    expect(screen.queryByRole('article')).toBeNull();
  });
});
