import { getSession, getSmitLog, getSmitScript } from '@fallover/contract';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import type { Server } from '../../test/server.ts';

const text = (words: string) => () => ({ bytes: new TextEncoder().encode(words), size: words.length });
const files = (server: Server): void => {
  server.sends(getSmitScript, ({ query }) => text(`#!/bin/sh\nfallover sync # ${query.get('who')}\n`)());
  server.sends(getSmitLog, text('2026-11-23 14:22:10 admin synchronise OK \u001b[2J\n'));
};

describe('SMIT log and script', () => {
  it('shows what can be done again, and has it to download', async () => {
    openConsole('/smit/cm_smit_log', files);
    expect(await screen.findByText(/fallover sync # me/)).toBeDefined();
    const link = screen.getByRole('link', { name: 'Download smit.script' });
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual(['/api/v1/smit-script?who=me', 'smit.script']);
  });

  it('shows what everybody did to administrators, by an address of its own', async () => {
    openConsole('/smit/cm_smit_log?who=all', files);
    expect(await screen.findByText(/fallover sync # all/)).toBeDefined();
  });

  it('shows only what they did themselves to others', async () => {
    openConsole('/smit/cm_smit_log?who=all', (server) => {
      files(server);
      server.answers(getSession, () => ({
        principal: { name: 'otto', role: 'operator' as const, via: 'session' as const },
        setUpNeeded: false,
        cluster: 'payroll',
        node: 'nodea',
      }));
    });
    expect(await screen.findByText(/fallover sync # me/)).toBeDefined();
    expect(screen.queryByLabelText('Of whom')).toBeNull();
  });

  it('makes control characters of the log visible', async () => {
    openConsole('/smit/cm_smit_log?file=smit.log', files);
    expect(await screen.findByText(/admin synchronise OK ␛\[2J/)).toBeDefined();
  });

  it('says when nothing was done yet', async () => {
    openConsole('/smit/cm_smit_log', (server) => server.sends(getSmitScript, text('#!/bin/sh\n')));
    expect(await screen.findByText(/Nothing is in it yet/)).toBeDefined();
  });
});
