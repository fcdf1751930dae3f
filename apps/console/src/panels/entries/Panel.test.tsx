import { type EntryView, listEntries } from '@fallover/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { network } from '../../test/fixtures.ts';

const USED: EntryView['usedBy'] = [1, 2, 3, 4, 5].map((number) => ({ class: 'interface', name: `nodea_en${number}` }));

describe('the list of a class', () => {
  it('has each entry with its values, what names it, and whether it is synchronised', async () => {
    openConsole('/smit/cm_networks', (server) =>
      server.answers(listEntries, () => ({
        entries: [
          network({ usedBy: USED }),
          network({
            name: 'net2',
            draft: { revision: 1, fields: { networkType: { cluster: 'rs232' } } },
            active: undefined,
            synchronised: false,
          }),
          network({ name: 'net3', draft: undefined, synchronised: false }),
        ],
      })),
    );
    const table = await screen.findByRole('table', { name: 'Networks' });
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent),
      );
    expect(rows).toEqual([
      ['net1', 'ether', '255.255.255.0', '', 'nodea_en1, nodea_en2, nodea_en3 and 2 more', 'synchronised'],
      ['net2', 'rs232', '', '', 'nothing', 'new, not synchronised'],
      ['net3', 'ether', '255.255.255.0', '', 'nothing', 'deleted, not synchronised'],
    ]);
    expect(within(table).getByRole('link', { name: 'net1' }).getAttribute('href')).toBe('/smit/cm_network/net1');
  });

  it('is searched once it is long, and the search stands in the address', async () => {
    const entries = Array.from({ length: 12 }, (_, number) => network({ name: `net${number}` }));
    openConsole('/smit/cm_networks?q=net1', (server) => server.answers(listEntries, () => ({ entries })));
    expect(await screen.findByText('3 of 12')).toBeDefined();
  });

  it('says of the nodes which take part without a definition, and leads to where one is added', async () => {
    openConsole('/smit/cm_nodes', (server) => server.answers(listEntries, () => ({ entries: [] })));
    expect(await screen.findByText('No node is defined yet.')).toBeDefined();
    const link = await screen.findByRole('link', { name: 'define nodea' });
    expect(link.getAttribute('href')).toBe('/smit/cm_add_node?name=nodea');
  });
});
