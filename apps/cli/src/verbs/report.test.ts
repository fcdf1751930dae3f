import { describe, expect, it } from 'vitest';
import { problem, shell, smallDaemon } from '../fixtures/small-daemon.ts';

const RUN = '0199aaaa-0000-7000-8000-000000abcdef';
const USAGE = '  Usage: fallover report EVENT [ARG…] --source S --id ID [--json] [--]';
const words = ['report', 'network_down', '-1', 'net1', '--source', 'pacemaker', '--id', '17'];

describe('fallover report', () => {
  it('reports the event with its source and id, and says which run it is', async () => {
    await using daemon = await smallDaemon();
    const warning = { code: 'not_defined', field: 'NETWORK', sentence: 'NETWORK: no network "net1".' };
    daemon.answers('POST /api/v1/reports', [201, { run: RUN, warnings: [warning] }]);
    expect(await shell(daemon.state, words)).toEqual({
      status: 0,
      out: [`It is queued as run ${RUN}`],
      err: ['Warning: NETWORK: no network "net1".'],
    });
    expect(daemon.asked[0]?.body).toEqual({ event: 'network_down', args: ['-1', 'net1'], source: 'pacemaker', id: '17' });
  });

  it('says that a repeat queued nothing, and prints with --json the reply unchanged', async () => {
    await using daemon = await smallDaemon();
    const reply = { run: RUN, reportedBefore: '2026-11-23T14:22:10.000Z', warnings: [] };
    daemon.answers('POST /api/v1/reports', [201, reply]);
    expect((await shell(daemon.state, words)).out).toEqual([
      `Nothing new is queued: it was reported at 2026-11-23T14:22:10.000Z already, and is run ${RUN}`,
    ]);
    expect((await shell(daemon.state, [...words, '--json'])).out).toEqual([JSON.stringify(reply)]);
  });

  it('tells by its exit status what is worth trying again', async () => {
    await using daemon = await smallDaemon();
    daemon.answers(
      'POST /api/v1/reports',
      [429, problem('too_many_reports', 'Report it again in 7 s.', 429)],
      [409, problem('reported_differently', 'Another event has that id.', 409)],
    );
    expect(await shell(daemon.state, words)).toEqual({ status: 1, out: [], err: ['Report it again in 7 s.'] });
    expect(await shell(daemon.state, words)).toEqual({ status: 2, out: [], err: ['Another event has that id.'] });
    expect((await shell('/nonexistent', words)).status).toBe(3);
  });

  it('names what is missing', async () => {
    const missing = async (...given: string[]) => (await shell('/nonexistent', ['report', ...given])).err;
    expect(await missing()).toEqual(['Something is missing here.', USAGE]);
    expect(await missing('node_up', 'nodea', '--id', '1')).toEqual([
      '--source is missing: the name of the software that reports.',
      USAGE,
    ]);
    expect(await missing('node_up', 'nodea', '--source', 'p')).toEqual([
      '--id is missing: what tells this report from every other of its source.',
      USAGE,
    ]);
  });
});
