import {
  abortRun,
  acknowledgeRun,
  endProcesses,
  getOutputLines,
  getRun,
  listProcesses,
  listRunNotifications,
  type RunView,
  recover,
  searchOutput,
} from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { manyNodes, RUN, runView, step } from '../../test/fixtures.ts';
import { notification } from '../../test/notification-fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = `/runs/${RUN}`;
const STREAM = `/api/v1/runs/${RUN}/stream`;
/** The step's whole output, as the cluster manager gives it in lines. */
const wrote =
  (outputs: Record<string, string>) =>
  (server: Server): void => {
    const linesOf = (step: string | null): string[] => (outputs[step ?? ''] ?? '').split('\n').slice(0, -1);
    server.answers(getOutputLines, ({ query }) => {
      const all = linesOf(query.get('step'));
      const from = Number(query.get('from'));
      const first = from < 0 ? Math.max(0, all.length + from) : from;
      const lines = all
        .slice(first, first + Number(query.get('count')))
        .map((text, index) => ({ line: first + index, offset: 0, text, bytes: text.length }));
      return { lines, next: 1, total: all.length, indexing: false, size: 1 };
    });
    server.answers(searchOutput, ({ query }) => {
      const all = linesOf(query.get('step'));
      const from = Number(query.get('from'));
      const hits = all.flatMap((text, line) => (text.includes(query.get('text') ?? '') ? [line] : []));
      const line = query.get('direction') === 'backward' ? hits.findLast((hit) => hit < from) : hits.find((hit) => hit >= from);
      return { matches: line === undefined ? [] : [{ line, offset: 0, at: 0 }], indexing: false };
    });
  };

const open = (run: RunView, outputs: Record<string, string> = {}, prepare: (server: Server) => void = () => {}) =>
  openConsole(PATH, (server) => {
    server.answers(getRun, () => run);
    wrote(outputs)(server);
    prepare(server);
  });

const running = step('1/nodea/event/1', {
  state: 'running',
  status: undefined,
  endedAt: undefined,
  durationMs: undefined,
  command: '/opt/ha/down',
});
const goesOn = (more: Partial<RunView> = {}): RunView =>
  runView({ state: 'running', outcome: undefined, status: undefined, endedAt: undefined, steps: [running], ...more });

