import { getEvent, getRun, listEvents } from '@fallover/contract';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../test/console.tsx';

const hrefOf = (name: string): string | null => screen.getByRole('link', { name }).getAttribute('href');

describe('an address that names what is not there', () => {
  it('says so once and leads to the list, since to try again would not help', async () => {
    const title = '"node_sideways" is not a cluster event. fallover query event lists them all.';
    openConsole('/smit/cm_event/node_sideways', (server) =>
      server.refuses(getEvent, { title, status: 404, faults: [{ code: 'not_an_event', sentence: title }] }),
    );
    expect(await screen.findAllByText(title)).toHaveLength(1);
    expect(hrefOf('All pre-defined events')).toBe('/smit/cm_events');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('leads from a run that is unknown to the runs', async () => {
    openConsole('/runs/tuesday', (server) =>
      server.refuses(getRun, { title: 'There is no run tuesday. List the runs with: fallover query run', status: 404 }),
    );
    await screen.findByText(/There is no run tuesday/);
    expect(hrefOf('All runs')).toBe('/runs');
  });

  it('is no reason to give up on what only failed', async () => {
    openConsole('/smit/cm_events', (server) => server.refuses(listEvents, { title: 'The disk of nodea is full.', status: 500 }));
    await screen.findByText('The disk of nodea is full.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });
});
