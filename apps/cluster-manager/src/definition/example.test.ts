import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventView } from '@fallover/contract';
import { effectiveCustomization } from '@fallover/events';
import { afterAll, describe, expect, it } from 'vitest';
import { checkTrust } from '../executor/launcher/trust.ts';
import { clusters, examples, refused, reply } from './cluster-for-tests.ts';

describe('load the example', () => {
  const openCluster = clusters();

  it('copies the scripts and makes their configuration active, in one commit', async () => {
    const { ask, state, activeDocument, store } = await openCluster('sqlite');
    const directory = join(state, 'example-scripts');
    expect(reply(await ask('loadExample', { body: {} }))).toEqual({ number: 1, directory });
    expect(readdirSync(directory)).toEqual(readdirSync(join(examples, 'scripts')));
    expect(await store.active()).toMatchObject({ number: 1, by: 'ada', comment: 'The example configuration' });
    expect((await store.draft()).every(({ revision }) => revision === 1)).toBe(true);
    expect(reply(await ask('getConfiguration'))).toMatchObject({ changes: [], exampleLoadable: false });
    const { document } = await activeDocument();
    expect(effectiveCustomization(document, 'network_down', 'nodea')).toMatchObject({
      eventCommand: join(directory, 'fail-once'),
      recoveryCommand: join(directory, 'recover-network'),
      recoveryCounter: 2,
      postEvents: [{ name: 'report_status', script: join(directory, 'report-status') }],
    });
  });

  it('lays down scripts that the launcher trusts, and uses every one of them', async () => {
    const { ask, state, activeDocument } = await openCluster('sqlite');
    // A loaded example is trusted as far as the directory above the state directory is.
    reply(await ask('loadExample', { body: {} }));
    const directory = join(state, 'example-scripts');
    const scripts = readdirSync(directory).map((name) => join(directory, name));
    expect(scripts.map((path) => statSync(path).mode & 0o7777)).toEqual(scripts.map(() => 0o755));
    expect(scripts.map((path) => checkTrust(path))).toEqual(scripts.map(() => undefined));
    const configured = JSON.stringify((await activeDocument()).document);
    expect(scripts.filter((path) => !configured.includes(JSON.stringify(path)))).toEqual([]);
    const { events } = reply<{ events: EventView[] }>(await ask('listEvents'));
    expect(
      events
        .filter(({ active }) => active)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['network_down', 'network_up', 'node_down', 'node_up', 'start_server', 'swap_adapter']);
  });

  it('is refused on a cluster that has a draft or an active revision; a repeat is not', async () => {
    const { ask, store } = await openCluster('memory');
    const first = reply(await ask('loadExample', { body: {} }, 'request-1'));
    expect(reply(await ask('loadExample', { body: {} }, 'request-1'))).toEqual(first);
    expect(refused(await ask('loadExample', { body: {} }))).toBe('not_empty 409');
    expect((await store.active())?.number).toBe(1);
    const other = await openCluster('memory');
    await other.ask('changeEventCustomization', {
      parameters: { event: 'node_up' },
      body: { revision: 0, fields: { recoveryCounter: { cluster: 1 } } },
    });
    expect(refused(await other.ask('loadExample', { body: {} }))).toBe('not_empty 409');
    expect(readdirSync(other.state)).toEqual([]);
  });

  it('is done once when two ask at the same moment', async () => {
    const { ask, store } = await openCluster('sqlite');
    const outcomes = await Promise.all([ask('loadExample', { body: {} }), ask('loadExample', { body: {} })]);
    expect(outcomes.map(refused).sort()).toEqual(['not refused', 'not_empty 409'].sort());
    expect((await store.active())?.number).toBe(1);
  });

  it('goes through where an earlier attempt left half of the scripts', async () => {
    const { ask, state } = await openCluster('sqlite');
    const directory = join(state, 'example-scripts');
    mkdirSync(directory, { mode: 0o777 });
    writeFileSync(join(directory, 'notify'), 'half', { mode: 0o600 });
    reply(await ask('loadExample', { body: {} }));
    expect(checkTrust(join(directory, 'notify'))).toBeUndefined();
  });

  it('says so when the example is missing, not understood, or cannot be copied', async () => {
    const nowhere = await openCluster('memory', { exampleSource: '/not/there' });
    expect(refused(await nowhere.ask('loadExample', { body: {} }))).toBe('example_not_readable 503');
    const source = join(nowhere.state, 'source');
    cpSync(examples, source, { recursive: true });
    writeFileSync(join(source, 'configuration.json'), '{"format":2}');
    const newer = await openCluster('memory', { exampleSource: source });
    expect(refused(await newer.ask('loadExample', { body: {} }))).toBe('example_not_readable 503');
    const without = join(nowhere.state, 'without-scripts');
    cpSync(examples, without, { recursive: true });
    rmSync(join(without, 'scripts'), { recursive: true });
    const scriptless = await openCluster('memory', { exampleSource: without });
    expect(refused(await scriptless.ask('loadExample', { body: {} }))).toBe('example_not_readable 503');
    const inTheWay = await openCluster('memory');
    writeFileSync(join(inTheWay.state, 'example-scripts'), '');
    expect(refused(await inTheWay.ask('loadExample', { body: {} }))).toBe('example_not_writable 503');
    expect(await inTheWay.store.active()).toBeUndefined();
  });
});

