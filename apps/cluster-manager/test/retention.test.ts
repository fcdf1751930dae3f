import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunView } from '@fallover/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster({ keepGb: 0.000_25 });
  const prints = cluster.script('prints', 'head -c 100000 /dev/zero | tr "\\0" x');
  const fails = cluster.script('fails', 'head -c 100000 /dev/zero | tr "\\0" x; exit 3');
  await cluster.configure({
    network_up: { eventCommand: { cluster: prints } },
    swap_adapter: { eventCommand: { cluster: fails } },
  });
});
afterAll(() => cluster.end());

const logs = ({ id }: RunView): string => join(cluster.state, 'log', 'runs', id);
const title = async (path: string): Promise<string> => (await cluster.ask('GET', path)).body.title;

describe('runs that are not kept any longer', () => {
  it('are the oldest, beyond what is kept, and never one that waits for a decision', async () => {
    const waiting = await cluster.run('swap_adapter', 'nodea', 'net1', 'a', 'b');
    await cluster.restart();
    expect(existsSync(logs(waiting))).toBe(true);
    await cluster.ask('POST', '/api/v1/recover', { as: 'skip' });
    const runs: RunView[] = [];
    for (const network of ['net1', 'net2', 'net3']) runs.push(await cluster.run('network_up', 'nodea', network));
    await cluster.restart();
    await expect.poll(() => existsSync(logs(waiting))).toBe(false);
    await expect.poll(() => runs.map((run) => existsSync(logs(run)))).toEqual([false, true, true]);
    await expect.poll(async () => (await cluster.ask('GET', '/api/v1/runs')).body.runs.length).toBe(2);
  });

  it('are told of where they are asked for', async () => {
    const [oldest] = (await cluster.ask('GET', '/api/v1/runs')).body.runs.slice(-1) as RunView[];
    const gone = '01900000-0000-7000-8000-000000000001';
    const removed = new RegExp(`^Run ${gone} is not kept any longer: it was among the oldest, `);
    expect(await title(`/api/v1/runs/${gone}`)).toMatch(removed);
    const step = encodeURIComponent(`${gone}/1/nodea/event/1`);
    for (const what of ['output', 'output/lines', 'output/download'])
      expect(await title(`/api/v1/runs/${gone}/${what}?step=${step}`)).toMatch(removed);
    expect(await title('/api/v1/runs/ffffffff-0000-7000-8000-000000000001')).toMatch(/^There is no run ffffffff/);
    expect((await cluster.ask('GET', `/api/v1/runs/${oldest?.id}`)).status).toBe(200);
  });
});
