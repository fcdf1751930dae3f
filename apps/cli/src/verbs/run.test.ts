import type { RunView } from '@fallover/contract';
import { describe, expect, it } from 'vitest';
import { breaks, problem, shell, smallDaemon, stream } from '../fixtures/small-daemon.ts';

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const STEP = `${RUN}/1/nodea/event/1`;
const AT = '2026-11-23T05:00:00.000Z';
const PATH = `GET /api/v1/runs/${RUN}`;

const view = (more: Partial<RunView> = {}): RunView => ({
  id: RUN,
  event: 'network_down',
  args: ['-1', 'net_ether_01'],
  eventClass: 'network',
  origin: { kind: 'person', name: 'root' },
  drill: false,
  revision: 1,
  state: 'running',
  acceptedAt: AT,
  startedAt: AT,
  warnings: 0,
  phases: [],
  participants: [],
  lost: [],
  waitingFor: [],
  steps: [],
  toRun: [],
  skipped: [],
  warnedAt: [],
  decisions: [],
  children: [],
  membership: { before: ['nodea'], after: ['nodea'] },
  ...more,
});

const step = (more: Partial<RunView['steps'][number]> = {}): RunView['steps'][number] => ({
  id: STEP,
  scope: `${RUN}/1/nodea`,
  node: 'nodea',
  event: 'network_down',
  kind: 'event',
  key: 'event',
  attempt: 1,
  command: '/opt/on-network-down',
  state: 'running',
  startedAt: AT,
  ...more,
});

const running = { event: 'run', data: view({ steps: [step()] }) };
const output = { event: 'output', data: { step: STEP, from: 0, bytes: 6, text: 'hello\n' } };
const finished = step({ state: 'finished', status: 3, durationMs: 20, outputBytes: 6 });
const failed = view({
  state: 'awaiting_decision',
  outcome: 'failed',
  status: 3,
  steps: [finished],
  failure: { node: 'nodea', sentence: 'The event command ended with status 3.' },
});
const succeeded = view({ state: 'ended', outcome: 'succeeded', status: 0, steps: [{ ...finished, status: 0 }], endedAt: AT });
const accepted = {
  run: RUN,
  warnings: [{ code: 'not_defined', field: 'NETWORK', sentence: 'NETWORK: no network "net_ether_01".' }],
};

