import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
});
afterAll(() => cluster.end());

const NOT_DEFINED = 'NETWORK: no network "net1" is defined in this cluster. Only its form was checked.';
const warningsOf = (body: { warnings: { sentence: string }[] }): string[] => body.warnings.map(({ sentence }) => sentence);
const emulate = async (draft: boolean) =>
  warningsOf((await cluster.ask('POST', '/api/v1/emulate', { event: 'network_up', args: ['-1', 'net1'], draft })).body);

describe('an argument that names a network', () => {
  it('is warned about until a network of that name is defined where it is looked up: in the draft, then in what is active', async () => {
    expect([await emulate(false), await emulate(true)]).toEqual([[NOT_DEFINED], [NOT_DEFINED]]);
    const added = await cluster.ask('PUT', '/api/v1/entries/network/net1', {
      revision: 0,
      fields: { networkType: { cluster: 'ether' } },
    });
    expect(added.status).toBe(200);
    expect([await emulate(false), await emulate(true)]).toEqual([[NOT_DEFINED], []]);
    expect((await cluster.ask('POST', '/api/v1/configuration/synchronise', {})).status).toBe(201);
    expect([await emulate(false), await emulate(true)]).toEqual([[], []]);
    const run = await cluster.ask('POST', '/api/v1/runs', { event: 'network_up', args: ['-1', 'net1'] });
    expect([run.status, warningsOf(run.body)]).toEqual([201, []]);
  });
});
