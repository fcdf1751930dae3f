import { emulate, getRun, listEntries, listEvents, listRuns, runEvent } from '@fallover/contract';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { network, nodeDown, RUN, runSummary, runView } from '../../test/fixtures.ts';
import { onOneNode } from '../../test/emulation-fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_run_event';
const HASH = 'c'.repeat(64);
const plans = (
  server: Server,
  { command = '/opt/ha/down', ...more }: { hash?: string; destructive?: boolean; typeToConfirm?: string; command?: string } = {},
): void =>
  server.answers(emulate, ({ body }) => ({
    ...onOneNode({ hash: HASH, ...more }),
    steps: [
      {
        phase: 1,
        node: 'nodea',
        event: 'node_down',
        kind: 'event' as const,
        key: 'event',
        argv: [command, ...(body as { args: string[] }).args],
        builtIn: false,
      },
    ],
    warnings: [{ code: 'event_command_replaced', sentence: 'Replacing the command of node_down is strongly discouraged.' }],
  }));
const run = () => screen.getByRole<HTMLButtonElement>('button', { name: /Do: run/ });

describe('running an event', () => {
  it('shows what will be run, warnings included, asks, and goes to the run', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      plans(server);
      server.answers(runEvent, () => ({ run: RUN, warnings: [] }));
      server.answers(getRun, () => runView());
    });
    await user.type(await screen.findByLabelText('Event'), 'node_down');
    expect(screen.getByLabelText<HTMLSelectElement>('NODE').value).toBe('nodea');
    await user.selectOptions(screen.getByLabelText('HOW'), 'takeover');
    const preview = await screen.findByRole('region', { name: 'What will be run' });
    await waitFor(() => expect(within(preview).getByText('/opt/ha/down nodea takeover')).toBeDefined());
    expect(within(preview).getByText('Replacing the command of node_down is strongly discouraged.')).toBeDefined();
    await user.click(run());
    expect(server.asked(runEvent)).toEqual([]);
    const dialog = await screen.findByRole('dialog', { name: 'Run node_down nodea takeover?' });
    await user.click(within(dialog).getByRole('button', { name: 'Run' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'node_down nodea' })).toBeDefined();
    expect(server.asked(runEvent)[0]?.body).toEqual({
      event: 'node_down',
      args: ['nodea', 'takeover'],
      drill: false,
      plan: HASH,
    });
  });

  it('wants the name typed where it takes something away', async () => {
    const { user } = openConsole(`${PATH}?event=node_down`, (server) =>
      plans(server, { destructive: true, typeToConfirm: 'nodea' }),
    );
    await screen.findByRole('region', { name: 'What will be run' });
    await user.click(run());
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
    await user.type(within(dialog).getByLabelText('Type nodea to confirm'), 'nodea');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(false);
  });

  it('says which steps differ when the plan has changed meanwhile, and keeps what was typed', async () => {
    const { server, user } = openConsole(`${PATH}?event=node_down`, (server) => {
      plans(server, { destructive: true, typeToConfirm: 'nodea' });
      server.refuses(runEvent, { title: 'The plan has changed since it was shown.', status: 409, code: 'plan_changed' });
    });
    await screen.findByRole('region', { name: 'What will be run' });
    await user.click(run());
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('Type nodea to confirm'), 'nodea');
    plans(server, { destructive: true, typeToConfirm: 'nodea', hash: 'd'.repeat(64), command: '/opt/ha/other' });
    await user.click(within(dialog).getByRole('button', { name: 'Run' }));
    expect(await within(dialog).findByText('event of node_down on nodea: /opt/ha/other nodea')).toBeDefined();
    expect(within(dialog).getByText('event of node_down on nodea: /opt/ha/down nodea')).toBeDefined();
    expect(within(dialog).getByLabelText<HTMLInputElement>('Type nodea to confirm').value).toBe('nodea');
    expect(screen.getByLabelText<HTMLSelectElement>('NODE').value).toBe('nodea');
  });

  it('takes its arguments from the URL, and offers the networks that are active, then those of earlier runs', async () => {
    const networkDown = nodeDown({
      name: 'network_down',
      arguments: [
        { name: 'NODE', kind: 'node_or_all', required: true, help: '' },
        { name: 'NETWORK', kind: 'network', required: true, help: '' },
      ],
    });
    const { user } = openConsole(`${PATH}?event=network_down&arg=-1&arg=net1`, (server) => {
      plans(server);
      server.answers(listEntries, ({ parameters }) => ({
        entries:
          parameters.class === 'network'
            ? [network(), network({ name: 'net2', active: undefined, synchronised: false })]
            : [{ class: 'node' as const, name: 'nodez', active: {}, synchronised: false, usedBy: [] }],
      }));
      server.answers(listEvents, () => ({ events: [networkDown] }));
      server.answers(listRuns, () => ({ runs: [runSummary({ event: 'network_down', args: ['nodea', 'net7'] })], more: false }));
    });
    expect((await screen.findByLabelText<HTMLSelectElement>('NODE')).value).toBe('-1');
    const typed = screen.getByLabelText<HTMLInputElement>('NETWORK');
    expect(typed.value).toBe('net1');
    await waitFor(() => expect([...(typed.list?.options ?? [])].map(({ value }) => value)).toEqual(['net1', 'net7']));
    await waitFor(() =>
      expect([...screen.getByLabelText<HTMLSelectElement>('NODE').options].map(({ value }) => value)).toEqual([
        '',
        'nodea',
        'nodez',
        '-1',
      ]),
    );
    await user.click(screen.getByRole('button', { name: 'NETWORK: list' }));
    const options = within(await screen.findByRole('dialog', { name: 'NETWORK' })).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('net1ether · 255.255.255.0'),
      expect.stringContaining('net7used before, not defined'),
    ]);
  });

  it('shows the plan anew when it has changed meanwhile', async () => {
    const { server, user } = openConsole(`${PATH}?event=node_down`, (server) => {
      plans(server);
      server.refuses(runEvent, { title: 'The plan has changed since it was shown.', status: 409, code: 'plan_changed' });
    });
    await screen.findByRole('region', { name: 'What will be run' });
    await user.click(run());
    const later = 'd'.repeat(64);
    plans(server, { hash: later });
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Run' }));
    expect(await within(dialog).findByText(/The plan has changed since it was shown/)).toBeDefined();
    await waitFor(() => expect(server.asked(emulate)).toHaveLength(2));
    await user.click(within(dialog).getByRole('button', { name: 'Run' }));
    await waitFor(() => expect(server.asked(runEvent).map(({ body }) => (body as { plan: string }).plan)).toEqual([HASH, later]));
  });

  it('asks with the plan of what was typed last, however fast that was', async () => {
    const { server, user } = openConsole(`${PATH}?event=config_too_long`, (server) => {
      server.answers(listEvents, () => ({
        events: [nodeDown({ name: 'config_too_long', arguments: [{ name: 'SECONDS', kind: 'text', required: true, help: '' }] })],
      }));
      server.answers(emulate, ({ body }) => {
        const [typed = ''] = (body as { args: string[] }).args;
        return onOneNode({ hash: typed.padStart(64, '0') });
      });
      server.refuses(runEvent, { title: 'That is all.', status: 409, code: 'test' });
    });
    await user.type(await screen.findByLabelText('SECONDS'), '36');
    const entry = screen.getByLabelText<HTMLInputElement>('SECONDS');
    fireEvent.change(entry, { target: { value: '360' } });
    if (entry.form) fireEvent.submit(entry.form);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Run' }));
    await waitFor(() => expect(server.asked(runEvent)).toHaveLength(1));
    expect(server.asked(runEvent)[0]?.body).toMatchObject({ args: ['360'], plan: '360'.padStart(64, '0') });
  });

  it('cannot be asked for before the event is known', async () => {
    const { user } = openConsole(PATH, (server) => plans(server));
    await user.type(await screen.findByLabelText('Event'), 'node_dawn');
    await user.tab();
    expect(await screen.findByText('There is no event node_dawn.')).toBeDefined();
    expect(run().disabled).toBe(true);
  });

  it('puts what is refused under the argument', async () => {
    openConsole(`${PATH}?event=node_down`, (server) =>
      server.refuses(emulate, {
        title: 'The event was not accepted.',
        status: 422,
        faults: [{ code: 'unknown_node', field: 'NODE', sentence: '"nodea" is not a node of this cluster.' }],
      }),
    );
    expect((await screen.findByText('"nodea" is not a node of this cluster.')).closest('[role="alert"]')).not.toBeNull();
    expect(run().disabled).toBe(true);
  });

  it('shows the command of a shell that does the same', async () => {
    const { user } = openConsole(`${PATH}?event=node_down`, (server) => plans(server));
    await user.click(await screen.findByLabelText('this is a drill'));
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover run node_down --drill nodea')).toBeDefined();
  });
});
