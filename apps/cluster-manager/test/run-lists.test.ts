import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
  await cluster.configure({
    network_up: { timeUntilWarning: { cluster: 77 } },
    swap_adapter: { eventCommand: { cluster: cluster.script('fails', 'exit 3') } },
  });
  for (const network of ['net1', 'net2', 'net3']) await cluster.run('network_up', 'nodea', network);
});
afterAll(() => cluster.end());

const get = async (path: string) => (await cluster.ask('GET', path)).body;

describe('the list of runs', () => {
  const args = async (query: string) =>
    (await get(`/api/v1/runs?${query}`)).runs.map((run: { args: string[] }) => run.args.join(' '));

  it('is filtered by words, time and outcome', async () => {
    expect(await args('text=NET2')).toEqual(['nodea net2']);
    expect(await args('outcome=succeeded&event=network_up&limit=2')).toEqual(['nodea net3', 'nodea net2']);
    expect(await args('outcome=failed')).toEqual([]);
    const { runs } = await get('/api/v1/runs?text=net2');
    expect(await args(`since=${runs[0].acceptedAt}`)).toEqual(['nodea net3', 'nodea net2']);
    expect(await args(`until=${runs[0].acceptedAt}`)).toEqual(['nodea net1']);
    expect((await get('/api/v1/runs?since=yesterday')).code).toBe('input_not_accepted');
  });

  it('searches what waits in the queue too', async () => {
    await cluster.run('swap_adapter', 'nodea', 'net1', 'a', 'b');
    await cluster.queue('network_up', 'nodea', 'waits');
    expect(await args('text=waits')).toEqual(['nodea waits']);
    expect(await args('text=waits&until=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await args('text=nowhere')).toEqual([]);
  });
});

describe('the history of an event', () => {
  it('has its runs, how long they took, and its time until warning', async () => {
    const history = await get('/api/v1/events/network_up/history?limit=2');
    expect(history.runs.map((run: { args: string[] }) => run.args.join(' '))).toEqual(['nodea net3', 'nodea net2']);
    expect([history.more, history.count, history.ended, history.timeUntilWarning]).toEqual([true, 3, 3, 77]);
    expect(history.medianSeconds).toBeLessThanOrEqual(history.longestSeconds);
    const durations = (await get('/api/v1/runs?event=network_up&outcome=succeeded')).runs.map(
      (run: { durationMs: number }) => run.durationMs,
    );
    expect(history.longestSeconds).toBe(Math.max(...durations) / 1000);
  });

  it('is empty for an event that never ran, and refused for what is none', async () => {
    expect(await get('/api/v1/events/node_up/history')).toEqual({
      runs: [],
      more: false,
      count: 0,
      ended: 0,
      timeUntilWarning: 360,
    });
    expect((await get('/api/v1/events/event_error/history')).timeUntilWarning).toBe(0);
    const refused = await cluster.ask('GET', '/api/v1/events/nodeup/history');
    expect([refused.status, refused.body.title]).toEqual([404, '"nodeup" is not a cluster event. Did you mean node_up?']);
  });
});
