import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
let other: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
  other = await testCluster();
});
afterAll(async () => {
  await cluster.end();
  await other.end();
});

describe('smit.script', () => {
  it('does again on another cluster what was done on this one', async () => {
    const one = cluster.script('one', 'exit 0');
    const customEvent = (body: object) => cluster.ask('PUT', '/api/v1/custom-events/one', body);
    const script = { cluster: one, nodes: { nodea: one } };
    await customEvent({ revision: 0, fields: { script, description: { cluster: 'It\'s "one"' } } });
    const saved = (await cluster.ask('GET', '/api/v1/custom-events')).body.customEvents[0].draft;
    await customEvent({ revision: saved.revision, fields: { script: { cluster: one }, description: { cluster: 'One' } } });
    await cluster.configure({ network_up: { preEventCommand: { cluster: ['one'] }, timeUntilWarning: { nodes: { nodea: 9 } } } });
    expect((await cluster.run('network_up', 'nodea', 'net1')).outcome).toBe('succeeded');
    expect((await customEvent({ revision: 99, fields: { script: { cluster: one } } })).status).toBe(409);

    const reply = await cluster.ask('GET', '/api/v1/smit-script');
    expect(reply.status).toBe(200);
    const lines = (reply.body as string).split('\n').filter((line) => line.startsWith('fallover'));
    expect(lines).toEqual([
      `fallover add event one DESCRIPTION='It'\\''s "one"' FILE=${one}`,
      `fallover modify event one NODE=nodea FILE=${one}`,
      'fallover modify event one DESCRIPTION=One',
      'fallover modify event one NODE=nodea FILE=',
      'fallover modify event network_up PREEVENTCOMMAND=one',
      'fallover modify event network_up NODE=nodea TIMEUNTILWARNING=9',
      'fallover sync',
      'fallover run network_up nodea net1',
    ]);

    const bin = fileURLToPath(new URL('../../cli/bin', import.meta.url));
    const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, FALLOVER_STATE: other.state };
    const replay = spawn('/bin/sh', ['-e'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    replay.stdin.end(reply.body);
    expect(await once(replay, 'exit')).toEqual([0, null]);
    const active = async (where: TestCluster) => {
      const event = (await where.ask('GET', '/api/v1/events/network_up')).body.active;
      return [event, (await where.ask('GET', '/api/v1/custom-events')).body.customEvents[0].active];
    };
    expect(await active(other)).toEqual(await active(cluster));
    expect((await other.ask('GET', '/api/v1/runs')).body.runs[0]).toMatchObject({ event: 'network_up', outcome: 'succeeded' });
  });

  it('has a log beside it, with what was refused too', async () => {
    const { body } = await cluster.ask('GET', '/api/v1/smit-log?who=all');
    expect(body).toMatch(/^smit\.log: cluster payroll, node nodea: what everybody did\n/);
    expect(body).toMatch(/ local administrator \(shell\) runEvent: done\n {4}fallover run network_up nodea net1\n/);
    expect(body).toMatch(/ changeCustomEvent: \w+\n {4}fallover modify event one /);
  });
});
