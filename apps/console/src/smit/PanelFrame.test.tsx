import { getEvent, listCustomEvents, listEvents } from '@fallover/contract';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../test/console.tsx';
import { answersAsUsual, nodeDown, stopApp } from '../test/fixtures.ts';
import { newServer, type Server } from '../test/server.ts';
import { Field, type Mark } from './Field.tsx';
import { ListDialog } from './ListDialog.tsx';
import { PanelFrame } from './PanelFrame.tsx';

const EVENT = '/smit/cm_event/node_down';
const known = (server: Server): void => {
  server.answers(getEvent, () => nodeDown());
  server.answers(listCustomEvents, () => ({
    customEvents: [
      stopApp(),
      stopApp({ name: 'sync_logs', draft: { revision: 1, fields: { description: { cluster: 'Copies logs' } } } }),
    ],
  }));
};
const focused = (): string | null | undefined =>
  document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;

describe('F1 Help', () => {
  it('explains the field that has the focus, follows it, and gives the focus back', async () => {
    const { user } = openConsole(EVENT, known);
    const counter = await screen.findByLabelText('Recovery Command Retry');
    await user.click(counter);
    await user.keyboard('{F1}');
    const help = await screen.findByRole('complementary', { name: 'Help' });
    expect(within(help).getByRole('heading').textContent).toBe('Recovery Command Retry');
    expect(help.textContent).toContain('How many times the recovery command is tried for one event, 0 to 100.');
    expect(document.activeElement).toBe(within(help).getByRole('heading'));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary', { name: 'Help' })).toBeNull();
    expect(document.activeElement).toBe(counter);
    await user.keyboard('{F1}');
    await user.click(screen.getByLabelText('Notify Command'));
    expect(within(screen.getByRole('complementary', { name: 'Help' })).getByRole('heading').textContent).toBe('Notify Command');
  });

  it('explains the panel where no field has the focus', async () => {
    const { user } = openConsole('/smit/cm_events');
    await screen.findByRole('heading', { level: 1, name: 'Change/Show Pre-Defined Events' });
    await user.keyboard('{Escape}1');
    expect((await screen.findByRole('complementary', { name: 'Help' })).textContent).toContain(
      'The predefined events, and what is customised on each.',
    );
  });
});

