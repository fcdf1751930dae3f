import { changeEntry } from '@fallover/contract';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';

describe('Automatic Verification', () => {
  it('is the one entry of the cluster, which is made when something is set', async () => {
    const { server, user } = openConsole('/smit/cm_auto_verification', (server) =>
      server.answers(changeEntry, () => ({
        entry: { class: 'cluster' as const, name: 'payroll', synchronised: false, usedBy: [] },
        warnings: [],
      })),
    );
    await user.type(await screen.findByLabelText('Hour (00-23)'), '24');
    expect(screen.getByRole('option', { name: 'not set (yes)' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Hour (00-23): 24 is out of range. Give a whole number from 0 to 23.',
    );
    await user.clear(screen.getByLabelText('Hour (00-23)'));
    await user.type(screen.getByLabelText('Hour (00-23)'), '3');
    await user.selectOptions(screen.getByLabelText('Automatic Verification'), 'yes');
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)[0]).toMatchObject({
      parameters: { class: 'cluster' as const, name: 'payroll' },
      body: { revision: 0, fields: { dailyVerification: { cluster: true }, verificationHour: { cluster: 3 } } },
    });
  });
});
