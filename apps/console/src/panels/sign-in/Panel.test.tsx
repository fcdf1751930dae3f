import { changeEventCustomization, createAdministrator, getEvent, getSession, signIn } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { nodeDown } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const admin = { name: 'admin', role: 'admin' as const, via: 'session' as const };
const signedOutUntil = (server: Server, isSignedIn: () => boolean): void =>
  server.answers(getSession, () => ({ ...(isSignedIn() ? { principal: admin } : {}), setUpNeeded: false, cluster: 'payroll' }));

describe('signing in', () => {
  it('leads to the panel that was asked for', async () => {
    let inside = false;
    const { server, user } = openConsole('/smit/cm_events', (server) => {
      signedOutUntil(server, () => inside);
      server.answers(signIn, () => {
        inside = true;
        return { principal: admin };
      });
    });
    await user.type(await screen.findByLabelText('Name'), 'admin');
    await user.type(screen.getByLabelText('Password'), 'correct horse');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('heading', { name: 'Change/Show Pre-Defined Events' })).toBeDefined();
    expect(server.asked(signIn)[0]?.body).toEqual({ name: 'admin', password: 'correct horse' });
  });

  it('says why it is refused', async () => {
    const { user } = openConsole('/', (server) => {
      signedOutUntil(server, () => false);
      server.refuses(signIn, { title: 'Name or password is wrong.', status: 401, code: 'sign_in_refused' });
    });
    await user.type(await screen.findByLabelText('Name'), 'admin');
    await user.type(screen.getByLabelText('Password'), 'x');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Name or password is wrong.');
  });

  it('in the middle of a panel keeps what was typed there', async () => {
    let inside = true;
    const { user, server } = openConsole('/smit/cm_event/node_down', (server) => {
      signedOutUntil(server, () => inside);
      server.answers(getEvent, () => nodeDown());
      server.refuses(changeEventCustomization, { title: 'Sign in first.', status: 401, code: 'signed_out' });
      server.answers(signIn, () => {
        inside = true;
        return { principal: admin };
      });
    });
    await user.type(await screen.findByLabelText('Notify Command'), '/opt/ha/notify');
    inside = false;
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Signed out' });
    await user.type(within(dialog).getByLabelText('Name'), 'admin');
    await user.type(within(dialog).getByLabelText('Password'), 'correct horse');
    await user.click(within(dialog).getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>('Notify Command').value).toBe('/opt/ha/notify');
    expect(server.asked(signIn)).toHaveLength(1);
  });
});

describe('before the administrator exists', () => {
  it('the console says which address creates it', async () => {
    openConsole('/', (server) => server.answers(getSession, () => ({ setUpNeeded: true })));
    expect(await screen.findByRole('heading', { name: 'Create the administrator first' })).toBeDefined();
  });

  it('the set-up address creates it with its token', async () => {
    const { server, user } = openConsole('/setup#one-time-token', (server) =>
      server.answers(createAdministrator, () => ({ principal: admin })),
    );
    await user.type(await screen.findByLabelText('Password'), 'correct horse battery');
    await user.type(screen.getByLabelText('Password again'), 'correct horse');
    await user.click(screen.getByRole('button', { name: 'Create the administrator' }));
    expect(await screen.findByText('The two passwords differ. Type the same password twice.')).toBeDefined();
    await user.type(screen.getByLabelText('Password again'), ' battery');
    await user.click(screen.getByRole('button', { name: 'Create the administrator' }));
    expect(await screen.findByRole('heading', { name: 'Cluster payroll' })).toBeDefined();
    expect(server.asked(createAdministrator)[0]?.body).toEqual({
      token: 'one-time-token',
      name: 'admin',
      password: 'correct horse battery',
    });
  });
});
