import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RunView } from '@fallover/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
let run: RunView;
let step: string;
beforeAll(async () => {
  cluster = await testCluster();
  const prints = cluster.script('prints', 'i=0; while [ $i -lt 500 ]; do echo "line $i"; i=$((i+1)); done; printf end');
  await cluster.configure({ network_up: { eventCommand: { cluster: prints } } });
  run = await cluster.run('network_up', 'nodea', 'net1');
  step = run.steps[0]?.id ?? '';
});
afterAll(() => cluster.end());

const path = (what: string, query: Record<string, string | number>) =>
  `/api/v1/runs/${run.id}/output/${what}?${new URLSearchParams({ step, ...query } as Record<string, string>)}`;
const get = async (what: string, query: Record<string, string | number>) => (await cluster.ask('GET', path(what, query))).body;

describe("the output of a step, asked for over the cluster manager's address", () => {
  it('is given by lines', async () => {
    const { lines, ...reply } = await get('lines', { from: -2 });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(lines).toEqual([
      { line: 499, offset: 4381, text: 'line 499', bytes: 8, time },
      { line: 500, offset: 4390, text: 'end', bytes: 3, open: true, time },
    ]);
    expect(reply).toEqual({ next: 4393, total: 501, indexing: false, size: 4393 });
    expect((await get('lines', { at: 4381, before: 1, count: 0 })).lines).toMatchObject([{ line: 498 }]);
    expect((await get('lines', {})).lines).toHaveLength(200);
  });

  it('is searched', async () => {
    expect(await get('search', { text: 'LINE 49', from: 100, limit: 1 })).toEqual({
      matches: [{ line: 490, offset: 4300, at: 4300 }],
      cursor: 4309,
      indexing: false,
    });
    const back = await get('search', { text: 'line 4', direction: 'backward', limit: 2 });
    expect(back.matches.map(({ line }: { line: number }) => line)).toEqual([499, 498]);
  });

  it('is downloaded, compressed where that is asked for', async () => {
    const raw = await download(path('download', {}));
    expect(raw.bytes.length).toBe(4393);
    expect(raw.headers['content-disposition']).toBe(`attachment; filename="${step.replaceAll('/', '-')}.log"`);
    const compressed = await download(path('download', { gzip: 'true' }));
    expect(compressed.headers['content-type']).toBe('application/gzip');
    expect(gunzipSync(compressed.bytes)).toEqual(raw.bytes);
  });

  it('is refused for what is no step of the run', async () => {
    for (const what of ['lines', 'search', 'download']) {
      const refused = await cluster.ask('GET', path(what, { step: `${run.id}/../../x`, text: 'x' }));
      expect([refused.status, refused.body.code]).toEqual([404, 'run_not_found']);
    }
  });
});

function download(address: string): Promise<{ bytes: Buffer; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const socketPath = join(cluster.state, 'control.sock');
    const request = httpRequest({ socketPath, path: address }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ bytes: Buffer.concat(chunks), headers: response.headers }));
    });
    request.on('error', reject);
    request.end();
  });
}
