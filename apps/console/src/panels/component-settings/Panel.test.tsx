import { addComponent, changeComponent, deleteComponent, getComponent, listComponents } from '@fallover/contract';
import { componentSentence } from '@fallover/events';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { componentView } from '../../test/component-fixtures.ts';
import { openConsole } from '../../test/console.tsx';

const CHANGE = '/smit/cm_change_component/legacy';
const declared = componentView({ name: 'legacy', source: 'declared', directory: '/opt/events', mode: 'manual' });

describe('adding a component', () => {
  it('refuses what cannot be one before it is asked for, at the field, and keeps what was typed', async () => {
    const { server, user } = openConsole('/smit/cm_add_component', (server) =>
      server.answers(addComponent, () => componentView({ name: 'mine' })),
    );
    await user.type(await screen.findByLabelText('Component Name'), '-x');
    await user.type(screen.getByLabelText('Directory'), '/opt/../events');
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    expect(await screen.findByText(/^Component Name: "-x" is not a name\./)).toBeDefined();
    expect(
      screen.getByText('directory "/opt/../events" has to be a full pathname, beginning with / and without "..".'),
    ).toBeDefined();
    expect(server.asked(addComponent)).toEqual([]);
    expect(screen.getByLabelText<HTMLInputElement>('Directory').value).toBe('/opt/../events');
    await user.clear(screen.getByLabelText('Component Name'));
    await user.type(screen.getByLabelText('Component Name'), 'mine');
    await user.clear(screen.getByLabelText('Directory'));
    await user.type(screen.getByLabelText('Directory'), '/opt/events');
    await user.selectOptions(screen.getByLabelText('Profile'), 'readme');
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover add component mine DIRECTORY=/opt/events PROFILE=readme')).toBeDefined();
    await user.click(within(screen.getByRole('dialog')).getByText('Close'));
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    expect(await screen.findByText(/is a component now/)).toBeDefined();
    expect(server.asked(addComponent)).toMatchObject([
      { parameters: { component: 'mine' }, body: { directory: '/opt/events', profile: 'readme', mode: 'manual' } },
    ]);
  });

  it('keeps what was typed when the cluster manager refuses it', async () => {
    const title = 'The component mine is there already.';
    const { user } = openConsole('/smit/cm_add_component', (server) => server.refuses(addComponent, { title, status: 409 }));
    await user.type(await screen.findByLabelText('Component Name'), 'mine');
    await user.type(screen.getByLabelText('Directory'), '/opt/events');
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    expect(await screen.findByText(title)).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Component Name').value).toBe('mine');
  });
});

describe('changing a component', () => {
  it('sends what differs, and nothing while nothing does', async () => {
    const { server, user } = openConsole(CHANGE, (server) => {
      server.answers(getComponent, () => declared);
      server.answers(changeComponent, () => ({ ...declared, mode: 'driven' as const }));
    });
    const mode = await screen.findByLabelText('Mode');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /Do: change/ }).disabled).toBe(true);
    await user.selectOptions(mode, 'driven');
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover modify component legacy MODE=driven')).toBeDefined();
    await user.click(within(screen.getByRole('dialog')).getByText('Close'));
    await user.click(screen.getByRole('button', { name: /Do: change/ }));
    await waitFor(() => expect(server.asked(changeComponent)).toMatchObject([{ body: { mode: 'driven' } }]));
    expect(await screen.findByText(/is changed\. Its next event goes by this/)).toBeDefined();
  });

  it('takes back what was declared after a question; what was found below the base is no such thing', async () => {
    const { server, user } = openConsole(CHANGE, (server) => {
      server.answers(getComponent, () => declared);
      server.answers(deleteComponent, () => ({ component: 'legacy', sentence: '' }));
      server.answers(listComponents, () => ({ node: 'nodea', components: [], at: '2026-11-23T14:22:10.000Z' }));
    });
    await user.click(await screen.findByRole('button', { name: 'Remove this component …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove the component legacy?' });
    expect(within(dialog).getByText('fallover delete component legacy')).toBeDefined();
    expect(server.asked(deleteComponent)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Remove it' }));
    await screen.findByText(/There is no component\./);
    expect(server.asked(deleteComponent)).toHaveLength(1);
  });

  it('offers no removal while it is driven, and says in the words of the cluster manager what comes first', async () => {
    const title = componentSentence({ code: 'component_driven', component: 'legacy', mode: 'driven' });
    const { user } = openConsole(CHANGE, (server) => {
      server.answers(getComponent, () => ({ ...declared, mode: 'driven' as const }));
      server.refuses(changeComponent, { title, status: 409 });
    });
    expect(await screen.findByText(title)).toBeDefined();
    expect(screen.queryByRole('button', { name: /Remove/ })).toBeNull();
    await user.selectOptions(screen.getByLabelText('Mode'), 'observed');
    await user.click(screen.getByRole('button', { name: /Do: change/ }));
    await waitFor(() => expect(screen.getAllByText(title)).toHaveLength(2));
  });

  it('offers no removal of what was found below the base', async () => {
    openConsole(CHANGE, (server) =>
      server.answers(getComponent, () => componentView({ name: 'legacy', source: 'base', mode: 'manual' })),
    );
    expect(await screen.findByText(/It was found below the base/)).toBeDefined();
    expect(screen.queryByRole('button', { name: /Remove/ })).toBeNull();
  });
});
