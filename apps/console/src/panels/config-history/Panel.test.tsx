import {
  addSnapshot,
  compareRevisions,
  deleteSnapshot,
  getChanges,
  getRevision,
  listRevisions,
  restoreRevision,
} from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { ACTIVE, nodeDownChange, revisionView } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_config_history';
const DRAFT = 'd'.repeat(64);
const SNAPSHOT = { name: 'before_move', revision: 2, at: '2026-11-22T09:00:00.000Z', by: 'admin', remark: 'The old rack' };
const verification = { errors: 1, warnings: 2, overridden: ['not_executable:event/node_down'] };

const answersRevisions = (server: Server): void => {
  server.answers(listRevisions, ({ query }) =>
    query.get('before') === '2'
      ? { revisions: [revisionView(1)], more: false, snapshots: [SNAPSHOT] }
      : {
          revisions: [revisionView(3, { comment: 'New notify', verification }), revisionView(2)],
          more: true,
          snapshots: [SNAPSHOT],
        },
  );
  server.answers(getRevision, ({ parameters }) => ({
    ...revisionView(Number(parameters.number), { snapshots: ['before_move'] }),
    cluster: 'payroll',
    entries: [
      { class: 'custom_event' as const, name: 'stop_app', fields: { script: { cluster: '/opt/ha/stop_app' } } },
      {
        class: 'event' as const,
        name: 'node_down',
        fields: { preEventCommand: { cluster: ['stop_app'] }, timeUntilWarning: { nodes: { nodeb: 90 } } },
      },
    ],
  }));
};

