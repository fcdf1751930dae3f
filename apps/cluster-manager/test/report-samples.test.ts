import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunSummary } from '@fallover/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from './cluster.ts';

const checkout = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const sample = (name: string): string => checkout(`examples/reports/${name}`);

let cluster: TestCluster;
let directory: string;
beforeEach(async () => {
  cluster = await testCluster();
  directory = mkdtempSync(join(tmpdir(), 'fallover-samples-'));
  mkdirSync(join(directory, 'bin'));
  program('sleep', `echo "$1" >>${join(directory, 'slept')}`); // nobody waits for a test
});
afterEach(async () => {
  await cluster.end();
  rmSync(directory, { recursive: true, force: true });
});

/** A small program that stands in PATH before the system's own. */
function program(name: string, lines: string): void {
  const path = join(directory, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
}

const slept = (): string[] => readFileSync(join(directory, 'slept'), 'utf8').trim().split('\n');

/** A sample as the other software calls it, with the real shell of Fallover. */
function call(name: string, args: string[], env: Record<string, string> = {}): Promise<{ status: number; err: string }> {
  const PATH = [join(directory, 'bin'), checkout('apps/cli/bin'), process.env.PATH].join(delimiter);
  const given = { PATH, FALLOVER_STATE: cluster.state, LOST: join(directory, 'lost'), ...env };
  return new Promise((resolve) => {
    execFile(sample(name), args, { env: given }, (error, _out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, err });
    });
  });
}

/** What was reported, oldest first: event and arguments, and from whom. */
async function reported(): Promise<string[]> {
  const runs = (await cluster.ask('GET', '/api/v1/runs')).body.runs as RunSummary[];
  return runs.map(({ event, args, origin }) => [`${origin.name}:`, event, ...args].join(' ')).reverse();
}

describe('the alert agent of Pacemaker', () => {
  const alert = (kind: string, more: Record<string, string>, env: Record<string, string> = {}) =>
    call('pacemaker-alert', [], {
      CRM_alert_kind: kind,
      CRM_alert_node: 'nodeb',
      CRM_alert_timestamp_epoch: '1795444930',
      CRM_alert_timestamp_usec: '4711',
      ...Object.fromEntries(Object.entries(more).map(([what, value]) => [`CRM_alert_${what}`, value])),
      ...env,
    });
  const attribute = (attribute_name: string, attribute_value: string, timestamp_usec: string) =>
    alert('attribute', { attribute_name, attribute_value, timestamp_usec });

  it('reports a network as its attribute says, each alert once, and no other attribute', async () => {
    expect(await attribute('ethmonitor-eth1', '0', '1')).toMatchObject({ status: 0 });
    expect(await attribute('ethmonitor-eth1', '0', '1')).toMatchObject({ status: 0 });
    expect(await attribute('ethmonitor-eth1', '1', '2')).toMatchObject({ status: 0 });
    expect(await attribute('ethmonitor-eth2', '0', '3')).toMatchObject({ status: 0 });
    expect(await reported()).toEqual(['pacemaker: network_down nodeb net1', 'pacemaker: network_up nodeb net1']);
  });

  it('reports nodes only where it is told to, and leaves resources and fencing to Pacemaker', async () => {
    await alert('node', { desc: 'lost' });
    await alert('resource', { rsc: 'db', task: 'monitor', rc: '7' });
    await alert('fencing', { desc: 'Operation reboot of nodeb by nodea: OK' });
    expect(await reported()).toEqual([]);
    await alert('node', { desc: 'lost', timestamp_usec: '1' }, { NODES: 'yes' });
    await alert('node', { desc: 'member', timestamp_usec: '2' }, { NODES: 'yes' });
    expect(await reported()).toEqual(['pacemaker: node_down nodeb', 'pacemaker: node_up nodeb']);
  });

  it('asks sudo where it may not use the control socket itself', async () => {
    program('sudo', `printf '%s\\n' "$@" >${join(directory, 'sudo')}`);
    const state = join(directory, 'of-another-user');
    await alert('attribute', { attribute_name: 'ethmonitor-eth1', attribute_value: '0' }, { FALLOVER_STATE: state });
    expect(readFileSync(join(directory, 'sudo'), 'utf8').trim().split('\n')).toEqual([
      '-n',
      '/usr/local/bin/fallover',
      ...['--state', state, 'report', '--source', 'pacemaker', '--id', 'attribute nodeb 1795444930.4711'],
      ...['network_down', 'nodeb', 'net1'],
    ]);
  });
});

