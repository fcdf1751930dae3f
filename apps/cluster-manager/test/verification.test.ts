import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verificationResult } from '@fallover/contract';
import { openStore } from '@fallover/store';
import { afterEach, describe, expect, it } from 'vitest';
import { hasSettled, type TestCluster, testCluster } from './cluster.ts';

const clusters: TestCluster[] = [];
afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.end();
});
const start = async (): Promise<TestCluster> => {
  const cluster = await testCluster();
  clusters.push(cluster);
  return cluster;
};

const DAY = 24 * 3_600_000;
const SYNCHRONISE = '/api/v1/configuration/synchronise';
const MISSING = 'command_not_found:event/node_up/notifyCommand@nodea';

const notifyBy = (cluster: TestCluster, command: string) =>
  cluster.ask('PUT', '/api/v1/events/node_up/customization', {
    revision: 0,
    fields: { notifyCommand: { cluster: command } },
  });

describe('synchronise', () => {
  it('is refused for an error, and done when it is overridden by its id; the revision tells', async () => {
    const cluster = await start();
    await notifyBy(cluster, '/no/such/file');
    const refused = await cluster.ask('POST', SYNCHRONISE, {});
    expect(refused.status).toBe(409);
    expect(refused.body.code).toBe('verification_failed');
    expect(refused.body.faults).toEqual([
      {
        id: MISSING,
        code: 'command_not_found',
        field: 'notifyCommand',
        sentence:
          'Event node_up: Notify Command on node nodea: There is no file "/no/such/file" on this node. Put the command there, or correct the pathname in the configuration.',
      },
    ]);
    const unknown = await cluster.ask('POST', SYNCHRONISE, { override: [MISSING, 'something'] });
    expect([unknown.status, unknown.body.code]).toEqual([400, 'nothing_to_override']);
    expect((await cluster.ask('GET', '/api/v1/configuration')).body.active).toBeUndefined();

    const done = await cluster.ask('POST', SYNCHRONISE, { override: [MISSING] });
    expect(done.status).toBe(201);
    const { body } = await cluster.ask('GET', '/api/v1/configuration');
    expect(body.active.verification).toEqual({ errors: 1, warnings: 0, overridden: [MISSING] });
    const found = await cluster.ask('GET', '/api/v1/configuration/verification');
    expect(found.body.draft).toMatchObject({ errors: 1, upToDate: true, hash: body.active.hash });
  });

  it('is refused for a script that has changed for the worse since it was configured', async () => {
    const cluster = await start();
    const path = cluster.script('notify', 'exit 0');
    await notifyBy(cluster, path);
    chmodSync(path, 0o777);
    const { body } = await cluster.ask('POST', SYNCHRONISE, {});
    expect(body.faults.map(({ id }: { id: string }) => id)).toEqual(['writable_by_others:event/node_up/notifyCommand@nodea']);
  });
});

describe('verification', () => {
  it('finds a command that has changed since it last ran, and a time until warning that was too short', async () => {
    const cluster = await start();
    const path = cluster.script('up', 'sleep 1.1');
    await cluster.configure({ node_up: { eventCommand: { cluster: path }, timeUntilWarning: { cluster: 1 } } });
    expect((await cluster.run('node_up', 'nodea')).outcome).toBe('succeeded');
    writeFileSync(path, '#!/bin/sh\n# another\n');
    const { status, body } = await cluster.ask('POST', '/api/v1/configuration/verify', { of: 'active' });
    expect(status).toBe(200);
    expect(body.findings.map(({ id }: { id: string }) => id)).toEqual([
      'event_command_replaced:event/node_up/eventCommand',
      'changed_since_it_ran:event/node_up/eventCommand@nodea',
      'shorter_than_it_took:event/node_up/timeUntilWarning',
    ]);
  });

  it('once a day raises cluster_notify, which writes what was found to hacmp.out', async () => {
    const cluster = await start();
    const gone = cluster.script('notify', 'exit 0');
    await cluster.configure({ node_up: { notifyCommand: { cluster: gone } } });
    chmodSync(gone, 0o777);
    await cluster.manager.stop();
    await verifiedDaysAgo(cluster, 2);
    await cluster.restart();
    const raised = async () =>
      (await cluster.ask('GET', '/api/v1/runs?event=cluster_notify')).body.runs as { id: string; args: string[] }[];
    for (let waited = 0; waited < 20_000 && (await raised()).length === 0; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const [run] = await raised();
    expect(run?.args).toEqual(['Automatic verification of revision 1 found 1 error and 0 warnings.']);
    const { outcome } = await cluster.until(run?.id ?? '', hasSettled);
    expect(outcome).toBe('succeeded');
    const { body } = await cluster.ask('GET', '/api/v1/configuration/verification');
    expect(body.active).toMatchObject({ automatic: true, by: 'nodea', errors: 1, upToDate: true });

    await cluster.restart(); // the same day
    expect(await raised()).toHaveLength(1);
    expect(cluster.hacmpOut()).toMatch(
      /ERROR: Event node_up: Notify Command on node nodea: ".*notify" can be written by its group or by others\. Forbid that with chmod go-w\./,
    );
  });
});

/** As if automatic verification had last been done some days ago, without any finding. */
async function verifiedDaysAgo({ state }: TestCluster, days: number): Promise<void> {
  const store = await openStore(`sqlite:${join(state, 'store.db')}`);
  if (!store.ok) throw new Error(store.error.code);
  const result = verificationResult.parse({
    of: 'active',
    hash: 'other',
    at: new Date(Date.now() - days * DAY).toISOString(),
    by: 'nodea',
    automatic: true,
    durationMs: 1,
    nodes: [],
    commands: 0,
    errors: 0,
    warnings: 0,
    findings: [],
  });
  await store.value.recordVerification('active', JSON.stringify({ format: 1, result, automatic: { result, revision: 1 } }));
  await store.value.close();
}
