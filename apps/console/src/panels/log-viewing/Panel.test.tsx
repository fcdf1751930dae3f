import { getLogLines, listLogs, listNodes, searchLog } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { clockTime } from '../../smit/times.ts';
import { openConsole } from '../../test/console.tsx';
import { threeNodes } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const LOGS = [
  { name: 'hacmp.out', size: 25, changedAt: '2026-11-23T13:22:10.000Z' },
  { name: 'hacmp.out.1', size: 2_100_000, changedAt: '2026-11-22T23:00:00.000Z' },
];
const has =
  (texts: Record<string, string[]>) =>
  (server: Server): void => {
    server.answers(listLogs, () => ({ node: 'nodea', logs: LOGS }));
    server.answers(getLogLines, ({ parameters, query }) => {
      const all = texts[parameters.log ?? ''] ?? [];
      const from = Number(query.get('from'));
      const first = from < 0 ? Math.max(0, all.length + from) : from;
      const lines = all.slice(first).map((text, index) => ({ line: first + index, offset: 0, text, bytes: text.length }));
      return { lines, next: 1, total: all.length, indexing: false, size: all.length === 0 ? 0 : 1, identity: '7-1' };
    });
  };

describe('log viewing', () => {
  it('lists the logs with size and last change, and shows the newest', async () => {
    openConsole('/smit/cm_log_viewing', has({ 'hacmp.out': ['EVENT START: node_down nodea', 'bell \u0007'] }));
    const logs = await screen.findByRole('table', { name: 'Logs' });
    expect(within(logs).getByRole('cell', { name: '2.0 MiB' })).toBeDefined();
    expect(within(logs).getByRole('link', { name: 'hacmp.out' }).getAttribute('aria-current')).toBe('true');
    const lines = await screen.findByRole('region', { name: 'Lines of hacmp.out' });
    expect(await within(lines).findByText('EVENT START: node_down nodea')).toBeDefined();
    expect(within(lines).getByText('bell ␇')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Download as gzip' }).getAttribute('href')).toBe(
      '/api/v1/logs/hacmp.out/download?gzip=true',
    );
    expect(within(lines).getByRole('link', { name: 'Line 2' }).getAttribute('href')).toBe(
      '/smit/cm_log_viewing?log=hacmp.out&line=2',
    );
  });

  it('shows another one that is chosen, and the line of a link to it', async () => {
    const texts = { 'hacmp.out.1': ['yesterday', 'late yesterday'] };
    const { user } = openConsole('/smit/cm_log_viewing?log=hacmp.out.1&line=2', has(texts));
    const lines = await screen.findByRole('region', { name: 'Lines of hacmp.out.1' });
    expect((await within(lines).findByText('late yesterday')).closest('[aria-current="location"]')).not.toBeNull();
    await user.click(screen.getByRole('link', { name: 'hacmp.out' }));
    expect(await screen.findByText('Nothing is in it yet. Its first lines come with the first event.')).toBeDefined();
  });

  it('shows only the lines with a text, each of which leads to its place', async () => {
    const { user, server } = openConsole('/smit/cm_log_viewing', (server) => {
      has({ 'hacmp.out': ['one', 'two'] })(server);
      server.answers(searchLog, ({ query }) =>
        query.get('at') === '0'
          ? { matches: [{ line: 4, offset: 40, at: 41, text: '|0199abcd node_down event.1| a' }], cursor: 99, indexing: false }
          : { matches: [{ line: 8, offset: 80, at: 81, text: '|0199abcd node_down event.1| b' }], indexing: false },
      );
    });
    await user.type(await screen.findByRole('textbox', { name: 'Only lines with' }), '|0199abcd {Enter}');
    const found = await screen.findByRole('region', { name: 'Lines of hacmp.out with "|0199abcd "' });
    expect(within(found).getByText('|0199abcd node_down event.1| b')).toBeDefined();
    expect(screen.getByText(/^2 lines of hacmp.out with this text/)).toBeDefined();
    expect(within(found).getByRole('link', { name: 'Line 9' }).getAttribute('href')).toBe(
      '/smit/cm_log_viewing?log=hacmp.out&line=9',
    );
    expect(server.asked(searchLog)).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Show the whole log' }));
    expect(await screen.findByRole('region', { name: 'Lines of hacmp.out' })).toBeDefined();
  });

  it('reads on when the list says that the log has grown', async () => {
    const texts = { 'hacmp.out': ['one'] };
    const { server } = openConsole('/smit/cm_log_viewing', has(texts));
    await screen.findByText('one');
    texts['hacmp.out'].push('two');
    server.answers(listLogs, () => ({
      node: 'nodea',
      logs: [{ name: 'hacmp.out', size: 29, changedAt: '2026-11-23T13:22:12.000Z' }],
    }));
    await waitFor(() => expect(screen.getByText('two')).toBeDefined(), { timeout: 10_000 });
  });

  it('is of another node where that is chosen, and says so in each link and question', async () => {
    const { server, user } = openConsole('/smit/cm_log_viewing?log=hacmp.out.1', (server) => {
      has({ 'hacmp.out': ['one'] })(server);
      server.answers(listNodes, () => ({ nodes: threeNodes(), at: '2026-11-23T14:22:10.000Z' }));
    });
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Node' }), 'nodeb');
    const lines = await screen.findByRole('region', { name: 'Lines of hacmp.out' });
    expect(within(lines).getByRole('link', { name: 'Line 1' }).getAttribute('href')).toBe(
      '/smit/cm_log_viewing?node=nodeb&log=hacmp.out&line=1',
    );
    expect(screen.getByRole('link', { name: 'hacmp.out.1' }).getAttribute('href')).toBe(
      '/smit/cm_log_viewing?node=nodeb&log=hacmp.out.1',
    );
    expect(screen.getByRole('link', { name: 'Download' }).getAttribute('href')).toBe(
      '/api/v1/logs/hacmp.out/download?node=nodeb',
    );
    expect(server.asked(getLogLines).at(-1)?.query.get('node')).toBe('nodeb');
    expect(server.asked(listLogs).at(-1)?.query.get('node')).toBe('nodeb');
  });

  it('of a node that does not answer is not there: where it is, and since when it has been silent', async () => {
    openConsole('/smit/cm_log_viewing?node=nodec', (server) => {
      server.answers(listNodes, () => ({ nodes: threeNodes(), at: '2026-11-23T14:22:10.000Z' }));
      server.refuses(listLogs, {
        title: 'Node nodec does not answer at 10.0.0.3:9770; its logs are on nodec itself.',
        detail: 'Node nodec has been asked in vain since 2026-11-23 14:02:00 UTC.',
        status: 503,
        code: 'peer_not_answering',
      });
    });
    expect(await screen.findByText(/its logs are on nodec itself/)).toBeDefined();
    expect(screen.getByTitle('2026-11-23 14:02:00 UTC').textContent).toBe(clockTime('2026-11-23T14:02:00Z'));
    expect(screen.getByRole('combobox', { name: 'Node' })).toHaveProperty('value', 'nodec');
  });

  it('says why a log is not shown', async () => {
    openConsole('/smit/cm_log_viewing?log=daemon.log', (server) => {
      has({})(server);
      server.refuses(getLogLines, {
        title: 'otto has the role monitor, and this needs the role admin. Ask an administrator of the cluster.',
        status: 403,
        code: 'not_permitted',
      });
    });
    expect(await screen.findByText(/needs the role admin/)).toBeDefined();
  });
});