describe('F4 List', () => {
  it('takes several where SMIT does, by keyboard, in the order in which they were selected', async () => {
    const { user } = openConsole(EVENT, known);
    await user.click(await screen.findByLabelText('Pre-Event Command'));
    await user.keyboard('{F4}');
    const dialog = await screen.findByRole('dialog', { name: 'Pre-Event Command' });
    await user.keyboard('copies');
    expect(
      within(dialog)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['sync_logsCopies logs']);
    await user.keyboard(' {Control>}a{/Control}{Backspace}stop {Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const names = screen.getByRole('list', { name: 'Pre-Event Command, in order' });
    expect(
      within(names)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['sync_logs', 'stop_app']);
  });

  it('opens from the mark of a field, and takes one line with Enter', async () => {
    const { user } = openConsole(EVENT, known);
    await user.click(await screen.findByRole('button', { name: 'Fail event if pre or post event fails: list' }));
    await screen.findByRole('dialog');
    await user.keyboard('yes{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText<HTMLSelectElement>('Fail event if pre or post event fails').value).toBe('true');
  });

  it('has the focus before the next key comes', async () => {
    openConsole(EVENT, known);
    const field = await screen.findByLabelText('Pre-Event Command');
    act(() => field.focus());
    fireEvent.keyDown(field, { key: 'F4' });
    expect(focused()).toBe('Find in the list of Pre-Event Command');
  });

  it('is that of the field that has the focus, also while it is still being read', async () => {
    let read: (values: string[]) => void = () => {};
    const one = (id: string, values: readonly string[] | undefined, marks: readonly Mark[] = ['+']) => (
      <Field
        id={id}
        label={id}
        marks={marks}
        list={values && { values: values.map((value) => ({ value })), chosen: [], choose() {} }}
      >
        <input id={id} />
      </Field>
    );
    /** It is drawn anew by itself, not with its panel. */
    const Late = () => {
      const [values, setValues] = useState<string[]>();
      read = setValues;
      return one('late', values);
    };
    const server = newServer();
    answersAsUsual(server);
    render(
      <MemoryRouter>
        <QueryClientProvider client={new QueryClient()}>
          <PanelFrame title="Fields" commands={[]}>
            {one('first', ['berlin'])}
            <Late />
            {one('free', undefined, [])}
          </PanelFrame>
        </QueryClientProvider>
      </MemoryRouter>,
    );
    const pressF4In = (id: string): void => {
      const entry = screen.getByLabelText(id, { selector: 'input' });
      act(() => entry.focus());
      fireEvent.keyDown(entry, { key: 'F4' });
    };
    const offered = (): (string | null)[] => screen.queryAllByRole('option').map(({ textContent }) => textContent);
    pressF4In('late');
    expect((await screen.findByRole('dialog', { name: 'late' })).textContent).toContain('still being read');
    act(() => read(['oslo']));
    await waitFor(() => expect(offered()).toEqual(['oslo']));
    act(() => read(['oslo', 'paris']));
    await waitFor(() => expect(offered()).toEqual(['oslo', 'paris']));
    fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    pressF4In('free');
    expect((await screen.findByRole('dialog', { name: 'free' })).textContent).toContain('has no list');
  });

  it('keeps the mark on its line while the list is still being read', async () => {
    const values = (...names: string[]) => names.map((value) => ({ value }));
    const taken: string[][] = [];
    const dialog = (...names: string[]) => (
      <ListDialog
        label="Node"
        list={{ values: values(...names), chosen: [], choose: (chosen) => taken.push(chosen) }}
        close={() => {}}
      />
    );
    const { rerender } = render(dialog('berlin', 'oslo'));
    fireEvent.keyDown(await screen.findByRole('combobox'), { key: 'ArrowDown' });
    rerender(dialog('athens', 'berlin', 'oslo'));
    fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' });
    expect(taken).toEqual([['oslo']]);
  });

  it('says when there is nothing to choose from, and is not there where nothing has a list', async () => {
    const { user } = openConsole(EVENT, (server) => {
      known(server);
      server.answers(listCustomEvents, () => ({ customEvents: [] }));
    });
    await user.click(await screen.findByRole('button', { name: 'Pre-Event Command: list' }));
    expect(await screen.findByText('There is nothing to choose from yet.')).toBeDefined();
  });
});

describe('the keys of a panel', () => {
  it('are named to a screen reader, and F4 only where something has a list', async () => {
    openConsole('/smit/cm_events');
    const bar = await screen.findByRole('toolbar');
    const keys = within(bar)
      .getAllByRole('button')
      .map((button) => button.getAttribute('aria-keyshortcuts'));
    expect(keys).toEqual(['F1', 'F2', 'F3', 'F6', 'F8', '?']);
  });

  it('are F-keys, or Esc and then the digit, also while typing', async () => {
    const { user } = openConsole(EVENT, known);
    const entry = await screen.findByLabelText('Notify Command');
    await user.type(entry, '/opt/notify');
    await user.keyboard('{Escape}6');
    expect(await screen.findByText('fallover modify event node_down NOTIFYCOMMAND=/opt/notify')).toBeDefined();
    await user.click(screen.getByText('Close'));
    await user.keyboard('{F5}');
    expect(screen.getByLabelText<HTMLInputElement>('Notify Command').value).toBe('');
    fireEvent.keyDown(document.body, { key: 'F3' });
    expect(await screen.findByRole('heading', { level: 1, name: 'Change/Show Pre-Defined Events' })).toBeDefined();
    await waitFor(() => expect(focused()).toBe('Change/Show Pre-Defined Events'));
  });

  it('are listed by ?, which can be switched off with every single letter', async () => {
    const { user } = openConsole(EVENT, known);
    await screen.findByLabelText('Notify Command');
    await user.keyboard('?');
    const sheet = await screen.findByRole('dialog', { name: 'Keys of this panel' });
    expect(within(sheet).getByText('List: the values that the field can be chosen from')).toBeDefined();
    await user.click(within(sheet).getByRole('switch', { name: 'Keys of a single letter' }));
    await user.click(within(sheet).getByText('Close'));
    await user.keyboard('?/');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(localStorage.getItem('fallover.single-keys')).toBe('off');
    await user.click(screen.getByRole('button', { name: /Keys$/ }));
    expect(await screen.findByText('this sheet (switched off)')).toBeDefined();
  });

  it('leave letters to an entry', async () => {
    const { user } = openConsole(EVENT, known);
    const entry = await screen.findByLabelText<HTMLInputElement>('Notify Command');
    await user.type(entry, '/opt/a?');
    expect(entry.value).toBe('/opt/a?');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('F8 Image', () => {
  it('has the panel as text, with what is typed', async () => {
    const { user } = openConsole(EVENT, known);
    await user.type(await screen.findByLabelText('Recovery Command Retry'), '2');
    await user.keyboard('{F8}');
    const image = (await screen.findByRole('dialog', { name: 'Image of node_down' })).querySelector('pre')?.textContent ?? '';
    expect(image).toContain('Recovery Command Retry');
    expect(image).toMatch(/\[2\]\s+#/);
    expect(image).not.toContain('F1');
  });
});

describe('the fast path', () => {
  it('goes from anywhere by Ctrl-K to a panel, an event, a custom event, a run or a setting', async () => {
    const { user } = openConsole('/', (server) => {
      known(server);
      server.answers(listEvents, () => ({ events: [nodeDown()] }));
    });
    await screen.findByRole('heading', { level: 1, name: 'Cluster payroll' });
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('combobox', { name: 'Fast path' });
    await user.keyboard('smitty cm_events{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'Change/Show Pre-Defined Events' })).toBeDefined();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('/');
    const dialog = await screen.findByRole('dialog', { name: 'Fast path' });
    await user.keyboard('node_down');
    expect((await within(dialog).findAllByRole('option', { name: /node_down/ }))[0]?.textContent).toBe(
      'node_downA node has left the cluster.',
    );
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'node_down' })).toBeDefined();
  });

  it('takes what is typed right behind its key, whether it is loaded already or not', async () => {
    openConsole('/smit/cm_events');
    await screen.findByRole('heading', { level: 1, name: 'Change/Show Pre-Defined Events' });
    const keys = (...names: string[]): void => {
      for (const key of names) fireEvent.keyDown(document.activeElement ?? document.body, { key });
    };
    keys(...'/nodx', 'Backspace', 'e');
    const find = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Fast path' });
    expect(find.value).toBe('node');
    fireEvent.keyDown(find, { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    keys('/');
    expect(focused()).toBe('Fast path');
  });

  it('says when nothing is found, and switches settings', async () => {
    const { user } = openConsole('/smit/cm_events');
    await user.click(await screen.findByRole('button', { name: /^Fast path/ }));
    await user.keyboard('walrus');
    expect(await screen.findByText(/Nothing is called walrus/)).toBeDefined();
    await user.keyboard('{Control>}a{/Control}{Backspace}dark{Enter}');
    expect(localStorage.getItem('fallover.theme')).toBe('dark');
    localStorage.removeItem('fallover.theme');
    document.documentElement.classList.remove('pf-v6-theme-dark');
  });

  it('knows other names of a panel as addresses, and says so of an unknown one', async () => {
    const { user } = openConsole('/smit/cm_synchronize');
    expect(await screen.findByRole('heading', { level: 1, name: 'Verify and Synchronise' })).toBeDefined();
    await user.keyboard('{F3}');
    await screen.findByRole('heading', { level: 1, name: 'Cluster payroll' });
  });

  it('is offered where an address has no panel, with what was typed', async () => {
    const { user } = openConsole('/smit/cm_walrus');
    await user.click(await screen.findByRole('button', { name: 'Find a panel …' }));
    expect((await screen.findByRole<HTMLInputElement>('combobox', { name: 'Fast path' })).value).toBe('cm_walrus');
  });

  it('leads to what comes later, which says so in a sentence', async () => {
    openConsole('/smit/cm_user_defined_events');
    expect(
      await screen.findByText('Events that you define by a condition and a recovery program come in a later release.'),
    ).toBeDefined();
  });
});
