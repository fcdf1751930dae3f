import { changeScript, checkScript, deleteEntry, getEvent, getScript, listScripts } from '@fallover/contract';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { libraryScript, nodeDown } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const TEXT = '#!/bin/sh\nexit 0\n';
const DIRECTORY = '/var/lib/fallover-scripts';
const answers = (server: Server, draftText = TEXT, revision = 4, activeText = TEXT): void => {
  const draft = { revision, fields: { content: { cluster: 'a'.repeat(64) }, remark: { cluster: 'Stops it' } } };
  const script = libraryScript({ draft, synchronised: draftText === activeText });
  server.answers(listScripts, () => ({ enabled: true, directory: DIRECTORY, scripts: [script] }));
  server.answers(getScript, () => ({ ...script, draftText, activeText }));
  server.answers(checkScript, ({ body }) => ({
    checked: true,
    interpreter: '/bin/sh',
    findings: (body as { text: string }).text.includes('fi\n') ? [{ line: 2, sentence: 'Syntax error: "fi" unexpected' }] : [],
  }));
};
const editor = async () => (await screen.findByLabelText('Script')) as HTMLTextAreaElement;
const type = (area: HTMLTextAreaElement, text: string) => fireEvent.change(area, { target: { value: text } });

describe('a library script', () => {
  it('is added to the draft with its text', async () => {
    const { server, user } = openConsole('/smit/cm_add_script', (server) => {
      answers(server);
      server.answers(changeScript, () => ({ script: libraryScript(), warnings: [] }));
    });
    expect((await editor()).value).toMatch(/^#!\/bin\/sh\n/);
    await user.type(screen.getByLabelText('Script Name'), 'stop');
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    expect(await screen.findByText('There is a library script stop already. Give this one another name.')).toBeDefined();
    expect(server.asked(changeScript)).toEqual([]);
    await user.type(screen.getByLabelText('Script Name'), '2');
    type(await editor(), TEXT);
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe(
      "fallover add script stop2 FILE=- <<'END_OF_FILE'\n#!/bin/sh\nexit 0\nEND_OF_FILE",
    );
    await user.click(within(command).getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    await user.click(screen.getByRole('button', { name: /Do: add/ }));
    await waitFor(() => expect(server.asked(changeScript)).toHaveLength(1));
    expect(server.asked(changeScript)[0]).toMatchObject({
      parameters: { name: 'stop2' },
      body: { revision: 0, text: TEXT, remark: '' },
    });
  });

  it('says where it is, and shows what sh -n finds by line as one types', async () => {
    const { user } = openConsole('/smit/cm_script/stop', answers);
    expect(await screen.findByText(`${DIRECTORY}/current/stop`)).toBeDefined();
    expect(await screen.findByText('/bin/sh -n finds nothing wrong.')).toBeDefined();
    const area = await editor();
    type(area, '#!/bin/sh\nfi\n');
    await user.click(await screen.findByRole('button', { name: 'Line 2' }));
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('fi');
    expect(area.getAttribute('aria-invalid')).toBe('true');
    type(area, TEXT);
    expect(await screen.findByText('/bin/sh -n finds nothing wrong.')).toBeDefined();
  });

  it('is edited by keyboard: Tab indents, Esc and then Tab leaves', async () => {
    const { user } = openConsole('/smit/cm_script/stop', answers);
    const area = await editor();
    await user.click(area);
    area.setSelectionRange(TEXT.length, TEXT.length);
    await user.keyboard('{Tab}x');
    expect(area.value).toBe(`${TEXT}\tx`);
    await user.keyboard('{Escape}{Tab}');
    expect(document.activeElement).not.toBe(area);
    expect(area.value).toBe(`${TEXT}\tx`);
  });

  it('is compared with what is active, line by line, with signs', async () => {
    openConsole('/smit/cm_script/stop?view=differences', (server) => answers(server, '#!/bin/sh\nexit 1\n'));
    const region = await screen.findByRole('region', { name: 'Differences from the active script' });
    expect(
      within(region)
        .getAllByRole('row')
        .map(({ textContent }) => textContent),
    ).toEqual(['Line beforeLine afterChangeText', '11#!/bin/sh', '2−exit 0', '2+exit 1']);
  });

  it('keeps what is typed when somebody else saves, and shows what they changed', async () => {
    const { server, user } = openConsole('/smit/cm_script/stop', answers);
    type(await editor(), '#!/bin/sh\nexit 7\n');
    answers(server, '#!/bin/sh\nsync\nexit 0\n', 5);
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    expect(await screen.findByText(/Somebody saved this script meanwhile/)).toBeDefined();
    expect(within(screen.getByRole('region', { name: 'What they changed' })).getByText('sync')).toBeDefined();
    expect((await editor()).value).toBe('#!/bin/sh\nexit 7\n');
    await user.click(screen.getByRole('button', { name: 'Keep my text, drop theirs' }));
    server.answers(changeScript, () => ({ script: libraryScript(), warnings: [] }));
    await user.click(screen.getByRole('button', { name: /Do: save/ }));
    await waitFor(() => expect(server.asked(changeScript)[0]?.body).toMatchObject({ revision: 5, text: '#!/bin/sh\nexit 7\n' }));
  });

  it('is deleted as any entry is', async () => {
    const { server, user } = openConsole('/smit/cm_script/stop', (server) => {
      answers(server);
      server.answers(deleteEntry, () => undefined);
    });
    await user.click(await screen.findByRole('button', { name: 'Delete this library script' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete stop?' });
    await user.click(within(dialog).getByRole('button', { name: 'Delete from the draft' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Script Library' })).toBeDefined();
    expect(server.asked(deleteEntry)[0]?.parameters).toEqual({ class: 'script', name: 'stop' });
  });
});

describe('a command', () => {
  it('is chosen from the library where it is on', async () => {
    const { user } = openConsole('/smit/cm_event/node_down', (server) => {
      answers(server);
      server.answers(getEvent, () => nodeDown());
    });
    await user.click(await screen.findByRole('button', { name: 'Notify Command: list' }));
    const list = await screen.findByRole('dialog', { name: 'Notify Command' });
    await user.click(within(list).getByRole('option', { name: /current\/stop/ }));
    expect((screen.getByLabelText('Notify Command') as HTMLInputElement).value).toBe(`${DIRECTORY}/current/stop`);
  });
});