describe('fallover run', () => {
  it('passes every other word on as an argument, shows the steps and exits with the status', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [201, accepted]);
    daemon.answers(`${PATH}/stream`, stream([running, output, { event: 'run', data: failed }], { stays: true }));
    daemon.answers(PATH, [200, failed]);
    expect(await shell(daemon.state, ['run', 'network_down', '-1', 'net_ether_01', '--drill'])).toEqual({
      status: 3,
      out: [
        `Run ${RUN} is accepted`,
        '1/nodea/event/1 starts: /opt/on-network-down',
        '1/nodea/event/1 | hello',
        '1/nodea/event/1 ended with 3 after 0.02 s',
        `network_down -1 net_ether_01 failed, status 3 (run ${RUN})`,
      ],
      err: [
        'Warning: NETWORK: no network "net_ether_01".',
        'nodea: The event command ended with status 3.',
        '  The cluster is in RP_FAILED: nothing further is started, and the cluster does not fail over.',
        `  "fallover recover ${RUN}" skips the rest of this event; "--as again" runs the step again, "--as succeeded" counts it as succeeded.`,
      ],
    });
    expect(daemon.asked[0]?.body).toEqual({ event: 'network_down', args: ['-1', 'net_ether_01'], drill: true });
  });

  it('goes on watching when the connection broke, and shows nothing twice', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [201, { ...accepted, warnings: [] }]);
    daemon.answers(`${PATH}/stream`, stream([running, output]), stream([running, output, { event: 'run', data: succeeded }]));
    daemon.answers(PATH, [200, view({ steps: [step()] })], [200, succeeded]);
    expect(await shell(daemon.state, ['run', 'network_down', '-1', 'net_ether_01'])).toEqual({
      status: 0,
      out: [
        `Run ${RUN} is accepted`,
        '1/nodea/event/1 starts: /opt/on-network-down',
        '1/nodea/event/1 | hello',
        '1/nodea/event/1 ended with 0 after 0.02 s',
        `network_down -1 net_ether_01 succeeded in 0.00 s, status 0 (run ${RUN})`,
      ],
      err: [],
    });
  });

  it('says once whose output is missing, and when it comes again', async () => {
    await using daemon = await smallDaemon();
    const unanswered = (...nodes: string[]) => ({
      event: 'unanswered',
      data: { nodes: nodes.map((node) => ({ node, sentence: `Node ${node} does not answer.`, since: AT })) },
    });
    daemon.answers('POST /api/v1/runs', [201, { ...accepted, warnings: [] }]);
    const ends = { event: 'run', data: succeeded };
    daemon.answers(
      `${PATH}/stream`,
      stream([unanswered('nodeb'), unanswered('nodeb', 'nodec'), running, output, unanswered('nodec'), ends], { stays: true }),
    );
    daemon.answers(PATH, [200, succeeded]);
    const { out } = await shell(daemon.state, ['run', 'network_down', '-1', 'net_ether_01']);
    expect(out.slice(1, 5)).toEqual([
      '(Node nodeb does not answer.)',
      '(Node nodec does not answer.)',
      '1/nodea/event/1 starts: /opt/on-network-down',
      '1/nodea/event/1 | hello',
    ]);
    expect(out).toContain('(Node nodeb answers again: its output goes on.)');
  });

  it('prints with --json only the reply of the contract', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [201, { ...accepted, warnings: [] }]);
    daemon.answers(`${PATH}/stream`, stream([{ event: 'run', data: succeeded }]));
    daemon.answers(PATH, [200, succeeded]);
    const said = await shell(daemon.state, ['run', '--json', 'network_down', '-1', 'net_ether_01']);
    expect(said).toEqual({ status: 0, out: [JSON.stringify(succeeded)], err: [] });
  });

  it('leaves the event running on Ctrl-C, and says how to end it', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [201, { ...accepted, warnings: [] }]);
    daemon.answers(`${PATH}/stream`, stream([running, output], { stays: true }));
    daemon.answers(PATH, [200, view({ steps: [step()] })]);
    const said = await shell(daemon.state, ['run', 'network_down', '-1', 'n'], { interruptWhen: 'hello' });
    expect(said.status).toBe(130);
    expect(said.err).toEqual([
      `The event goes on as run ${RUN}.`,
      `  "fallover abort ${RUN}" ends it; "fallover query run ${RUN}" shows it.`,
    ]);
    expect(daemon.asked.map(({ line }) => line)).not.toContain(`POST /api/v1/runs/${RUN}/abort`);
  });

  it('says what it waits for', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [201, { ...accepted, warnings: [] }]);
    daemon.answers(
      `${PATH}/stream`,
      stream([{ event: 'run', data: view({ state: 'queued' }) }]),
      stream([{ event: 'run', data: view({ state: 'cancelled' }) }]),
    );
    daemon.answers(PATH, [200, view({ state: 'queued' })], [200, view({ state: 'cancelled' })]);
    daemon.answers('GET /api/v1/cluster', [200, { state: 'RP_FAILED' }]);
    expect(await shell(daemon.state, ['run', 'network_down', '-1', 'net_ether_01'])).toEqual({
      status: 125,
      out: [`Run ${RUN} is accepted`, 'It waits in the queue: one event is processed at a time'],
      err: [
        'The cluster is in RP_FAILED: nothing is started until somebody recovers from script failure ("fallover recover").',
        `network_down -1 net_ether_01 was cancelled before it began (run ${RUN})`,
      ],
    });
  });

  it('says that the cluster services run nowhere, so that nobody waits for what cannot come', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [201, { ...accepted, warnings: [] }]);
    daemon.answers(
      `${PATH}/stream`,
      stream([{ event: 'run', data: view({ state: 'queued' }) }]),
      stream([{ event: 'run', data: view({ state: 'cancelled' }) }]),
    );
    daemon.answers(PATH, [200, view({ state: 'queued' })], [200, view({ state: 'cancelled' })]);
    const members = [
      { node: 'nodea', state: 'stopping' },
      { node: 'nodeb', state: 'down' },
    ];
    daemon.answers('GET /api/v1/cluster', [200, { state: 'ST_STABLE', members }]);
    expect((await shell(daemon.state, ['run', 'network_down', '-1', 'net_ether_01'])).err[0]).toBe(
      'The cluster services run on no node: nothing is started until somebody starts them ("fallover online node nodea,nodeb").',
    );
  });

  it('exits with 125 when the daemon refused, and says why', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/runs', [
      400,
      problem('invalid_input', '"node_dwn" is not a cluster event. Did you mean node_down?', 400),
    ]);
    expect(await shell(daemon.state, ['run', 'node_dwn'])).toEqual({
      status: 125,
      out: [],
      err: ['"node_dwn" is not a cluster event. Did you mean node_down?'],
    });
  });

  it('exits with 125 when there is no daemon, or no event', async () => {
    const none = await shell('/nonexistent/state', ['run', 'node_up', 'nodea']);
    expect(none).toEqual({
      status: 125,
      out: [],
      err: [
        'No cluster manager runs with the state directory /nonexistent/state. Start it with "fallover start", or name another directory with --state or FALLOVER_STATE.',
      ],
    });
    expect(await shell('/nonexistent/state', ['run', '--drill'])).toEqual({
      status: 125,
      out: [],
      err: ['Something is missing here.', '  Usage: fallover run EVENT [ARG…] [--node NODE] [--drill] [--json] [--]'],
    });
  });
});

describe('fallover call-event', () => {
  const env = { FALLOVER_STEP: STEP };

  it("calls the sub-event from the step and exits with the sub-event's status", async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/call-event', breaks, [200, { status: 7 }]);
    const said = await shell(daemon.state, ['call-event', 'start_server', '--json', '--', '-1'], { env });
    expect(said).toEqual({ status: 7, out: [], err: [] });
    expect(daemon.asked[0]?.body).toEqual({ step: STEP, event: 'start_server', args: ['--json', '--', '-1'] });
  });

  it('exits with 125 outside a step, without an event, when refused, and without a daemon', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/call-event', [409, problem('step_not_running', 'That step does not run.', 409)]);
    expect(await shell(daemon.state, ['call-event', 'start_server'])).toEqual({
      status: 125,
      out: [],
      err: [
        'FALLOVER_STEP is not set: call-event works only in the script of a step that runs.',
        '  To run an event by hand, use "fallover run start_server".',
      ],
    });
    const without = await shell(daemon.state, ['call-event'], { env });
    expect(without.err[0]).toBe('EVENT is missing: the name of the sub-event to call.');
    const refused = await shell(daemon.state, ['call-event', 'start_server'], { env });
    expect(refused).toEqual({ status: 125, out: [], err: ['That step does not run.'] });
    expect((await shell('/nonexistent', ['call-event', 'start_server'], { env })).status).toBe(125);
  });
});