describe('the history of the configuration', () => {
  it('lists revisions newest first, each with who, why and what verification had found, page by page', async () => {
    const { user } = openConsole(PATH, answersRevisions);
    const table = await screen.findByRole('table', { name: 'Revisions' });
    const [, newest] = within(table).getAllByRole('row');
    expect(newest?.textContent).toContain('New notify');
    expect(newest?.textContent).toContain('1 error, 2 warnings 1 error overridden');
    expect(
      within(newest as HTMLElement)
        .getByRole('link', { name: 'Changes of revision 3' })
        .getAttribute('href'),
    ).toBe(`${PATH}/3?with=2`);
    expect(within(table).getAllByText('active')).toHaveLength(1);
    await user.click(screen.getByRole('link', { name: 'Earlier revisions' }));
    expect(await screen.findByRole('link', { name: 'Changes of revision 1' })).toBeDefined();
    expect(screen.queryByRole('link', { name: 'Changes of revision 3' })).toBeNull();
  });

  it('takes the name of a snapshot away after a question', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      answersRevisions(server);
      server.answers(deleteSnapshot, () => undefined);
    });
    await user.click(await screen.findByRole('button', { name: 'Delete snapshot before_move' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete snapshot before_move?' });
    expect(within(dialog).getByText('fallover delete snapshot before_move')).toBeDefined();
    await user.click(within(dialog).getByRole('button', { name: 'Delete the name' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(server.asked(deleteSnapshot)[0]?.parameters).toEqual({ name: 'before_move' });
  });
});

describe('one revision', () => {
  it('shows what it says, entry by entry, and can be saved in every format', async () => {
    openConsole(`${PATH}/2`, answersRevisions);
    expect(await screen.findByRole('heading', { level: 1, name: 'Revision 2' })).toBeDefined();
    const entries = await screen.findByRole('table', { name: 'Entries of the revision' });
    expect(within(entries).getByRole('row', { name: /^Pre-Event Command/ }).textContent).toBe('Pre-Event Command stop_app');
    expect(within(entries).getByRole('row', { name: 'Time Until Warning on nodeb 90' })).toBeDefined();
    expect(screen.getByText('2 entries')).toBeDefined();
    expect(screen.getByRole('link', { name: 'ODM stanzas' }).getAttribute('href')).toBe(
      '/api/v1/configuration/export?format=odm&of=2',
    );
    expect(screen.getByRole('link', { name: 'JSON' }).getAttribute('download')).toBe('payroll-revision-2.json');
  });

  it('is compared with any other: the address says with which', async () => {
    const { server, user } = openConsole(`${PATH}/2?with=draft`, (server) => {
      answersRevisions(server);
      server.answers(compareRevisions, ({ query }) => ({
        from: query.get('from') ?? '',
        to: query.get('to') ?? '',
        count: 2,
        changes: query.get('to') === 'draft' ? [nodeDownChange()] : [],
      }));
    });
    expect(await screen.findByRole('columnheader', { name: 'Draft' })).toBeDefined();
    expect(screen.getByRole('columnheader', { name: 'Revision 2' })).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Compare with'), 'revision 1, before it');
    expect(await screen.findByText('They say the same.')).toBeDefined();
    expect(server.asked(compareRevisions).map(({ query }) => query.toString())).toEqual(['from=2&to=draft', 'from=1&to=2']);
    await user.click(screen.getByRole('button', { name: /F6 Command/ }));
    expect(await screen.findByText('fallover diff 1 2')).toBeDefined();
  });

  it('is restored as a draft; what is lost by it is said and has to be agreed to', async () => {
    const { server, user } = openConsole(`${PATH}/2`, (server) => {
      answersRevisions(server);
      server.answers(getChanges, () => ({ active: ACTIVE, draft: DRAFT, count: 2, changes: [nodeDownChange()] }));
      server.answers(compareRevisions, () => ({ from: 'draft', to: '2', count: 5, changes: [] }));
      server.answers(restoreRevision, () => ({ number: 2, count: 3, changes: [] }));
    });
    await user.click(await screen.findByRole('button', { name: 'Restore as draft' }));
    const dialog = await screen.findByRole('dialog', { name: 'Restore revision 2 as draft?' });
    expect(await within(dialog).findByText(/The draft has 2 changes that are not synchronised\. They are lost\./)).toBeDefined();
    expect(within(dialog).getByText(/event node_down/)).toBeDefined();
    expect(await within(dialog).findByText(/5 changes of the draft/)).toBeDefined();
    expect(within(dialog).getByText('fallover restore 2 --discard')).toBeDefined();
    const restore = within(dialog).getByRole('button', { name: 'Restore as draft' });
    expect((restore as HTMLButtonElement).disabled).toBe(true);
    await user.click(within(dialog).getByRole('checkbox', { name: 'Discard these changes' }));
    await user.click(restore);
    expect(await screen.findByText(/It has 3 changes against what is active; nothing is active yet\./)).toBeDefined();
    expect(server.asked(restoreRevision).map(({ body }) => body)).toEqual([{ discardChanges: true, draft: DRAFT }]);
  });

  it('that cannot be restored because the draft was changed meanwhile is asked about once more', async () => {
    let changes: ReturnType<typeof nodeDownChange>[] = [];
    const { user } = openConsole(`${PATH}/2`, (server) => {
      answersRevisions(server);
      server.answers(getChanges, () => ({ active: ACTIVE, draft: DRAFT, count: changes.length, changes }));
      server.answers(compareRevisions, () => ({ from: 'draft', to: '2', count: 1, changes: [] }));
      server.refuses(restoreRevision, {
        title: 'The draft has changes that are not synchronised.',
        status: 409,
        code: 'draft_has_changes',
      });
    });
    await user.click(await screen.findByRole('button', { name: 'Restore as draft' }));
    const dialog = await screen.findByRole('dialog');
    changes = [nodeDownChange()];
    await waitFor(() =>
      expect((within(dialog).getByRole('button', { name: 'Restore as draft' }) as HTMLButtonElement).disabled).toBe(false),
    );
    await user.click(within(dialog).getByRole('button', { name: 'Restore as draft' }));
    expect(await within(dialog).findByText('The draft has changes that are not synchronised.')).toBeDefined();
    expect(await within(dialog).findByRole('checkbox', { name: 'Discard these changes' })).toBeDefined();
  });

  it('is given a name', async () => {
    const { server, user } = openConsole(`${PATH}/2`, (server) => {
      answersRevisions(server);
      server.answers(addSnapshot, () => SNAPSHOT);
    });
    await user.click(await screen.findByRole('button', { name: 'Add a snapshot name' }));
    const dialog = await screen.findByRole('dialog', { name: 'A name for revision 2' });
    await user.type(within(dialog).getByLabelText('Name'), '-x');
    await user.click(within(dialog).getByRole('button', { name: 'Add the name' }));
    expect(await within(dialog).findByText(/"-x" is not a name/)).toBeDefined();
    await user.clear(within(dialog).getByLabelText('Name'));
    await user.type(within(dialog).getByLabelText('Name'), 'before_move');
    await user.type(within(dialog).getByLabelText('Description'), 'The old rack');
    expect(within(dialog).getByText("fallover add snapshot before_move REVISION=2 DESCRIPTION='The old rack'")).toBeDefined();
    await user.click(within(dialog).getByRole('button', { name: 'Add the name' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(server.asked(addSnapshot)).toMatchObject([
      { parameters: { name: 'before_move' }, body: { revision: 2, remark: 'The old rack' } },
    ]);
  });

  it('with a number that is none says so', async () => {
    openConsole(`${PATH}/latest`);
    expect(await screen.findByText(/latest is not the number of a revision/)).toBeDefined();
  });
});