describe('the notify script of keepalived', () => {
  const notify = (...args: string[]) => call('keepalived-notify', [...args, '100'], { NODE: 'nodea' });

  it('reports a network that is lost, and that it is back, and not who is master', async () => {
    for (const state of ['BACKUP', 'MASTER', 'FAULT', 'BACKUP', 'MASTER', 'STOP'])
      expect(await notify('INSTANCE', 'net1', state)).toEqual({ status: 0, err: expect.any(String) });
    await notify('GROUP', 'net1', 'FAULT');
    expect(await reported()).toEqual(['keepalived: network_down nodea net1', 'keepalived: network_up nodea net1']);
  });

  it('refuses an instance that is not named as a network can be', async () => {
    expect(await notify('INSTANCE', '../net1', 'FAULT')).toEqual({
      status: 1,
      err: 'keepalived-notify: the instance "../net1" is not named as a network can be named in Fallover.\n',
    });
  });

  it('tries some times while there is no cluster manager, and gives up with the status of the shell', async () => {
    const { status, err } = await call('keepalived-notify', ['INSTANCE', 'net1', 'FAULT', '100'], {
      NODE: 'nodea',
      FALLOVER_STATE: join(directory, 'nothing'),
    });
    expect(status).toBe(3);
    expect(err).toContain('No cluster manager runs with the state directory');
    expect(slept()).toEqual(['0', '1', '3', '6']);
  });

  it('does not try again what is refused', async () => {
    const { status } = await call('keepalived-notify', ['INSTANCE', 'net1', 'FAULT', '100'], { NODE: 'node a' });
    expect([status, slept()]).toEqual([2, ['0']]);
  });
});

describe('the post-event of PowerHA', () => {
  const members = { LOCALNODENAME: 'aix1', POST_EVENT_MEMBERSHIP: 'aix1 aix2' };
  const postEvent = (args: string[], env: Record<string, string> = members) => call('powerha-post-event', args, env);

  it('reports an event that succeeded, by one node of those that are left', async () => {
    await postEvent(['network_down', '0', '-1', 'net1']);
    await postEvent(['network_down', '0', '-1', 'net1'], { ...members, LOCALNODENAME: 'aix2' });
    await postEvent(['network_up', '1', '-1', 'net1']);
    expect(await reported()).toEqual(['powerha: network_down -1 net1']);
  });

  it('reports by ssh from AIX, and the other end takes nothing else', async () => {
    // What sshd does with the words of a client and the command of its key.
    program(
      'ssh',
      `while [ "$1" != root@fallover1 ]; do shift; done; shift
      SSH_ORIGINAL_COMMAND="$*" exec ${sample('powerha-post-event')} --at-the-host`,
    );
    const byHost = { ...members, FALLOVER_HOST: 'root@fallover1' };
    expect(await postEvent(['network_down', '0', 'aix1', 'net1'], byHost)).toMatchObject({ status: 0 });
    expect(await reported()).toEqual(['powerha: network_down aix1 net1']);
    for (const command of ['', 'a', 'a; reboot', 'a network_down $(id) net1', 'a network_down * net1', "a network_down 'x y'"])
      expect(await call('powerha-post-event', ['--at-the-host'], { SSH_ORIGINAL_COMMAND: command })).toEqual({
        status: 2,
        err: 'powerha-post-event: what came by ssh is not a report.\n',
      });
    expect(await reported()).toHaveLength(1);
  });

  it('says what it does not understand', async () => {
    expect((await postEvent(['network_down'])).err).toBe('powerha-post-event: it is called by PowerHA as: EVENT STATUS ARG...\n');
    expect((await postEvent(['cluster_notify', '0', 'a b'])).err).toBe(
      'powerha-post-event: an argument of cluster_notify is not a name or a number.\n',
    );
    expect(await postEvent(['no_such_event', '0', 'a'])).toEqual({
      status: 2,
      err: expect.stringContaining('"no_such_event" is not a cluster event.'),
    });
  });
});
