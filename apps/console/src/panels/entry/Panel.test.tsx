import { changeEntry, deleteEntry, type EntryView, listEntries } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { network } from '../../test/fixtures.ts';

const label = (more: Partial<EntryView> = {}): EntryView => ({
  class: 'interface',
  name: 'nodea_en0',
  draft: { revision: 7, fields: { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net1' } } },
  synchronised: false,
  usedBy: [],
  ...more,
});

describe('an entry of the topology', () => {
  it('is added to the draft by what is typed and chosen', async () => {
    const added = label();
    const { server, user } = openConsole('/smit/cm_add_interface', (server) => {
      server.answers(changeEntry, () => ({ entry: added, warnings: [] }));
      server.answers(listEntries, ({ parameters }) => ({
        entries: parameters.class === 'network' ? [network()] : parameters.class === 'interface' ? [added] : [],
      }));
    });
    await user.type(await screen.findByLabelText('IP Label'), 'nodea_en1');
    await user.type(screen.getByLabelText('Node Name'), 'nodea');
    await user.click(screen.getByRole('button', { name: 'Network Name: list' }));
    const list = await screen.findByRole('dialog', { name: 'Network Name' });
    await user.click(within(list).getByRole('option', { name: /net1/ }));
    expect((screen.getByLabelText('Network Name') as HTMLInputElement).value).toBe('net1');
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe('fallover add interface nodea_en1 NODE=nodea NETWORK=net1');
    await user.click(within(command).getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    await waitFor(() => expect(server.asked(changeEntry)).toHaveLength(1));
    expect(server.asked(changeEntry)).toMatchObject([
      {
        parameters: { class: 'interface', name: 'nodea_en1' },
        body: { revision: 0, fields: { onNode: { cluster: 'nodea' }, onNetwork: { cluster: 'net1' } } },
      },
    ]);
  });

  it('is refused before it is sent, each fault below its field; a name that nothing has is a warning', async () => {
    const { server, user } = openConsole('/smit/cm_add_interface');
    await user.type(await screen.findByLabelText('IP Label'), '-x');
    await user.type(screen.getByLabelText('Network Name'), 'net2');
    expect(screen.getByText('Network Name: there is no network "net2" in the configuration. Did you mean net1?')).toBeDefined();
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    const faults = (await screen.findAllByRole('alert')).map(({ textContent }) => textContent);
    expect(faults).toEqual([
      'IP Label: "-x" is not a name. A name has 1 to 64 letters, digits, dots, underscores and hyphens, and begins with a letter or a digit.',
      'Node Name is missing. Fill it in.',
    ]);
    expect(server.asked(changeEntry)).toEqual([]);
  });

  it('cannot be added under a name that is taken', async () => {
    const { server, user } = openConsole('/smit/cm_add_network?name=net1');
    await user.click(await screen.findByRole('button', { name: /Do: add/ }));
    expect(await screen.findByText('There is a network net1 already. Give this one another name.')).toBeDefined();
    expect(server.asked(changeEntry)).toEqual([]);
  });

  it('shows what is active where the draft differs', async () => {
    const draft = { revision: 3, fields: { networkType: { cluster: 'XD_ip' }, netmask: { cluster: '255.255.255.0' } } };
    openConsole('/smit/cm_network/net1', (server) =>
      server.answers(listEntries, ({ parameters }) => ({
        entries: parameters.class === 'network' ? [network({ draft, synchronised: false })] : [],
      })),
    );
    expect(await screen.findByText('Network Type: XD_ip; active is ether')).toBeDefined();
  });

  it('keeps what is typed when somebody else saves, and shows both', async () => {
    const { server, user } = openConsole('/smit/cm_network/net1');
    await user.type(await screen.findByLabelText('Description'), 'Production');
    const theirs = { networkType: { cluster: 'infiniband' }, netmask: { cluster: '255.255.255.0' } };
    server.answers(listEntries, ({ parameters }) => ({
      entries: parameters.class === 'network' ? [network({ draft: { revision: 3, fields: theirs } })] : [],
    }));
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    const notice = await screen.findByText(/Somebody saved this entry meanwhile/);
    expect(notice).toBeDefined();
    expect(screen.getByRole('row', { name: 'Network Type ether infiniband unchanged' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: /Keep my changes/ }));
    expect((screen.getByLabelText('Description') as HTMLInputElement).value).toBe('Production');
    expect((screen.getByLabelText('Network Type') as HTMLSelectElement).value).toBe('infiniband');
  });

  it('is deleted after a question; while it is named the question says by what', async () => {
    const named = network({ usedBy: [{ class: 'interface', name: 'nodea_en0' }] });
    const { server, user } = openConsole('/smit/cm_network/net1', (server) =>
      server.answers(listEntries, ({ parameters }) => ({ entries: parameters.class === 'network' ? [named] : [] })),
    );
    await user.click(await screen.findByRole('button', { name: 'Delete this network' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete net1?' });
    expect(within(dialog).getByText('network interface').textContent).toBe('network interface nodea_en0');
    const confirm = within(dialog).getByRole('button', { name: 'Delete from the draft' }) as HTMLButtonElement;
    expect(confirm.disabled).toBe(true);

    server.answers(listEntries, ({ parameters }) => ({ entries: parameters.class === 'network' ? [network()] : [] }));
    server.answers(deleteEntry, () => undefined);
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    await waitFor(() => expect(confirm.disabled).toBe(false));
    await user.click(confirm);
    expect(await screen.findByRole('heading', { level: 1, name: 'Networks' })).toBeDefined();
    expect(server.asked(deleteEntry)[0]).toMatchObject({ parameters: { class: 'network', name: 'net1' } });
    expect(server.asked(deleteEntry)[0]?.query.get('revision')).toBe('2');
  });

  it('that does not exist has a page that says so', async () => {
    openConsole('/smit/cm_site/nowhere');
    expect(await screen.findByText(/There is no site nowhere\./)).toBeDefined();
  });
});
