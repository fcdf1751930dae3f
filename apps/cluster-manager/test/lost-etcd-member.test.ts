import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { etcdForTests, etcdIsMissing } from '@fallover/store/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterManager, startClusterManager } from '../src/index.ts';
import { askSocket } from './cluster.ts';

const etcd = etcdForTests({ members: 3 });

describe.skipIf(etcdIsMissing)('a cluster manager on an etcd of three members', { timeout: 60_000 }, () => {
  let directory: string;
  let manager: ClusterManager;
  const get = async (path: string) => {
    const { status, body } = await askSocket(join(directory, 'control.sock'), { method: 'GET', path, requestId: randomUUID() });
    return { status, body };
  };
  const sentences = async (): Promise<string[]> =>
    (await get('/api/v1/cluster')).body.troubles
      .filter(({ code }: { code: string }) => code === 'etcd_members_silent')
      .map(({ sentence }: { sentence: string }) => sentence);
  const gauge = async (): Promise<string | undefined> =>
    /^fallover_etcd_members_silent (.*)$/m.exec((await get('/metrics')).body)?.[1];
  const soon = { timeout: 15_000, interval: 50 };
  const told = (name: string) =>
    `Of the 3 members of etcd ${name} on localhost does not answer: event processing stops when one more is lost. Start etcd there again, or restore the network to it.`;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fallover-lost-etcd-'));
    const started = await startClusterManager({
      listen: '127.0.0.1:0',
      peerListen: '127.0.0.1:0',
      stateDirectory: directory,
      node: 'nodea',
      cluster: 'payroll',
      hostNames: [],
      behindTlsProxy: false,
      store: { url: etcd().url },
      etcdLookMs: 300,
    });
    if (!started.ok) throw new Error(started.error.sentence);
    manager = started.value;
  }, 30_000);
  afterAll(async () => {
    await manager.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('tells that a member was lost and is ready all the same, until it is back, and of one that is frozen too', async () => {
    await expect.poll(gauge, soon).toBe('0');
    const [, , lost] = etcd().members;
    await lost?.kill();
    await expect.poll(sentences, soon).toEqual([told('m2')]);
    expect(await gauge()).toBe('1');
    const { status, body } = await get('/readyz');
    expect([status, body.ready, body.reasons]).toEqual([200, true, []]);
    expect(body.troubles).toContainEqual({ code: 'etcd_members_silent', sentence: told('m2') });
    lost?.restart();
    await expect.poll(sentences, soon).toEqual([]);
    expect(await gauge()).toBe('0');
    lost?.freeze();
    await expect.poll(sentences, soon).toEqual([told('m2')]);
    lost?.thaw();
    await expect.poll(sentences, soon).toEqual([]);
  });
});
