import { changeEventCustomization, type EventView, getEvent, getEventHistory, getSession } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { nodeDown, runSummary } from '../../test/fixtures.ts';

const customised = (revision: number, notifyCommand: string): EventView =>
  nodeDown({ draft: { revision, fields: { notifyCommand: { cluster: notifyCommand } } }, synchronised: false });
const PATH = '/smit/cm_event/node_down';
const save = () => screen.getByRole('button', { name: /Do: save in the draft/ });

describe('the commands of an event', () => {
  it('stand in the words of the worksheet, with the default time until warning', async () => {
    openConsole(PATH, (server) => server.answers(getEvent, () => customised(7, '/opt/ha/notify')));
    expect((await screen.findByLabelText<HTMLInputElement>('Notify Command')).value).toBe('/opt/ha/notify');
    for (const label of [
      'Event Command',
      'Pre-Event Command',
      'Post-Event Command',
      'Event Recovery Command',
      'Recovery Command Retry',
    ])
      expect(screen.getByLabelText(label)).toBeDefined();
    expect(screen.getByLabelText('Fail event if pre or post event fails')).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Time Until Warning').placeholder).toBe('360 (default)');
  });

  it('are saved in the draft, on the revision that was read', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      server.answers(getEvent, () => customised(7, '/opt/ha/notify'));
      server.answers(changeEventCustomization, () => ({ event: customised(8, '/opt/ha/notify'), warnings: [] }));
    });
    await user.type(await screen.findByLabelText('Recovery Command Retry'), '2');
    await user.type(screen.getByLabelText('Event Recovery Command'), '/opt/ha/recover');
    await user.selectOptions(screen.getByLabelText('Pre-Event Command'), 'stop_app');
    await user.click(save());
    expect(await screen.findByText(/Saved in the draft/)).toBeDefined();
    const [asked] = server.asked(changeEventCustomization);
    expect(asked?.body).toEqual({
      revision: 7,
      fields: {
        notifyCommand: { cluster: '/opt/ha/notify' },
        preEventCommand: { cluster: ['stop_app'] },
        recoveryCommand: { cluster: '/opt/ha/recover' },
        recoveryCounter: { cluster: 2 },
      },
    });
    expect(asked?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('show what the rules refuse under the field, before anything is sent', async () => {
    const { server, user } = openConsole(PATH, (server) => server.answers(getEvent, () => nodeDown()));
    await user.type(await screen.findByLabelText('Notify Command'), 'notify.sh');
    await user.click(save());
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Notify Command: "notify.sh" is not a full pathname. Give the whole path of the file, from / on, without ., .. or // in it.',
    );
    expect(screen.getByLabelText('Notify Command').getAttribute('aria-invalid')).toBe('true');
    expect(server.asked(changeEventCustomization)).toEqual([]);
  });

  it('show what the cluster manager refuses under the field', async () => {
    const { user } = openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown());
      server.refuses(changeEventCustomization, {
        title: 'The customisation was not saved.',
        status: 422,
        faults: [{ code: 'owner_not_trusted', field: 'notifyCommand', sentence: '/opt/x belongs to somebody else.' }],
      });
    });
    await user.type(await screen.findByLabelText('Notify Command'), '/opt/x');
    await user.click(save());
    expect(await screen.findByText('/opt/x belongs to somebody else.')).toBeDefined();
    expect(screen.getByText(/The customisation was not saved/)).toBeDefined();
  });

  it('can be put in order', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      server.answers(getEvent, () =>
        nodeDown({ draft: { revision: 1, fields: { preEventCommand: { cluster: ['stop_app', 'sync_logs'] } } } }),
      );
      server.refuses(changeEventCustomization, { title: 'no', status: 422 });
    });
    await user.click(await screen.findByRole('button', { name: 'Remove sync_logs' }));
    expect(within(screen.getByRole('list', { name: 'Pre-Event Command, in order' })).getAllByRole('listitem')).toHaveLength(1);
    await user.click(save());
    await waitFor(() => expect(server.asked(changeEventCustomization)).toHaveLength(1));
    expect(server.asked(changeEventCustomization)[0]?.body).toMatchObject({
      fields: { preEventCommand: { cluster: ['stop_app'] } },
    });
  });

  it('have the command of a shell that does the same, with only what is changed', async () => {
    const { user } = openConsole(PATH, (server) => server.answers(getEvent, () => customised(7, '/opt/ha/notify')));
    await user.clear(await screen.findByLabelText('Notify Command'));
    await user.type(screen.getByLabelText('Time Until Warning'), '60');
    await user.click(screen.getByRole('button', { name: /Command$/ }));
    expect(await screen.findByText('fallover modify event node_down NOTIFYCOMMAND= TIMEUNTILWARNING=60')).toBeDefined();
  });
});

