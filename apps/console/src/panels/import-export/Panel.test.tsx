import { exportConfiguration, importConfiguration, listRevisions } from '@fallover/contract';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_import_export';
const DRAFT = 'd'.repeat(64);
const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text), size: text.length });
const reads = (server: Server): void =>
  server.answers(importConfiguration, ({ body }) => {
    const { dryRun, whole = true } = body as { dryRun: boolean; whole?: boolean };
    return {
      format: 'json' as const,
      whole,
      saved: !dryRun,
      draft: DRAFT,
      count: 1,
      changes: [
        { class: 'network' as const, name: 'net2', kind: 'added' as const, values: [{ field: 'networkType', after: 'ether' }] },
      ],
      notes: [{ code: 'of_another_cluster', sentence: 'It is of cluster other.' }],
    };
  });
const enter = (name: RegExp) => screen.findByRole<HTMLButtonElement>('button', { name });
const paste = (text: string) => fireEvent.change(screen.getByLabelText('Text of the file'), { target: { value: text } });

describe('export', () => {
  it('shows the file as its address asks, and offers it under a name', async () => {
    const { server, user } = openConsole(`${PATH}?format=odm&of=before_move`, (server) => {
      server.answers(listRevisions, () => ({
        revisions: [],
        more: false,
        snapshots: [{ name: 'before_move', revision: 2, at: '2026-11-23T09:00:00.000Z', by: 'admin' }],
      }));
      server.sends(exportConfiguration, ({ query }) => bytes(`HACMPevent:\n\tname = "${query.get('of')}"\n`));
    });
    expect((await screen.findByLabelText('The file')).textContent).toBe('HACMPevent:\n\tname = "before_move"\n');
    const link = await screen.findByRole('link', { name: 'Download payroll-before_move.odm' });
    expect(link.getAttribute('href')).toBe('/api/v1/configuration/export?format=odm&of=before_move');
    expect(await screen.findByRole('option', { name: 'snapshot before_move (revision 2)' })).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Format'), 'clmgr');
    await waitFor(() => expect(server.asked(exportConfiguration).at(-1)?.query.get('format')).toBe('clmgr'));
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe(
      'fallover export --format clmgr --of before_move payroll-before_move.clmgr.sh',
    );
  });
});

describe('import', () => {
  it('first shows what would change, then reads it into the draft', async () => {
    const { server, user } = openConsole(`${PATH}?do=import`, reads);
    expect((await enter(/Do: show/)).disabled).toBe(true);
    paste('{"format":1}');
    await user.selectOptions(screen.getByLabelText('The file is'), 'part');
    await user.click(await enter(/Do: show/));
    const shown = await screen.findByRole('region', { name: 'What would change in the draft' });
    expect(within(shown).getByText('net2')).toBeDefined();
    expect(within(shown).getByText('It is of cluster other.')).toBeDefined();
    await user.click(await enter(/Do: read it into the draft/));
    expect(await screen.findByRole('region', { name: 'What was changed in the draft' })).toBeDefined();
    expect(server.asked(importConfiguration).map(({ body }) => body)).toEqual([
      { text: '{"format":1}', dryRun: true, whole: false },
      { text: '{"format":1}', dryRun: false, whole: false, draft: DRAFT },
    ]);
  });

  it('shows what would change anew once the text is another', async () => {
    const { user } = openConsole(`${PATH}?do=import`, reads);
    await enter(/Do: show/);
    paste('{}');
    await user.click(await enter(/Do: show/));
    await enter(/Do: read it into the draft/);
    paste('{ }');
    expect(await enter(/Do: show/)).toBeDefined();
    expect(screen.queryByRole('region', { name: 'What would change in the draft' })).toBeNull();
  });

  it('shows anew what would change when the draft is another one by now, and keeps the text', async () => {
    const { server, user } = openConsole(`${PATH}?do=import`, reads);
    await enter(/Do: show/);
    paste('{}');
    await user.click(await enter(/Do: show/));
    await enter(/Do: read it into the draft/);
    server.refuses(importConfiguration, { title: 'Changed meanwhile.', status: 409, code: 'changed_meanwhile' });
    await user.click(await enter(/Do: read it into the draft/));
    expect(await screen.findByText('Changed meanwhile.')).toBeDefined();
    expect((await enter(/Do: show/)).disabled).toBe(false);
    expect(screen.queryByRole('region', { name: 'What would change in the draft' })).toBeNull();
    expect((screen.getByLabelText('Text of the file') as HTMLTextAreaElement).value).toBe('{}');
  });

  it('has a command that brings what was pasted along', async () => {
    const { user } = openConsole(`${PATH}?do=import`, reads);
    await enter(/Do: show/);
    paste('{}');
    await user.click(screen.getByRole('button', { name: 'F6 Command' }));
    const command = await screen.findByRole('dialog', { name: 'Command' });
    expect(command.querySelector('pre')?.textContent).toBe("printf %s '{}' | fallover apply - --dry-run");
  });

  it('takes a file that is dropped', async () => {
    const { server, user } = openConsole(`${PATH}?do=import`, reads);
    const drop = (await screen.findByLabelText('File')).closest('.exchange-drop') as HTMLElement;
    const file = new File(['HACMPevent:\n'], 'events.odm');
    fireEvent.drop(drop, { dataTransfer: { files: [file] } });
    expect(await screen.findByText(/events\.odm, 12 characters/)).toBeDefined();
    await user.click(await enter(/Do: show/));
    await waitFor(() => expect(server.asked(importConfiguration)[0]?.body).toEqual({ text: 'HACMPevent:\n', dryRun: true }));
  });

  it('keeps what was brought when it is refused, and shows the lines that are wrong', async () => {
    const { user } = openConsole(`${PATH}?do=import`, (server) =>
      server.refuses(importConfiguration, {
        title: 'The file cannot be read.',
        status: 400,
        faults: [{ code: 'not_a_stanza_value', line: 2, sentence: 'Line 2: "oops" is not a value.' }],
      }),
    );
    await enter(/Do: show/);
    paste('HACMPevent:\n\tname = oops\n');
    await user.click(await enter(/Do: show/));
    expect(await screen.findByText('Line 2: "oops" is not a value.')).toBeDefined();
    const wrong = screen.getByRole('region', { name: 'Lines that cannot be read' });
    expect(within(wrong).getByRole('listitem').textContent).toBe('\tname = oops');
    expect((screen.getByLabelText('Text of the file') as HTMLTextAreaElement).value).toBe('HACMPevent:\n\tname = oops\n');
  });
});
