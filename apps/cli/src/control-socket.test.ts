import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callEvent, getCluster, getRun, listRuns, watchRun } from './addresses.ts';
import { controlSocket } from './control-socket.ts';
import { breaks, problem, smallDaemon, stream } from './fixtures/small-daemon.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CALL = { step: 's', event: 'start_server', args: ['-1'] };

describe('the control socket', () => {
  it('fills in path and query, and gives the reply with its text', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/runs/a%2Fb', [200, { id: 'a/b' }]);
    daemon.answers('GET /api/v1/runs?limit=5&event=node_up', [200, { runs: [], more: false }]);
    const client = controlSocket(daemon.socket);
    expect(await client.ask(getRun, { parameters: { run: 'a/b' } })).toEqual({
      ok: true,
      reply: { id: 'a/b' },
      raw: '{"id":"a/b"}',
    });
    const list = await client.ask(listRuns, { query: { limit: 5, event: 'node_up', before: undefined } });
    expect(list).toMatchObject({ ok: true, reply: { more: false } });
    expect(daemon.asked.map(({ key }) => key)).toEqual([undefined, undefined]);
  });

  it('sends a write again with the same id when the connection broke before an answer', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/call-event', breaks, [200, { status: 3 }]);
    expect(await controlSocket(daemon.socket).ask(callEvent, { body: CALL })).toMatchObject({ ok: true, reply: { status: 3 } });
    const [first, second] = daemon.asked;
    expect(daemon.asked).toHaveLength(2);
    expect(first?.key).toMatch(UUID);
    expect(second).toEqual({ line: 'POST /api/v1/call-event', key: first?.key, body: CALL });
  });

  it('sends it again only once', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/call-event', breaks);
    const answer = await controlSocket(daemon.socket).ask(callEvent, { body: CALL });
    expect(answer).toEqual({ ok: false, fault: { code: 'no_answer', socket: daemon.socket, write: true } });
    expect(daemon.asked).toHaveLength(2);
  });

  it('does not send again what was refused', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('POST /api/v1/call-event', [409, problem('step_not_running', 'No.', 409)]);
    const answer = await controlSocket(daemon.socket).ask(callEvent, { body: CALL });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'refused', problem: { code: 'step_not_running', title: 'No.' } } });
    expect(daemon.asked).toHaveLength(1);
  });

  it('tells what is no answer of Fallover', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/cluster', [502, 'Bad Gateway']);
    expect(await controlSocket(daemon.socket).ask(getCluster)).toEqual({
      ok: false,
      fault: { code: 'not_an_answer', status: 502 },
    });
  });

  it('tells that no daemon is there, and why', async () => {
    await using daemon = await smallDaemon();
    const reasonAt = async (socket: string) => {
      const answer = await controlSocket(socket).ask(getCluster);
      return !answer.ok && answer.fault.code === 'no_daemon' ? answer.fault.reason : answer;
    };
    expect(await reasonAt(join(daemon.state, 'nothing'))).toBe('ENOENT');
    const abandoned = join(daemon.state, 'abandoned');
    mkdirSync(abandoned);
    expect(await reasonAt(abandoned)).toBe('ECONNREFUSED');
    expect(await reasonAt(join(daemon.state, 'x'.repeat(120)))).toBe('path_too_long');
  });

  it('does not say "no daemon" of a write that may have been carried out', async () => {
    await using daemon = await smallDaemon();
    const socket = join(daemon.state, 'once');
    const server = createServer((connection) => {
      server.close();
      connection.destroy();
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const answer = await controlSocket(socket).ask(callEvent, { body: CALL });
    expect(answer).toEqual({ ok: false, fault: { code: 'no_answer', socket, write: true } });
  });

  it('hears a stream until it ends, or is told to stop', async () => {
    await using daemon = await smallDaemon();
    const events = [
      { event: 'run', data: { a: 'ä' } },
      { event: 'output', data: 1 },
    ];
    daemon.answers('GET /api/v1/runs/r/stream', stream(events), stream(events, { stays: true }));
    const client = controlSocket(daemon.socket);
    const heard: string[] = [];
    const stop = new AbortController();
    await client.watch(watchRun, { run: 'r' }, { signal: stop.signal }, ({ event, data }) => heard.push(`${event} ${data}`));
    expect(heard).toEqual(['run {"a":"ä"}', 'output 1']);
    const fault = await client.watch(watchRun, { run: 'r' }, { signal: stop.signal }, () => stop.abort());
    expect(fault).toBe(undefined);
  });

  it('tells that a stream was refused', async () => {
    await using daemon = await smallDaemon();
    daemon.answers('GET /api/v1/runs/r/stream', [404, problem('run_not_found', 'No such run.', 404)]);
    const signal = new AbortController().signal;
    const fault = await controlSocket(daemon.socket).watch(watchRun, { run: 'r' }, { signal }, () => {});
    expect(fault).toMatchObject({ code: 'refused', problem: { code: 'run_not_found' } });
  });
});
