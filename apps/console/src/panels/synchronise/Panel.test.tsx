import { getConfiguration, synchronise } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';

const change = { class: 'event', name: 'node_down', kind: 'changed' as const, fields: ['notifyCommand', 'recoveryCounter'] };
const ACTIVE = { number: 3, hash: 'a'.repeat(64), at: '2026-11-23T09:00:00.000Z', by: 'admin' };

describe('synchronise', () => {
  it('lists the changes in the words of the worksheet and makes them active with a comment', async () => {
    let changes = [change];
    const { server, user } = openConsole('/smit/cm_synchronise', (server) => {
      server.answers(getConfiguration, () => ({ active: ACTIVE, changes, changeCount: 0, exampleLoadable: false }));
      server.answers(synchronise, () => {
        changes = [];
        return {
          number: 4,
          hash: 'b'.repeat(64),
          changes: [change],
          warnings: [{ code: 'x', sentence: '/opt/ha/notify does not exist yet.' }],
          findings: [],
        };
      });
    });
    const row = await screen.findByRole('row', { name: /node_down/ });
    expect(within(row).getByText('Notify Command, Recovery Command Retry')).toBeDefined();
    await user.type(screen.getByLabelText('Comment'), 'New notify');
    await user.click(screen.getByRole('button', { name: /Do: synchronise/ }));
    expect(await screen.findByText('Revision 4 is active, with 1 change.')).toBeDefined();
    expect(screen.getByText('/opt/ha/notify does not exist yet.')).toBeDefined();
    expect(await screen.findByText(/there is nothing to synchronise/)).toBeDefined();
    expect(server.asked(synchronise)[0]?.body).toEqual({ comment: 'New notify' });
  });

  it('shows each fault that keeps the draft from becoming active', async () => {
    const { user } = openConsole('/smit/cm_synchronise', (server) => {
      server.answers(getConfiguration, () => ({ active: ACTIVE, changes: [change], changeCount: 0, exampleLoadable: false }));
      server.refuses(synchronise, {
        title: 'The draft cannot be made active.',
        status: 422,
        faults: [{ code: 'command_not_found', field: 'notifyCommand', sentence: '/opt/ha/notify is not there.' }],
      });
    });
    await screen.findByRole('row', { name: /node_down/ });
    await user.click(screen.getByRole('button', { name: /Do: synchronise/ }));
    expect(await screen.findByText('/opt/ha/notify is not there.')).toBeDefined();
  });
});
