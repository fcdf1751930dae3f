import { changeEntry, type EntryView, listEntries } from '@fallover/contract';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';

const cluster = (revision: number, fields: NonNullable<EntryView['draft']>['fields']): EntryView => ({
  class: 'cluster',
  name: 'payroll',
  draft: { revision, fields },
  synchronised: false,
  usedBy: [],
});
const KEPT = { verificationHour: { cluster: 3 }, mailRelay: { cluster: 'smtp://old:25' } };

const open = () =>
  openConsole('/smit/cm_notification_settings', (server) => {
    server.answers(listEntries, ({ parameters }) => ({ entries: parameters.class === 'cluster' ? [cluster(2, KEPT)] : [] }));
    server.answers(changeEntry, () => ({ entry: cluster(3, KEPT), warnings: [] }));
  });

describe('Remote Notification Settings', () => {
  it('are part of the cluster’s one entry, and leave the other part as it is', async () => {
    const { server, user } = open();
    await user.clear(await screen.findByLabelText('Mail Relay'));
    await user.type(screen.getByLabelText('Mail Relay'), 'smtp://mail.example.com:25');
    await user.type(screen.getByLabelText('Allowed Targets'), '127.0.0.1:9000 10.0.0.0/8');
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)[0]).toMatchObject({
      parameters: { class: 'cluster', name: 'payroll' },
      body: {
        revision: 2,
        fields: {
          verificationHour: { cluster: 3 },
          mailRelay: { cluster: 'smtp://mail.example.com:25' },
          allowedTargets: { cluster: ['127.0.0.1:9000', '10.0.0.0/8'] },
        },
      },
    });
  });

  it('are refused below their fields', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Address of the Console'), 'nodea');
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('Address of the Console: "nodea"');
    expect(server.asked(changeEntry)).toEqual([]);
  });

  it('are no conflict with what somebody saves meanwhile on the other panel of the entry', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Address of the Console'), 'https://nodea:8770');
    server.answers(listEntries, ({ parameters }) => ({
      entries: parameters.class === 'cluster' ? [cluster(5, { ...KEPT, verificationHour: { cluster: 4 } })] : [],
    }));
    const before = server.asked(listEntries).length;
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    await waitFor(() => expect(server.asked(listEntries).length).toBeGreaterThan(before + 3));
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(screen.queryByText(/Somebody saved this entry meanwhile/)).toBeNull();
    expect(server.asked(changeEntry)[0]?.body).toMatchObject({
      revision: 5,
      fields: { verificationHour: { cluster: 4 }, consoleUrl: { cluster: 'https://nodea:8770' } },
    });
  });
});
