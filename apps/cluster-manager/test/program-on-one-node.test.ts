import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSettled, type TestCluster, testCluster } from './cluster.ts';

/** On a store of its own a node runs every event alone, unless an administrator's own program says what is to be done. */
describe('a recovery program on one node', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await testCluster();
  });
  afterAll(() => cluster.end());

  const report = async (event: string, ...args: string[]) => {
    const { status, body } = await cluster.ask('POST', '/api/v1/reports', {
      event,
      args,
      source: 'test',
      id: `${event} ${args}`,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return cluster.until(body.run, hasSettled);
  };

  it('is run when the event happens, and the pathname finds what every command finds', async () => {
    const tell = cluster.script('tell', 'echo "$# $* $EVENT_NAME ($PRE_EVENT_MEMBERSHIP) ($POST_EVENT_MEMBERSHIP)"; exit 7');
    await cluster.configure({
      join_standby: { recoveryProgram: { cluster: `event "${tell}" 7 NULL\nbarrier\nall "join_standby" 0 NULL\n` } },
    });
    const run = await report('join_standby', 'nodea', 'label1');
    expect(run).toMatchObject({ state: 'ended', outcome: 'succeeded' });
    expect(run.steps.map(({ key, status }) => [key, status])).toEqual([
      ['command.1', 7],
      ['event', 0],
    ]);
    expect(cluster.hacmpOut()).toContain('join_standby command.1.1| 2 nodea label1 join_standby (nodea) (nodea)');
  });

  it('is what an emulation of the event shows', async () => {
    const asked = { event: 'join_standby', args: ['nodea', 'label1'], origin: 'cluster_manager' };
    const { status, body } = await cluster.ask('POST', '/api/v1/emulate', asked);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.steps.map(({ key, argv }: { key: string; argv: string[] }) => [key, argv.slice(1)])).toEqual([
      ['command.1', ['nodea', 'label1']],
      ['event', ['nodea', 'label1']],
    ]);
  });

  it('is not run when a person runs the event', async () => {
    const run = await cluster.run('join_standby', 'nodea', 'label2');
    expect(run.steps.map(({ key }) => key)).toEqual(['event']);
  });

  it('that has nothing to do for the nodes that take part is done at once, and the next event follows', async () => {
    expect(await report('join_standby', 'nodez', 'label3')).toMatchObject({ outcome: 'succeeded' });
    const only = cluster.script('only', 'exit 0');
    await cluster.configure({ join_standby: { recoveryProgram: { cluster: `event "${only}" 0 NULL` } } });
    const run = await report('join_standby', 'nodez', 'label4');
    expect(run).toMatchObject({ state: 'ended', outcome: 'succeeded', steps: [] });
    expect((await report('join_standby', 'nodea', 'label5')).steps.map(({ key }) => key)).toEqual(['command.1']);
  });

  it('calls sub-events from its commands, which run through their pipeline', async () => {
    const calls = cluster.script('calls', 'fallover call-event start_server app1');
    await cluster.configure({ join_standby: { recoveryProgram: { cluster: `all "${calls}" 0 NULL` } } });
    const run = await report('join_standby', 'nodea', 'label6');
    expect(run.outcome).toBe('succeeded');
    expect(run.steps.map(({ event, key }) => [event, key])).toEqual([
      ['join_standby', 'command.1'],
      ['start_server', 'event'],
    ]);
  });
});
