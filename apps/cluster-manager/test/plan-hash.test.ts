import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(() => cluster.end());

const emulate = async (event: string, ...args: string[]) => (await cluster.ask('POST', '/api/v1/emulate', { event, args })).body;
const run = (event: string, args: string[], plan: string) => cluster.ask('POST', '/api/v1/runs', { event, args, plan });

describe('a plan that was looked at', () => {
  it('is what runs, as long as nothing else is made active', async () => {
    const shown = await emulate('network_up', '-1', 'net1');
    expect(shown.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await emulate('network_up', '-1', 'net1')).hash).toBe(shown.hash);
    expect((await emulate('network_up', '-1', 'net2')).hash).not.toBe(shown.hash);
    expect((await run('network_up', ['-1', 'net1'], shown.hash)).status).toBe(201);
  });

  it('is refused once something else would run, and nothing is queued', async () => {
    const shown = await emulate('network_up', '-1', 'net1');
    await cluster.configure({ network_up: { notifyCommand: { cluster: cluster.script('told', 'exit 0') } } });
    const before = (await cluster.ask('GET', '/api/v1/runs')).body.runs.length;
    const refused = await run('network_up', ['-1', 'net1'], shown.hash);
    expect([refused.status, refused.body.code]).toEqual([409, 'plan_changed']);
    expect(refused.body.title).toBe(
      'What network_up would run has changed since the plan was shown: somebody made another configuration active. Nothing was queued; look at the plan again.',
    );
    expect((await cluster.ask('GET', '/api/v1/runs')).body.runs).toHaveLength(before);
  });

  it('says when it takes something away, and which name is to be typed', async () => {
    expect(await emulate('node_down', 'nodea', 'takeover')).toMatchObject({
      destructive: true,
      destructiveReason:
        'Node nodea leaves the cluster and its resource groups move to other nodes: what they serve is interrupted.',
      typeToConfirm: 'nodea',
    });
    expect((await emulate('node_up', 'nodea')).destructive).toBe(false);
  });
});