describe('a run', () => {
  it('shows its steps with attempts, status and sub-events, and what is still to run', async () => {
    open(
      goesOn({
        steps: [
          step('1/nodea/notify_start/1', { kind: 'notify_start', command: '/opt/ha/notify' }),
          step('1/nodea/event/1', { status: 1, command: '/opt/ha/down' }),
          step('1/nodea/recovery/1', { kind: 'recovery', command: '/opt/ha/recover' }),
          step('1/nodea/event/2', { state: 'running', attempt: 2, command: '/opt/ha/down' }),
          step('1/nodea/event/2/1.stop_server/event/1', { event: 'stop_server', state: 'running', command: '/opt/ha/stop' }),
        ],
        toRun: [
          { node: 'nodea', event: 'node_down', key: 'post_event.1', customEvent: 'start_app', command: '/opt/ha/start_app' },
        ],
      }),
    );
    const steps = await screen.findByRole('region', { name: 'Steps' });
    const told = (button: HTMLElement): string[] =>
      ['.step-what', '.step-end > :first-child'].map((part) => button.querySelector(part)?.textContent ?? '');
    expect(within(steps).getAllByRole('button').map(told)).toEqual([
      ['notify start/opt/ha/notify', 'status 0'],
      ['event/opt/ha/down', 'status 1'],
      ['recovery/opt/ha/recover', 'status 0'],
      ['event attempt 2/opt/ha/down', 'running'],
      ['event/opt/ha/stop', 'running'],
    ]);
    expect(within(steps).getByText('stop_server')).toBeDefined();
    expect(within(screen.getByRole('region', { name: 'Still to run' })).getByText('post-event start_app')).toBeDefined();
  });

  it('shows a late joiner all that was written, and then what follows', async () => {
    const { server } = open(goesOn(), { [running.id]: 'first\nsecond\n' });
    const output = await screen.findByRole('region', { name: 'Output of event' });
    expect(within(output).getByText('first')).toBeDefined();
    wrote({ [running.id]: 'first\nsecond\n\u001b[31mthird\n' })(server);
    streamTo(STREAM).tell('output', { step: running.id, from: 13, bytes: 10, text: '', more: false });
    expect((await within(output).findByText('third')).parentElement?.className).toBe('output-text');
    expect(within(output).getByText('third').className).toBe('ansi-1');
    expect(within(output).getAllByText(/first|second|third/)).toHaveLength(3);
  });

  it('opens at the line of its link, marks it, and reads only what is looked at', async () => {
    const long = Array.from({ length: 100_000 }, (_, index) => `line ${index + 1}\n`).join('');
    const { server } = openConsole(`${PATH}?step=1/nodea/event/1&line=50000`, (server) => {
      server.answers(getRun, () => runView({ steps: [step('1/nodea/event/1', { outputBytes: long.length })] }));
      wrote({ [running.id]: long })(server);
    });
    const output = await screen.findByRole('region', { name: 'Output of event' });
    expect((await within(output).findByText('line 50000')).closest('[aria-current="location"]')).not.toBeNull();
    expect(server.asked(getOutputLines).length).toBeLessThan(6);
    expect(within(output).getByRole('link', { name: 'Line 49999' }).getAttribute('href')).toBe(
      `${PATH}?step=1%2Fnodea%2Fevent%2F1&line=49999`,
    );
  });

  it('is searched on the server, forward, backward and around', async () => {
    const { user } = open(runView({ steps: [step('1/nodea/event/1', { outputBytes: 9 })] }), {
      [running.id]: 'one fault\ntwo\nthree fault\n',
    });
    await user.type(await screen.findByRole('textbox', { name: 'Find in the output' }), 'fault');
    const next = screen.getByRole('button', { name: 'Next' });
    await user.click(next);
    expect(await screen.findByText('Line 1')).toBeDefined();
    await user.click(next);
    expect(await screen.findByText('Line 3')).toBeDefined();
    await user.click(next);
    expect(await screen.findByText('Line 1, from the beginning again')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Previous' }));
    expect(await screen.findByText('Line 3, from the end again')).toBeDefined();
    await waitFor(() => expect(document.querySelector('mark')?.textContent).toBe('fault'));
    await user.type(screen.getByRole('textbox', { name: 'Find in the output' }), 'less');
    await user.click(next);
    expect(await screen.findByText('No line has this text.')).toBeDefined();
  });

  it('has before each line when it came, by the local clock or that of Greenwich; where that is not known, nothing', async () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const { user } = open(runView({ steps: [step('1/nodea/event/1', { outputBytes: 9 })] }), {}, (server) =>
      server.answers(getOutputLines, () => ({
        lines: [
          { line: 0, offset: 0, text: 'stopping', bytes: 8, time: '2026-11-23T13:22:10.340Z' },
          { line: 1, offset: 9, text: 'stopped', bytes: 7 },
        ],
        next: 17,
        total: 2,
        indexing: false,
        size: 17,
      })),
    );
    const output = await screen.findByRole('region', { name: 'Output of event' });
    const lines = (): (string | null)[] => [...output.querySelectorAll('.output-line')].map(({ textContent }) => textContent);
    expect(lines()).toEqual(['1stopping', '2stopped']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Time of each line' }), 'local time');
    expect(lines()).toEqual(['1Nov 23 14:22:10.3stopping', '2stopped']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Time of each line' }), 'UTC');
    expect(lines()).toEqual(['1Nov 23 13:22:10.3Zstopping', '2stopped']);
    expect(localStorage.getItem('fallover.log-times')).toBe('utc');
    vi.unstubAllEnvs();
  });

  it('makes addresses in the output links that tell nothing about this page, and offers the whole as a file', async () => {
    open(goesOn({ steps: [{ ...running, outputBytes: 5 }] }), { [running.id]: 'see https://example.com/a.\n' });
    const link = await screen.findByRole('link', { name: 'https://example.com/a' });
    expect([link.getAttribute('rel'), link.getAttribute('target')]).toEqual(['noopener noreferrer', '_blank']);
    const file = `/api/v1/runs/${RUN}/output/download?step=${encodeURIComponent(running.id)}`;
    expect(screen.getByRole('link', { name: 'Download' }).getAttribute('href')).toBe(file);
    expect(screen.getByRole('link', { name: 'Download as gzip' }).getAttribute('href')).toBe(`${file}&gzip=true`);
  });

  it('is recovered from where it failed, after saying what would be done', async () => {
    const failed = step('1/nodea/event/1', { status: 3, command: '/opt/ha/down' });
    const { server, user } = open(
      runView({
        state: 'awaiting_decision',
        outcome: 'failed',
        steps: [failed],
        failure: { node: 'nodea', sentence: 'The event command failed.' },
      }),
      {},
      (server) => server.answers(recover, () => ({ run: RUN, skipped: [], cancelled: [] })),
    );
    await user.click(await screen.findByRole('button', { name: 'Run it again …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Run it again?' });
    expect(within(dialog).getByRole('listitem').textContent).toBe('nodea: node_down, event /opt/ha/down');
    expect(within(dialog).getByText(`fallover recover ${RUN} --as again`)).toBeDefined();
    await user.click(within(dialog).getByRole('button', { name: 'Run it again' }));
    await waitFor(() => expect(server.asked(recover)).toMatchObject([{ body: { run: RUN, as: 'again', cancelQueue: false } }]));
  });

  it('is run again with the same arguments, and says what exactly ran', async () => {
    const done = step('1/nodea/event/1', {
      argv: ['/opt/ha/down', 'nodea', ''],
      environment: { LC_ALL: 'C', EMPTY: '' },
      sha256: 'a'.repeat(64),
    });
    const { user } = open(runView({ steps: [done] }));
    expect((await screen.findByRole('link', { name: 'Run again …' })).getAttribute('href')).toBe(
      '/smit/cm_run_event?event=node_down&arg=nodea',
    );
    await user.click(screen.getByRole('button', { name: 'What exactly ran' }));
    expect(screen.getByText('a'.repeat(64))).toBeDefined();
    expect(screen.getByRole('rowheader', { name: 'LC_ALL' })).toBeDefined();
    expect(screen.getByText('Arguments (3)')).toBeDefined();
    expect(screen.getAllByRole('link', { name: 'revision 3' }).map((link) => link.getAttribute('href'))).toEqual([
      '/smit/cm_config_history/3',
      '/smit/cm_config_history/3',
    ]);
  });

  it('shows output as text, whatever it is', async () => {
    open(goesOn(), { [running.id]: '<img src=x onerror=alert(1)>\u001b[2J\u0007\n' });
    expect(await screen.findByText('<img src=x onerror=alert(1)>␛[2J␇')).toBeDefined();
    expect(document.querySelector('img')).toBeNull();
  });

  it('that lost a node is no plain success', async () => {
    open(runView({ without: ['nodeb', 'nodec'] }));
    const outcome = await screen.findByText('succeeded without nodeb, nodec');
    expect(outcome.closest('.pf-v6-c-label')?.className).toContain('pf-m-warning');
  });

  it('follows the run as the stream tells it', async () => {
    open(goesOn());
    await screen.findByText('running', { selector: '.pf-v6-c-label__text' });
    streamTo(STREAM).tell('run', runView({ steps: [step('1/nodea/event/1', { command: '/opt/ha/down' })] }));
    expect(await screen.findByText('succeeded', { selector: '.pf-v6-c-label__text' })).toBeDefined();
  });

  it('is aborted after a question', async () => {
    const { server, user } = open(goesOn(), {}, (server) => server.answers(abortRun, () => ({ aborted: [running.id] })));
    await user.click(await screen.findByRole('button', { name: 'Abort' }));
    const dialog = await screen.findByRole('dialog', { name: 'Abort node_down nodea?' });
    expect(within(dialog).getByText('/opt/ha/down')).toBeDefined();
    expect(server.asked(abortRun)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Abort' }));
    await waitFor(() => expect(server.asked(abortRun)).toMatchObject([{ parameters: { run: RUN }, body: {} }]));
  });

  it('shows the processes of an interrupted step, and ends them on a word', async () => {
    const interrupted = step('1/nodea/event/1', {
      state: 'interrupted',
      command: '/opt/ha/down',
    });
    const waiting = runView({
      state: 'awaiting_decision',
      outcome: 'interrupted',
      steps: [interrupted],
      failure: {
        step: interrupted.id,
        node: 'nodea',
        sentence: 'The event command of node_down nodea was interrupted on nodea.',
      },
    });
    let left = [{ pid: 4711, command: '/opt/ha/down' }];
    const { server, user } = open(waiting, {}, (server) => {
      server.answers(listProcesses, () => ({ processes: left }));
      server.answers(endProcesses, () => {
        left = [];
        return { ended: [4711] };
      });
    });
    expect(await screen.findByText('4711')).toBeDefined();
    expect(screen.getByText(/was interrupted on nodea/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'End these processes' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End them' }));
    await waitFor(() => expect(server.asked(endProcesses)).toMatchObject([{ body: { step: interrupted.id } }]));
    expect(await screen.findByText(/None of its processes runs any more on nodea/)).toBeDefined();
  });

  it('does not say that nothing of an interrupted step runs where its node does not answer', async () => {
    const interrupted = step('1/nodeb/event/1', { node: 'nodeb', state: 'interrupted', command: '/opt/ha/down' });
    const sentence = 'Node nodeb does not answer: its processes are on nodeb.';
    open(runView({ state: 'awaiting_decision', outcome: 'interrupted', steps: [interrupted] }), {}, (server) =>
      server.refuses(listProcesses, { title: sentence, status: 503 }),
    );
    expect(await screen.findByText(sentence)).toBeDefined();
    expect(screen.getByText('What of it still runs on nodeb is not known:')).toBeDefined();
    expect(screen.queryByText(/None of its processes/)).toBeNull();
  });

  it('shows the steps that were skipped, the warnings and the children', async () => {
    open(
      runView({
        outcome: 'failed',
        status: 3,
        skipped: [{ node: 'nodea', event: 'node_down', key: 'event', command: '/opt/ha/down' }],
        warnedAt: [{ scope: `${RUN}/1/nodea`, seconds: 360, at: '2026-11-23T14:28:10.000Z' }],
        children: [{ run: '019aaf00-0000-7000-8000-000000000002', event: 'event_error' }],
        decisions: [{ as: 'skip', by: 'admin', at: '2026-11-23T14:30:00.000Z' }],
      }),
    );
    expect(await screen.findByRole('region', { name: 'Skipped steps: to do by hand' })).toBeDefined();
    expect(screen.getByText(/warned after 6 min/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'event_error' }).getAttribute('href')).toBe(
      '/runs/019aaf00-0000-7000-8000-000000000002',
    );
    expect(screen.getByText('skip')).toBeDefined();
  });

  it('shows who was told of it and who is told next, and is acknowledged', async () => {
    const { server, user } = open(runView({ outcome: 'failed' }), {}, (server) => {
      server.answers(listRunNotifications, () => ({
        notifications: [notification({ state: 'delivered' })],
        escalations: [{ from: 'ops_mail', to: 'oncall', at: '2026-11-23T14:30:00.000Z' }],
      }));
      server.answers(acknowledgeRun, () => ({ acknowledgement: { run: RUN, by: 'anna', at: '2026-11-23T14:25:00.000Z' } }));
    });
    const section = await screen.findByRole('region', { name: 'Remote notification' });
    expect(within(section).getByText(/Unless somebody acknowledges it/).textContent).toMatch(
      /^Unless somebody acknowledges it, oncall is told at .*, escalated from ops_mail\.$/,
    );
    await user.click(within(section).getByRole('button', { name: 'What was said by ops_mail, failure' }));
    expect(await within(section).findByText('250 OK: message queued')).toBeDefined();
    await user.click(within(section).getByRole('button', { name: 'Acknowledge …' }));
    const dialog = await screen.findByRole('dialog', { name: 'Acknowledge node_down nodea?' });
    await user.type(within(dialog).getByLabelText('Comment, for the others (optional)'), 'on it');
    expect(dialog.querySelector('pre')?.textContent).toBe(`fallover acknowledge ${RUN} --comment 'on it'`);
    server.answers(listRunNotifications, () => ({
      notifications: [notification()],
      acknowledgement: { run: RUN, by: 'anna', at: '2026-11-23T14:25:00.000Z', comment: 'on it' },
      escalations: [],
    }));
    await user.click(within(dialog).getByRole('button', { name: 'Acknowledge' }));
    expect((await within(section).findByText('anna')).parentElement?.textContent).toMatch(/^Acknowledged by anna at .*: on it$/);
    expect(server.asked(acknowledgeRun)[0]).toMatchObject({ parameters: { run: RUN }, body: { comment: 'on it' } });
    expect(within(section).queryByRole('button', { name: 'Acknowledge …' })).toBeNull();
  });
});

describe('a run on many nodes', () => {
  const rows = (table: HTMLElement): string[][] =>
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? ''));

  it('has a lane for each node, the barriers between its phases, and says who is waited for', async () => {
    const { user } = open(manyNodes());
    const lanes = await screen.findByRole('region', { name: 'Nodes and phases' });
    expect(within(lanes).getByText(/The barrier behind phase 2 waits for nodec: pre-event check_disks since /)).toBeDefined();
    expect(
      within(lanes)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Node',
      'Phase 1node_up nodec on nodea, nodebbarrier passed',
      'Phase 2node_up nodec on nodecbarrier waits',
      'Phase 3node_up_complete nodec on allthe end not reached',
    ]);
    const [nodea, , nodec] = rows(within(lanes).getByRole('table', { name: 'Lanes' }));
    expect(nodea).toEqual(['nodea', 'event', 'nothing to do: at the barrier', 'not reached']);
    expect(nodec?.[1]).toBe('nothing to do');
    expect(nodec?.[2]).toMatch(/^pre-event check_disks.*the others wait for it$/);
    const cell = within(lanes).getByText('nothing to do: at the barrier', { selector: 'tr:nth-child(1) *' }).closest('td');
    // What stands above it on a narrow screen, where there are no columns.
    expect(cell?.dataset.phase).toBe('Phase 2: node_up on nodec; the barrier waits for nodec');
    await user.click(within(lanes).getAllByRole('button', { name: /event/ })[0] as HTMLElement);
    expect(within(lanes).getAllByRole('button', { name: /event/ })[0]?.getAttribute('aria-current')).toBe('true');
  });

  it('shows a node that was lost with what ran on it, which is neither success nor failure', async () => {
    const ran = step('1/nodeb/event/1', {
      event: 'node_up',
      state: 'lost',
      status: undefined,
      endedAt: undefined,
      durationMs: undefined,
    });
    const [first, ...later] = manyNodes().phases;
    const lost = (phase: RunView['phases'][number]) => ({
      ...phase,
      lanes: phase.lanes.map((lane) => (lane.node === 'nodeb' ? { ...lane, state: 'lost' as const } : lane)),
    });
    const steps = manyNodes().steps.map((one) => (one.node === 'nodeb' ? ran : one));
    open(
      manyNodes({
        phases: [first, ...later].flatMap((phase) => (phase ? [lost(phase)] : [])),
        lost: [{ node: 'nodeb', at: '2026-11-23T14:22:11.000Z' }],
        steps,
      }),
    );
    const lanes = await screen.findByRole('region', { name: 'Nodes and phases' });
    const [, nodeb] = rows(within(lanes).getByRole('table', { name: 'Lanes' }));
    expect(nodeb?.[0]).toMatch(/^nodeblost at /);
    expect(nodeb?.slice(1)).toEqual(['event', 'lost', 'lost']);
    expect(within(lanes).getByRole('img', { name: 'lost with its node' })).toBeDefined();
    expect(within(screen.getByRole('region', { name: 'Steps' })).getByText('lost with nodeb')).toBeDefined();
    expect(
      within(screen.getByRole('region', { name: 'Beside the steps' })).getByText(/was lost; nobody waits for it/),
    ).toBeDefined();
  });

  it('names the nodes whose output is missing, as long as they do not answer', async () => {
    open(manyNodes());
    await screen.findByRole('region', { name: 'Nodes and phases' });
    const sentence = 'Node nodec does not answer at 10.0.0.3:9770; the output is on nodec itself.';
    const since = '2026-11-23T14:22:11.000Z';
    streamTo(STREAM).tell('unanswered', { nodes: [{ node: 'nodec', sentence, since }] });
    expect(await screen.findByText(/Without nodec: what its steps write could not be asked for\./)).toBeDefined();
    expect(screen.getByText(/the output is on nodec itself\. It has been asked in vain since/)).toBeDefined();
    streamTo(STREAM).tell('unanswered', { nodes: [] });
    await waitFor(() => expect(screen.queryByText(/could not be asked for/)).toBeNull());
  });

  it('has no lanes where one node is alone', async () => {
    open(goesOn());
    await screen.findByRole('region', { name: 'Steps' });
    expect(screen.queryByRole('region', { name: 'Nodes and phases' })).toBeNull();
  });

  it('says by what it was rolled up', async () => {
    const rolledUp = {
      by: `${RUN.slice(0, -1)}9`,
      event: 'node_down',
      args: ['nodeb'],
      sentence: 'The node is down altogether.',
    };
    open(runView({ state: 'cancelled', outcome: undefined, status: undefined, rolledUp }));
    const by = await screen.findByRole('link', { name: 'node_down nodeb' });
    expect(by.getAttribute('href')).toBe(`/runs/${rolledUp.by}`);
    expect(screen.getByText(/The node is down altogether\./)).toBeDefined();
  });
});
