import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { livingLaunchers } from '../src/executor/leftovers.ts';
import { startClusterManager } from '../src/index.ts';
import { hasSettled, testCluster } from './cluster.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-start-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const settings = (name: string, more: object = {}) => ({
  listen: '127.0.0.1:0',
  stateDirectory: join(directory, name),
  node: 'nodea',
  cluster: 'payroll',
  hostNames: [],
  behindTlsProxy: false,
  ...more,
});

const refusal = async (name: string, more: object = {}): Promise<string> => {
  const started = await startClusterManager(settings(name, more));
  if (!started.ok) return started.error.sentence;
  await started.value.stop();
  return 'started';
};

describe('a cluster manager that cannot start', () => {
  it('says that another one runs on its state directory, or on its port', async () => {
    const first = await startClusterManager(settings('a'));
    if (!first.ok) throw new Error(first.error.sentence);
    const port = new URL(first.value.url).port;
    expect(await refusal('a')).toBe(
      `Another cluster manager runs on the state directory ${join(directory, 'a')}. Stop that one first, or choose another directory with --state.`,
    );
    expect(await refusal('b', { listen: `127.0.0.1:${port}` })).toContain(`127.0.0.1:${port}`);
    await first.value.stop();
    expect(livingLaunchers(join(directory, 'b'))).toEqual([]);
    expect(await refusal('b')).toBe('started');
  });

  it('says that the state directory is of another node or cluster', async () => {
    expect(await refusal('a')).toBe('started');
    expect(await refusal('a', { node: 'nodeb' })).toContain('belongs to node nodea, not nodeb.');
    expect(await refusal('a', { cluster: 'sales' })).toContain('belongs to cluster payroll, not sales.');
  });

  it('leaves a state directory that it was refused for to whichever node asks next', async () => {
    const store = { url: 'etcd://127.0.0.1:1' };
    expect(await refusal('a', { node: 'nodeb', store })).toContain('No member of etcd answers at 127.0.0.1:1');
    expect(await refusal('a')).toBe('started');
  });

  it.each(['journal.db', 'store.db', 'lock.db', 'node.json'])('names a corrupt %s, and leaves nothing running', async (file) => {
    expect(await refusal('a')).toBe('started');
    rmSync(join(directory, 'a', `${file}-wal`), { force: true });
    writeFileSync(join(directory, 'a', file), 'neither a database nor JSON, but long enough to look like something');
    expect(await refusal('a')).toContain(join(directory, 'a', file));
    expect(livingLaunchers(join(directory, 'a'))).toEqual([]);
  });

  it('ends in a sentence where nothing can be created at all', async () => {
    expect(await refusal('a', { stateDirectory: '/proc/fallover' })).toContain(
      'The state directory /proc/fallover cannot be written',
    );
  });
});

describe('several cluster managers in one process', () => {
  it('do not know of each other', async () => {
    const [first, second] = [
      await testCluster({ node: 'nodea', cluster: 'one' }),
      await testCluster({ node: 'nodeb', cluster: 'two' }),
    ];
    const [a, b] = await Promise.all([first.run('node_up', 'nodea'), second.run('node_up', 'nodeb')]);
    expect([hasSettled(a), hasSettled(b)]).toEqual([true, true]);
    expect((await first.ask('GET', '/api/v1/cluster')).body.cluster).toBe('one');
    expect((await second.ask('GET', '/api/v1/runs')).body.runs).toHaveLength(1);
    await first.end();
    expect((await second.run('node_down', 'nodeb')).outcome).toBe('succeeded');
    await second.end();
  });
});