describe('an event that somebody else saves meanwhile', () => {
  const open = async () => {
    let draft = customised(7, '/opt/ha/notify');
    const opened = openConsole(PATH, (server) => {
      server.answers(getEvent, () => draft);
      server.refuses(changeEventCustomization, { title: 'Changed meanwhile.', status: 409, code: 'changed_meanwhile' });
    });
    await screen.findByLabelText('Notify Command');
    return {
      ...opened,
      theySave(notifyCommand: string) {
        draft = customised(8, notifyCommand);
      },
    };
  };

  it('keeps what was typed and shows theirs beside mine', async () => {
    const { server, user, theySave } = await open();
    await user.type(screen.getByLabelText('Time Until Warning'), '60');
    theySave('/opt/theirs');
    await user.click(save());
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    expect(await screen.findByText(/Somebody saved this entry meanwhile/)).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Time Until Warning').value).toBe('60');
    const row = screen.getByRole('row', { name: /Notify Command/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['/opt/ha/notify', '/opt/theirs', 'unchanged']);

    server.answers(changeEventCustomization, () => ({ event: customised(9, '/opt/theirs'), warnings: [] }));
    await user.click(screen.getByRole('button', { name: 'Keep my changes, take theirs elsewhere' }));
    await user.click(save());
    await screen.findByText(/Saved in the draft/);
    expect(server.asked(changeEventCustomization).at(-1)?.body).toEqual({
      revision: 8,
      fields: { notifyCommand: { cluster: '/opt/theirs' }, timeUntilWarning: { cluster: 60 } },
    });
  });

  it('is no conflict when it is what was typed', async () => {
    const { user, theySave } = await open();
    await user.clear(screen.getByLabelText('Notify Command'));
    await user.type(screen.getByLabelText('Notify Command'), '/opt/theirs');
    theySave('/opt/theirs');
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    await waitFor(() => expect((save() as HTMLButtonElement).disabled).toBe(true));
    expect(screen.queryByText(/Somebody saved this entry meanwhile/)).toBeNull();
  });

  it('can take theirs', async () => {
    const { user, theySave } = await open();
    await user.type(screen.getByLabelText('Time Until Warning'), '60');
    theySave('/opt/theirs');
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    await user.click(await screen.findByRole('button', { name: 'Take theirs, drop mine' }));
    expect(screen.getByLabelText<HTMLInputElement>('Notify Command').value).toBe('/opt/theirs');
    expect(screen.getByLabelText<HTMLInputElement>('Time Until Warning').value).toBe('');
  });

  it('follows the draft silently while nothing was typed', async () => {
    const { theySave } = await open();
    theySave('/opt/theirs');
    streamTo('/api/v1/stream').tell('changed', { topics: ['configuration'] });
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Notify Command').value).toBe('/opt/theirs'));
    expect(screen.queryByText(/Somebody saved/)).toBeNull();
  });
});

describe('a cluster manager that does not answer', () => {
  it('gets the same request id when the same entries are sent again', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown());
      server.isAway(changeEventCustomization);
    });
    await user.type(await screen.findByLabelText('Time Until Warning'), '60');
    await user.click(save());
    expect(await screen.findByText(/cannot be reached/)).toBeDefined();
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(server.asked(changeEventCustomization)).toHaveLength(2));
    await user.type(screen.getByLabelText('Time Until Warning'), '0');
    await user.click(save());
    await waitFor(() => expect(server.asked(changeEventCustomization)).toHaveLength(3));
    const [first, second, third] = server.asked(changeEventCustomization).map(({ requestId }) => requestId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});