describe('the example scripts', () => {
  const state = mkdtempSync(join(tmpdir(), 'fallover-example-'));
  afterAll(() => rmSync(state, { recursive: true, force: true }));

  const run = (script: string, ...args: string[]) => {
    const FALLOVER_STEP = '01939b1e-0000-7000-8000-000000000001/1/nodea/event/1';
    const env = { PATH: '/usr/bin:/bin', FALLOVER_STATE: state, LOCALNODENAME: 'nodea', CLUSTER_NAME: 'prod', FALLOVER_STEP };
    const { status, stdout, stderr } = spawnSync(join(examples, 'scripts', script), args, { env, encoding: 'utf8' });
    return { status, lines: stdout.trimEnd().split('\n'), errors: stderr.trimEnd().split('\n') };
  };

  it('succeed the second time, once recovered, and show it again with the next run', () => {
    const story = () => [
      run('fail-once', '-1', 'net1').status,
      run('recover-network', 'network_down', '-1', 'net1').status,
      run('fail-once', '-1', 'net1').status,
    ];
    expect([story(), story()]).toEqual([
      [1, 0, 0],
      [1, 0, 0],
    ]);
    expect(readdirSync(join(state, 'example'))).toEqual([]);
  });

  it('say what they were called with', () => {
    expect(run('notify', 'node_up', 'start', 'nodea').lines).toEqual([
      'Notice: event node_up has started on nodea, arguments: nodea',
    ]);
    expect(run('notify', 'node_up', 'complete', '0', 'nodea').lines).toEqual([
      'Notice: event node_up is complete on nodea with status 0, arguments: nodea',
    ]);
    expect(run('report-status', 'swap_adapter', '7', 'nodea').errors).toEqual([
      'After swap_adapter nodea: it failed with status 7.',
    ]);
    expect(run('check-disks', 'node_up', 'nodea').status).toBe(0);
    expect(run('check-services', 'node_up', 'nodea').status).toBe(0);
    expect(run('start-server', 'app1', 'app2').lines).toHaveLength(2);
  });

  it('fail with status 7, or write 5,000 lines', () => {
    expect(run('always-fails', 'nodea', 'net1', 'ip1', 'ip2').status).toBe(7);
    const { status, lines, errors } = run('chatty', '-1', 'net1');
    expect([status, lines.length + errors.length]).toEqual([0, 5000]);
    expect(lines.some((line) => line.includes('\u001b[32m'))).toBe(true);
  });
});
