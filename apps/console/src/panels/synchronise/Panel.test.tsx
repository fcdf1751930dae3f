import { getChanges, getVerification, revertChanges, synchronise, verify } from '@fallover/contract';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { ACTIVE, nodeDownChange, notExecutable, verificationResult } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = '/smit/cm_synchronise';
const CHANGED = { class: 'event', name: 'node_down', kind: 'changed' as const, fields: ['notifyCommand'] };

const DRAFT = 'd'.repeat(64);

/** The draft as a cluster manager keeps it: `changes` is what it has now. */
const draftOf = (changes: ReturnType<typeof nodeDownChange>[]) => {
  const draft = { changes };
  return {
    draft,
    answers: (server: Server) =>
      server.answers(getChanges, () => ({
        active: ACTIVE,
        draft: DRAFT,
        count: draft.changes.reduce((sum, { values }) => sum + values.length, 0),
        changes: draft.changes,
      })),
  };
};

describe('draft against active', () => {
  it('is shown value by value in the words of the worksheet, and made active with a comment', async () => {
    const { draft, answers } = draftOf([nodeDownChange()]);
    const { server, user } = openConsole(PATH, (server) => {
      answers(server);
      server.answers(synchronise, () => {
        draft.changes = [];
        const findings = [notExecutable({ severity: 'warning', sentence: 'The notify command has changed since it last ran.' })];
        // The same twice: with its place for whoever reads warnings only, and as the finding that it is.
        const warnings = [
          { code: 'not_executable', sentence: 'Event node_down: The notify command has changed since it last ran.' },
        ];
        return { number: 4, hash: 'b'.repeat(64), changes: [CHANGED], warnings, findings };
      });
    });
    const row = await screen.findByRole('row', { name: /^Notify Command/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['/opt/ha/tell', '/opt/ha/page', 'Revert']);
    expect(screen.getByRole('row', { name: /^Time Until Warning on nodeb/ }).textContent).toContain('(empty)90');
    expect(screen.getByRole('link', { name: 'node_down' }).getAttribute('href')).toBe('/smit/cm_event/node_down');
    await user.type(screen.getByLabelText('Comment'), 'New notify');
    await user.click(screen.getByRole('button', { name: /Do: synchronise/ }));
    expect((await screen.findByText(/is active, with changes in 1 entry/)).textContent).toBe(
      'Revision 4 is active, with changes in 1 entry.',
    );
    expect(screen.getAllByText(/The notify command has changed since it last ran/).map(({ textContent }) => textContent)).toEqual(
      ['Event node_down: The notify command has changed since it last ran.'],
    );
    expect(await screen.findByText(/there is nothing to synchronise/)).toBeDefined();
    expect(screen.queryByText(/Somebody else/)).toBeNull();
    expect(server.asked(synchronise)[0]?.body).toEqual({ comment: 'New notify', draft: DRAFT });
  });

  it('is reverted value by value, entry by entry, or all of it, after a question that shows both sides', async () => {
    const { draft, answers } = draftOf([nodeDownChange(), nodeDownChange({ name: 'node_up', revision: 2 })]);
    const { server, user } = openConsole(PATH, (server) => {
      answers(server);
      server.answers(revertChanges, () => {
        draft.changes = draft.changes.slice(0, -1);
        return { reverted: 1, count: draft.changes.length };
      });
    });
    await user.click(await screen.findByRole('button', { name: 'Revert Notify Command of node_down' }));
    let dialog = await screen.findByRole('dialog', { name: 'Revert Notify Command of node_down?' });
    expect(within(dialog).getByText('/opt/ha/page')).toBeDefined();
    expect(within(dialog).getByText('/opt/ha/tell')).toBeDefined();
    expect(within(dialog).getByText('fallover revert event node_down NOTIFYCOMMAND')).toBeDefined();
    await user.click(within(dialog).getByRole('button', { name: 'Revert in the draft' }));
    expect(await screen.findByText('Notify Command of node_down is reverted. 1 change left.')).toBeDefined();
    expect(screen.queryByText(/Somebody else/)).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Revert entry: event node_down' }));
    dialog = await screen.findByRole('dialog', { name: 'Revert the event node_down?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Revert all changes' }));
    dialog = await screen.findByRole('dialog', { name: 'Revert all changes?' });
    await user.click(within(dialog).getByRole('button', { name: 'Revert in the draft' }));
    expect(await screen.findByText('All changes are reverted. The draft is what is active.')).toBeDefined();
    expect(server.asked(revertChanges).map(({ body }) => body)).toEqual([
      { changes: [{ class: 'event', name: 'node_down', revision: 7, field: 'notifyCommand' }] },
      { changes: [{ class: 'event', name: 'node_down', revision: 7 }] },
    ]);
  });

  it('that somebody else changes meanwhile is shown anew, and what was typed stays', async () => {
    const { draft, answers } = draftOf([nodeDownChange()]);
    const { server, user } = openConsole(PATH, (server) => {
      answers(server);
      server.refuses(revertChanges, {
        title: 'The event node_down was changed by somebody else meanwhile.',
        status: 409,
        code: 'changed_meanwhile',
      });
    });
    await user.type(await screen.findByLabelText('Comment'), 'Mine');
    await user.click(screen.getByRole('button', { name: 'Revert Notify Command of node_down' }));
    const dialog = await screen.findByRole('dialog');
    draft.changes = [
      nodeDownChange({ revision: 8, values: [{ field: 'notifyCommand', before: '/opt/ha/tell', after: '/opt/ha/theirs' }] }),
    ];
    await user.click(within(dialog).getByRole('button', { name: 'Revert in the draft' }));
    expect(await within(dialog).findByText(/changed by somebody else meanwhile/)).toBeDefined();
    expect(await within(dialog).findByText('/opt/ha/theirs')).toBeDefined();
    server.answers(revertChanges, () => ({ reverted: 1, count: 1 }));
    await user.click(within(dialog).getByRole('button', { name: 'Revert in the draft' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(server.asked(revertChanges).at(-1)?.body).toEqual({
      changes: [{ class: 'event', name: 'node_down', revision: 8, field: 'notifyCommand' }],
    });
    expect((screen.getByLabelText('Comment') as HTMLInputElement).value).toBe('Mine');
  });

  it('says what has moved under the eyes of who looks at it', async () => {
    const { draft, answers } = draftOf([nodeDownChange()]);
    const { user } = openConsole(PATH, answers);
    await screen.findByRole('row', { name: /^Notify Command/ });
    draft.changes = [nodeDownChange(), nodeDownChange({ name: 'node_up' })];
    act(() => streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] }));
    expect(await screen.findByText(/It has moved in: event node_up\./)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'I have seen it' }));
    expect(screen.queryByText(/It has moved in/)).toBeNull();
  });

  it('stays usable with hundreds of entries: it is searched and paged', async () => {
    const many = Array.from({ length: 300 }, (_, index) => nodeDownChange({ name: `event_${index}`, class: 'event' }));
    const { user } = openConsole(PATH, draftOf(many).answers);
    expect(await screen.findByText('600 changes in 300 entries')).toBeDefined();
    expect(screen.getByText('page 1 of 6')).toBeDefined();
    expect(screen.queryByText('event_299')).toBeNull();
    await user.click(screen.getByLabelText('Search changes'));
    await user.paste('event_299');
    expect(await screen.findByText('2 of 600 changes in 1 entry')).toBeDefined();
    expect(screen.getByText('event_299')).toBeDefined();
  });
});