describe('what else is known of an event', () => {
  it('is the sequences that it belongs to, drawn and in words', async () => {
    openConsole(PATH, (server) => server.answers(getEvent, () => nodeDown()));
    const words = await screen.findByRole('list', { name: 'Cluster services stop, resource groups UNMANAGED' });
    expect(
      within(words)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'the node that leaves: Cluster services stop at once; no resource group is released.',
      'all nodes: node_down NODE forced (no notify, pre-event, post-event or recovery command runs, and nothing is taken over)',
      'all nodes: node_down_complete NODE forced',
    ]);
    expect(within(words).getByRole('link', { name: 'node_down_complete' }).getAttribute('href')).toBe(
      '/smit/cm_event/node_down_complete',
    );
    expect(screen.getByRole('img', { name: 'Diagram: A node fails' })).toBeDefined();
  });

  it('is its past runs, with the median beside its time until warning', async () => {
    openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown());
      server.answers(getEventHistory, () => ({
        runs: [runSummary()],
        more: true,
        count: 12,
        ended: 11,
        medianSeconds: 2.1,
        longestSeconds: 400,
        timeUntilWarning: 360,
      }));
    });
    const past = await screen.findByRole('region', { name: 'Past runs' });
    expect(await within(past).findByText('2.1 s')).toBeDefined();
    expect(past.textContent).toContain(
      'Half of the 11 runs that have ended took at most 2.1 s, the longest 6 min 40 s; the time until warning is 6 min. The longest went past it.',
    );
    expect(within(past).getByRole('link', { name: 'All 12 runs' }).getAttribute('href')).toBe('/runs?event=node_down');
  });

  it('that has been run once has a duration, and no median', async () => {
    openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown());
      const one = { more: false, count: 1, ended: 1, medianSeconds: 2.1, longestSeconds: 2.1, timeUntilWarning: 360 };
      server.answers(getEventHistory, () => ({ runs: [runSummary()], ...one }));
    });
    const past = await screen.findByRole('region', { name: 'Past runs' });
    await within(past).findByText('2.1 s');
    expect(past.textContent).toContain('The one run that has ended took 2.1 s; the time until warning is 6 min.');
  });
});

describe('the recovery program of an event', () => {
  const replaced = 'other "node_down" 0 NULL\nbarrier\nall "/opt/ha/tell" X NULL';

  it('is begun from one of the predefined ones, and saved to the letter', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown());
      server.answers(changeEventCustomization, () => ({ event: nodeDown(), warnings: [] }));
    });
    await user.click(await screen.findByRole('button', { name: 'Begin a program of your own with this one (takeover)' }));
    const editor = screen.getByLabelText<HTMLTextAreaElement>('Recovery Program');
    expect(editor.value).toContain('event "node_down" 0 NULL\nbarrier\nother "node_down" 0 NULL');
    await user.clear(editor);
    await user.click(editor);
    await user.paste(`\n${replaced}`);
    await user.click(save());
    await waitFor(() => expect(server.asked(changeEventCustomization)).toHaveLength(1));
    expect(server.asked(changeEventCustomization)[0]?.body).toMatchObject({
      fields: { recoveryProgram: { cluster: `\n${replaced}` } },
    });
  });

  it('is not saved while a line cannot be read, which is said by its number', async () => {
    const { server, user } = openConsole(PATH, (server) =>
      server.answers(getEvent, () => nodeDown({ draft: { revision: 3, fields: { recoveryProgram: { cluster: replaced } } } })),
    );
    const editor = await screen.findByLabelText('Recovery Program');
    await user.clear(editor);
    await user.click(editor);
    await user.paste('# why\nal "node_down" 0 NULL');
    await user.click(save());
    const fault = await screen.findByRole('alert');
    expect(fault.textContent).toBe(
      'Line 2: "al" is no node set. Did you mean all? A line begins with all, event, other or barrier.',
    );
    expect(server.asked(changeEventCustomization)).toEqual([]);
  });

  it('is emptied to have the predefined one again', async () => {
    const { server, user } = openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown({ draft: { revision: 3, fields: { recoveryProgram: { cluster: replaced } } } }));
      server.answers(changeEventCustomization, () => ({ event: nodeDown(), warnings: [] }));
    });
    await user.click(await screen.findByRole('button', { name: 'Take the predefined program again' }));
    expect(screen.queryByLabelText('Recovery Program')).toBeNull();
    await user.click(save());
    await waitFor(() => expect(server.asked(changeEventCustomization)).toHaveLength(1));
    expect(server.asked(changeEventCustomization)[0]?.body).toEqual({ revision: 3, fields: {} });
  });

  it('is read, and not changed, by whoever may not change it', async () => {
    openConsole(PATH, (server) => {
      server.answers(getEvent, () => nodeDown({ draft: { revision: 3, fields: { recoveryProgram: { cluster: replaced } } } }));
      server.answers(getSession, () => ({
        principal: { name: 'mo', role: 'monitor' as const, via: 'session' as const },
        setUpNeeded: false,
      }));
    });
    const lines = await screen.findByRole('list', { name: 'Recovery program in the draft' });
    expect(within(lines).getAllByRole('listitem')).toHaveLength(3);
    await waitFor(() => expect(screen.queryByLabelText('Recovery Program')).toBeNull());
    expect(screen.queryByRole('button', { name: /program/ })).toBeNull();
  });
});
