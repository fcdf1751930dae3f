import { changeEntry, type EntryView, listEntries } from '@fallover/contract';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';

const KEPT = { verificationHour: { cluster: 3 }, mailRelay: { cluster: 'smtp://old:25' } };
const cluster = (revision: number): EntryView => ({
  class: 'cluster',
  name: 'payroll',
  draft: { revision, fields: KEPT },
  synchronised: false,
  usedBy: [],
});

const open = () =>
  openConsole('/smit/cm_fencing', (server) => {
    server.answers(listEntries, ({ parameters }) => ({ entries: parameters.class === 'cluster' ? [cluster(2)] : [] }));
    server.answers(changeEntry, () => ({ entry: cluster(3), warnings: [] }));
  });

describe('Fencing', () => {
  it('names the command with its arguments, and leaves the rest of the cluster’s entry as it is', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Fence Command'), '/usr/local/sbin/fence-by-ipmi /etc/fallover/bmc');
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)[0]).toMatchObject({
      parameters: { class: 'cluster', name: 'payroll' },
      body: {
        revision: 2,
        fields: { ...KEPT, fenceCommand: { cluster: ['/usr/local/sbin/fence-by-ipmi', '/etc/fallover/bmc'] } },
      },
    });
  });

  it('takes no command that is not a full pathname', async () => {
    const { server, user } = open();
    await user.type(await screen.findByLabelText('Fence Command'), 'fence-by-ipmi /etc/fallover/bmc');
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('Fence Command: "fence-by-ipmi"');
    expect(server.asked(changeEntry)).toEqual([]);
  });
});
