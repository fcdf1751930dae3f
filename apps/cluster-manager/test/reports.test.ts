import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasSettled, type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await testCluster();
});
afterEach(() => cluster.end());

const report = (id: string, event = 'network_down', args = ['nodea', 'net1'], source = 'pacemaker') =>
  cluster.ask('POST', '/api/v1/reports', { event, args, source, id });

describe('an event that other software reports', () => {
  it('is run as any other, and shows from whom it came by which id', async () => {
    const { status, body } = await report('17');
    expect(status).toBe(201);
    const run = await cluster.until(body.run, hasSettled);
    expect([run.outcome, run.origin]).toEqual(['succeeded', { kind: 'report', name: 'pacemaker', id: '17' }]);
    const listed = (await cluster.ask('GET', '/api/v1/runs')).body.runs;
    expect(listed.map(({ origin }: typeof run) => origin)).toEqual([run.origin]);
    expect(cluster.hacmpOut()).toContain('EVENT COMPLETED: network_down nodea net1 0');
    expect(cluster.hacmpOut()).toContain('HACMP Event Summary');
    const { entries } = (await cluster.ask('GET', '/api/v1/audit')).body;
    const told = entries.filter(({ action }: { action: string }) => action === 'reportEvent');
    expect(told.map(({ phase, outcome, detail }: Record<string, string>) => [phase, outcome ?? detail])).toEqual([
      ['effect', 'done'],
      ['intent', 'fallover report --source pacemaker --id 17 network_down nodea net1'],
    ]);
  });

  it('is queued once for a source and an id, also after a restart; another event by that id is refused', async () => {
    const first = await report('17');
    await cluster.until(first.body.run, hasSettled);
    await cluster.restart();
    const again = await report('17');
    expect([again.status, again.body.run]).toEqual([201, first.body.run]);
    expect(again.body.reportedBefore).toMatch(/^\d{4}-/);
    expect((await report('17', 'network_down', ['nodea', 'net1'], 'keepalived')).body.run).not.toBe(first.body.run);
    const other = await report('17', 'network_up');
    expect([other.status, other.body.code]).toEqual([409, 'reported_differently']);
    expect(other.body.title).toContain('pacemaker has reported another event by the id "17", network_down nodea net1, at ');
    expect((await cluster.ask('GET', '/api/v1/runs')).body.runs).toHaveLength(2);
  });

  it('is seen in the queue while another event runs', async () => {
    const slow = cluster.script('slow', 'sleep 1');
    await cluster.configure({ cluster_notify: { eventCommand: { cluster: slow } } });
    const running = await cluster.queue('cluster_notify', 'a');
    await cluster.until(running, ({ state }) => state === 'running');
    await report('18');
    const { queue } = (await cluster.ask('GET', '/api/v1/cluster')).body;
    expect(queue.map(({ event, origin }: Record<string, unknown>) => [event, origin])).toEqual([
      ['network_down', { kind: 'report', name: 'pacemaker', id: '18' }],
    ]);
  });

  it('is refused by each field that is wrong, and where only a run raises it', async () => {
    const wrong = await report('', 'network_dwn', ['nodea', 'net1'], '-p');
    expect(wrong.status).toBe(400);
    expect(wrong.body.faults.map(({ code, field }: Record<string, string>) => [code, field])).toEqual([
      ['unknown_event', 'event'],
      ['not_a_name', 'source'],
      ['not_a_report_id', 'id'],
    ]);
    const child = await report('1', 'event_error', ['1', 'node_up']);
    expect([child.status, child.body.title]).toEqual([
      400,
      'event_error was not queued: it is raised by a run that fails or takes long, and is never reported.',
    ]);
    expect((await cluster.ask('GET', '/api/v1/runs')).body.runs).toEqual([]);
  });

  it('is not taken beyond 60 a minute of one source; others are heard', async () => {
    const { body } = await report('0');
    await cluster.until(body.run, hasSettled);
    for (let repeats = 1; repeats < 60; repeats += 1) expect((await report('0')).status).toBe(201);
    const refused = await report('next');
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_reports']);
    expect(refused.body.title).toMatch(
      /^Nothing was queued: pacemaker has reported 60 events within 60 seconds, and more are not taken\. Report it again, by the same id, in \d+ s\.$/,
    );
    expect((await report('next', 'network_up', ['nodea', 'net1'], 'keepalived')).status).toBe(201);
  });
});
