import { abortRun, endProcesses, getRun, getStepOutput, type RunView } from '@fallover/contract';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.tsx';
import { streamTo } from '../../test/event-source.ts';
import { RUN, runView, step } from '../../test/fixtures.ts';
import type { Server } from '../../test/server.ts';

const PATH = `/runs/${RUN}`;
const STREAM = `/api/v1/runs/${RUN}/stream`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const wrote =
  (outputs: Record<string, string>) =>
  (server: Server): void =>
    server.sends(getStepOutput, ({ query }) => {
      const whole = bytes(outputs[query.get('step') ?? ''] ?? '');
      const from = Number(query.get('from'));
      return { bytes: whole.subarray(from, from + Number(query.get('length'))), size: whole.length };
    });

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
    open(goesOn(), { [running.id]: 'first\nsecond\n' });
    const output = await screen.findByRole('region', { name: 'Output of event' });
    expect(within(output).getByText('first')).toBeDefined();
    const stream = streamTo(STREAM);
    stream.tell('output', { step: running.id, from: 0, bytes: 13, text: 'first\nsecond\n', more: false });
    stream.tell('output', { step: running.id, from: 13, bytes: 10, text: '\u001b[31mthird', more: false });
    expect((await within(output).findByText('third')).className).toBe('ansi-1');
    expect(within(output).getAllByText(/first|second|third/)).toHaveLength(3);
  });

  it('reads what a gap in the stream leaves out', async () => {
    const { server } = open(goesOn(), { [running.id]: 'first\n' });
    await screen.findByText('first');
    wrote({ [running.id]: 'first\nlost\nlast\n' })(server);
    streamTo(STREAM).tell('output', { step: running.id, from: 11, bytes: 5, text: 'last\n', more: false });
    expect(await screen.findByText('lost')).toBeDefined();
    expect(screen.getByText('last')).toBeDefined();
  });

  it('shows output as text, whatever it is', async () => {
    open(goesOn(), { [running.id]: '<img src=x onerror=alert(1)>\u001b[2J\u0007\n' });
    expect(await screen.findByText('<img src=x onerror=alert(1)>␛[2J␇')).toBeDefined();
    expect(document.querySelector('img')).toBeNull();
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
      processes: [{ pid: 4711, command: '/opt/ha/down' }],
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
    const { server, user } = open(waiting, {}, (server) => server.answers(endProcesses, () => ({ ended: [4711] })));
    expect(await screen.findByText('4711')).toBeDefined();
    expect(screen.getByText(/was interrupted on nodea/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'End these processes' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'End them' }));
    await waitFor(() => expect(server.asked(endProcesses)).toMatchObject([{ body: { step: interrupted.id } }]));
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
});