describe('verification', () => {
  it('lists errors with the way there; an error blocks until it is overridden by its id', async () => {
    const error = notExecutable();
    const { draft, answers } = draftOf([nodeDownChange()]);
    let verified = false;
    const { server, user } = openConsole(PATH, (server) => {
      answers(server);
      server.answers(getVerification, () => (verified ? { draft: verificationResult({ findings: [error] }) } : {}));
      server.answers(verify, () => {
        verified = true;
        return verificationResult({ findings: [error] });
      });
      server.refuses(synchronise, {
        title: 'Verification found 1 error.',
        status: 409,
        code: 'verification_failed',
        faults: [{ code: error.code, id: error.id, sentence: error.sentence }],
      });
    });
    const section = await screen.findByRole('region', { name: 'Verification of the draft' });
    expect(within(section).getByText('It has not been verified yet.')).toBeDefined();
    await user.click(within(section).getByRole('button', { name: 'Verify the draft' }));
    expect(await within(section).findByText('1 error')).toBeDefined();
    expect(within(section).getByText(error.sentence)).toBeDefined();
    expect(within(section).getByRole('link', { name: 'event node_down · Notify Command on nodea' }).getAttribute('href')).toBe(
      '/smit/cm_event/node_down?node=nodea#entry-notifyCommand',
    );
    expect(screen.getByText('1 error keeps the draft from becoming active.')).toBeDefined();

    await user.click(screen.getByRole('button', { name: /Do: synchronise/ }));
    expect(await screen.findByText('Verification found 1 error.')).toBeDefined();
    expect(screen.getAllByText(error.sentence)).toHaveLength(1);

    await user.click(within(section).getByRole('checkbox', { name: `Override ${error.id}` }));
    expect(screen.getByText('1 error is overridden.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: /F6 Command/ }));
    expect(await screen.findByText(`fallover sync --override ${error.id}`)).toBeDefined();
    await user.click(within(screen.getByRole('dialog')).getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    server.answers(synchronise, () => {
      draft.changes = [];
      return { number: 4, hash: 'b'.repeat(64), changes: [CHANGED], warnings: [], findings: [error] };
    });
    await user.click(screen.getByRole('button', { name: /Do: synchronise/ }));
    await screen.findByText(/is active, with changes in 1 entry/);
    expect(server.asked(synchronise).at(-1)?.body).toEqual({ override: [error.id], draft: DRAFT });
  });

  it('of a draft that has changed since says so', async () => {
    openConsole(PATH, (server) => {
      draftOf([nodeDownChange()]).answers(server);
      server.answers(getVerification, () => ({
        draft: { ...verificationResult({ findings: [notExecutable()] }), upToDate: false },
      }));
    });
    expect(await screen.findByText('The draft has changed since: verify it again.')).toBeDefined();
    expect(screen.getByText(/1 error \(the draft has changed since\)/)).toBeDefined();
    expect(screen.queryByText(/keeps the draft from becoming active/)).toBeNull();
  });

  it('of the active revision is shown with when it comes by itself', async () => {
    openConsole(PATH, (server) =>
      server.answers(getVerification, () => ({
        active: verificationResult({
          of: 'active',
          automatic: true,
          etcd: 'etcd has one member: etcd1 on nodea.',
          findings: [notExecutable({ overridable: false })],
        }),
        daily: { hour: 0, node: 'nodea', next: '2026-11-24T00:00:00.000Z' },
      })),
    );
    const section = await screen.findByRole('region', { name: 'Verification of the active revision' });
    expect(within(section).getByText(/every day at 00:00 on nodea, next Nov 24/)).toBeDefined();
    expect(within(section).getByText(/automatic: 4 commands on nodea/)).toBeDefined();
    expect(within(section).getByText('etcd has one member: etcd1 on nodea.')).toBeDefined();
    expect(within(section).queryByRole('checkbox')).toBeNull();
    expect(within(section).getByRole('link', { name: 'Settings of automatic verification' }).getAttribute('href')).toBe(
      '/smit/cm_auto_verification',
    );
  });
});
