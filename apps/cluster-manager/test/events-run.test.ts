import { join } from 'node:path';
import type { RunView } from '@fallover/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasSettled, type TestCluster, testCluster } from './cluster.ts';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await testCluster();
});
afterEach(() => cluster.end());

const steps = ({ steps }: RunView): string[] =>
  steps.map(({ event, key, attempt, state, status }) => `${event} ${key}.${attempt} ${state === 'finished' ? status : state}`);

/** A script that tells its name, arguments and what it was told in the environment, and ends with a status. */
const telling = (name: string, status = 0): string =>
  cluster.script(
    name,
    `echo "$(basename "$0") [$*] status=\${EVENT_STATUS-unset} node=$LOCALNODENAME failed=\${EVENT_FAILED_NODE-unset}"\nexit ${status}`,
  );

const outputOf = async ({ id, steps }: RunView): Promise<string> => {
  const texts = await Promise.all(
    steps.map(
      async ({ id: step }) => (await cluster.ask('GET', `/api/v1/runs/${id}/output?step=${encodeURIComponent(step)}`)).body,
    ),
  );
  return texts.join('');
};

describe('an event on one node', () => {
  it('runs its whole pipeline with recovery, with the arguments of the manual', async () => {
    const marker = join(cluster.state, 'tried');
    const event = cluster.script('event', `echo "event [$*]"\n[ -e ${marker} ] && exit 0\ntouch ${marker}\nexit 3`);
    await cluster.configure(
      {
        network_down: {
          eventCommand: { cluster: event },
          notifyCommand: { cluster: telling('notify') },
          preEventCommand: { cluster: ['one', 'two'] },
          postEventCommand: { cluster: ['two'] },
          recoveryCommand: { cluster: telling('recover') },
          recoveryCounter: { cluster: 2 },
        },
      },
      { one: telling('one'), two: telling('two') },
    );
    const run = await cluster.run('network_down', '-1', 'net1');
    expect(steps(run)).toEqual([
      'network_down notify_start.1 0',
      'network_down pre_event.1.1 0',
      'network_down pre_event.2.1 0',
      'network_down event.1 3',
      'network_down recovery.1 0',
      'network_down event.2 0',
      'network_down post_event.1.1 0',
      'network_down notify_complete.1 0',
    ]);
    expect([run.state, run.outcome, run.status]).toEqual(['ended', 'succeeded', 0]);
    expect(await outputOf(run)).toBe(
      [
        'notify [network_down start -1 net1] status=unset node=nodea failed=unset',
        'one [network_down -1 net1] status=unset node=nodea failed=unset',
        'two [network_down -1 net1] status=unset node=nodea failed=unset',
        'event [-1 net1]',
        'recover [network_down -1 net1] status=unset node=nodea failed=unset',
        'event [-1 net1]',
        'two [network_down 0 -1 net1] status=0 node=nodea failed=unset',
        'notify [network_down complete 0 -1 net1] status=0 node=nodea failed=unset',
        '',
      ].join('\n'),
    );
    const log = cluster.hacmpOut();
    expect(log.match(/EVENT START: network_down -1 net1$/gm)).toHaveLength(1);
    expect(log).toMatch(/EVENT COMPLETED: network_down -1 net1 0$/m);
    expect(log).toMatch(/^HACMP Event Summary\nEvent: network_down -1 net1$/m);
    const { body } = await cluster.ask('GET', '/api/v1/event-summaries');
    expect(body.summaries.map(({ event: name, outcome }: { event: string; outcome: string }) => [name, outcome])).toEqual([
      ['network_down -1 net1', 'succeeded'],
    ]);
  });

  it('runs the built-in command of an event that nothing is customised on, with its sub-events', async () => {
    const run = await cluster.run('node_down', 'nodea');
    expect(steps(run)).toEqual(['node_down event.1 0', 'process_resources event.1 0', 'process_resources_complete event.1 0']);
    expect(run.outcome).toBe('succeeded');
    expect(cluster.hacmpOut()).toMatch(/EVENT START: process_resources_complete$/m);
  });

  it('fails, raises event_error once, and holds the queue until a person has decided', async () => {
    await cluster.configure(
      {
        swap_adapter: { eventCommand: { cluster: telling('fails', 7) } },
        event_error: { preEventCommand: { cluster: ['alarm'] } },
      },
      { alarm: telling('alarm') },
    );
    const run = await cluster.run('swap_adapter', 'nodea', 'net1', 'a', 'b');
    expect([run.state, run.outcome, run.status]).toEqual(['awaiting_decision', 'failed', 7]);
    expect(run.failure?.sentence).toBe('The event command of swap_adapter nodea net1 a b ended with status 7 on nodea.');
    expect(run.children.map(({ event }) => event)).toEqual(['event_error']);
    const error = await cluster.until(run.children[0]?.run as string, hasSettled);
    expect(await outputOf(error)).toContain(
      'alarm [event_error 7 swap_adapter nodea net1 a b] status=unset node=nodea failed=nodea\n',
    );
    expect((await cluster.ask('GET', '/api/v1/cluster')).body.state).toBe('RP_FAILED');

    const next = await cluster.queue('network_up', 'nodea', 'net1');
    expect((await cluster.ask('GET', `/api/v1/runs/${next}`)).body.state).toBe('queued');
    const { body } = await cluster.ask('POST', '/api/v1/recover', { as: 'skip' });
    expect(body.skipped.map(({ key }: { key: string }) => key)).toEqual(['event']);
    expect((await cluster.until(next, hasSettled)).outcome).toBe('succeeded');
    expect((await cluster.ask('POST', '/api/v1/recover', {})).body.title).toBe(
      'No event has failed or was interrupted: there is nothing to recover from.',
    );
  });

  it('runs the failed step again, or cancels the queue, as a person decides', async () => {
    const marker = join(cluster.state, 'again');
    await cluster.configure({
      swap_adapter: { eventCommand: { cluster: cluster.script('once', `[ -e ${marker} ] && exit 0; touch ${marker}; exit 1`) } },
    });
    const failed = await cluster.run('swap_adapter', 'nodea', 'net1', 'a', 'b');
    expect(failed.state).toBe('awaiting_decision');
    const queued = await cluster.queue('network_up', 'nodea', 'net1');
    const { body } = await cluster.ask('POST', '/api/v1/recover', { as: 'again', cancelQueue: true });
    expect(body.cancelled).toEqual([queued]);
    const run = await cluster.until(failed.id, ({ state }) => state === 'ended');
    expect(steps(run)).toEqual(['swap_adapter event.1 1', 'swap_adapter event.2 0']);
    expect(run.outcome).toBe('succeeded');
    expect((await cluster.ask('GET', `/api/v1/runs/${queued}`)).body.state).toBe('cancelled');
  });

  it('calls sub-events from a script and gives it their status', async () => {
    const calls = cluster.script('calls', 'fallover call-event start_server db\necho "start_server gave $?"');
    await cluster.configure({
      node_up: { eventCommand: { cluster: calls } },
      start_server: { eventCommand: { cluster: telling('start', 9) } },
    });
    const run = await cluster.run('node_up', 'nodea');
    expect(steps(run)).toEqual(['node_up event.1 0', 'start_server event.1 9']);
    expect(await outputOf(run)).toBe('start_server gave 9\nstart [db] status=unset node=nodea failed=unset\n');
    const late = await cluster.ask('POST', '/api/v1/call-event', { step: run.steps[0]?.id, event: 'start_server', args: [] });
    expect([late.status, late.body.code]).toEqual([409, 'step_not_running']);
  }, 20_000);

  it('aborts what runs: no retry, post-events told, outcome aborted', async () => {
    const slow = cluster.script('slow', 'echo started; sleep 60');
    await cluster.configure(
      {
        network_up: {
          eventCommand: { cluster: slow },
          recoveryCommand: { cluster: telling('recover') },
          recoveryCounter: { cluster: 3 },
          postEventCommand: { cluster: ['tell'] },
        },
      },
      { tell: telling('tell') },
    );
    const id = await cluster.queue('network_up', 'nodea', 'net1');
    await cluster.until(id, ({ steps: [step] }) => step?.state === 'running' && (step.outputBytes ?? 0) > 0);
    expect((await cluster.ask('POST', `/api/v1/runs/${id}/abort`, {})).status).toBe(200);
    const run = await cluster.until(id, hasSettled);
    expect(steps(run)).toEqual(['network_up event.1 143', 'network_up post_event.1.1 0']);
    expect([run.state, run.outcome, run.status]).toEqual(['awaiting_decision', 'aborted', 143]);
    expect(run.failure?.sentence).toBe('The event command of network_up nodea net1 was aborted on nodea.');
  });

  it('warns when it takes too long, and goes on', async () => {
    const slow = cluster.script('slow', 'sleep 1.6');
    await cluster.configure(
      {
        network_up: { eventCommand: { cluster: slow }, timeUntilWarning: { cluster: 1 } },
        config_too_long: { preEventCommand: { cluster: ['alarm'] } },
      },
      { alarm: telling('alarm') },
    );
    const run = await cluster.run('network_up', 'nodea', 'net1');
    expect(run.outcome).toBe('succeeded');
    expect(run.warnedAt.map(({ seconds }) => seconds)).toEqual([1]);
    const warning = await cluster.until(run.children[0]?.run as string, hasSettled);
    expect([warning.event, warning.args]).toEqual(['config_too_long', ['1', 'network_up']]);
    expect(await outputOf(warning)).toContain('alarm [config_too_long 1 network_up] ');
    expect(cluster.hacmpOut()).toMatch(
      /CLUSTER MANAGER: config_too_long: event network_up nodea net1 has been running for 1 seconds\.$/m,
    );
  });

  it('gives a repeated request its first answer', async () => {
    const id = '3f0e6a52-6a0c-4a52-9a39-0f6f8d9f0a11';
    const first = await cluster.ask('POST', '/api/v1/runs', { event: 'network_up', args: ['nodea', 'net1'] }, id);
    const second = await cluster.ask('POST', '/api/v1/runs', { event: 'network_up', args: ['nodea', 'net1'] }, id);
    expect(second).toEqual(first);
    expect((await cluster.until(first.body.run, hasSettled)).outcome).toBe('succeeded');
    expect((await cluster.ask('GET', '/api/v1/runs')).body.runs).toHaveLength(1);
  });

  it('refuses wrong input before anything runs', async () => {
    const refusals = [
      { event: 'node_dwon', args: [] },
      { event: 'network_down', args: ['nodea'] },
      { event: 'node_down', args: ['-x'] },
      { event: 'node_down', args: ['nodea'], node: 'nodeb' },
    ];
    for (const body of refusals) expect((await cluster.ask('POST', '/api/v1/runs', body)).status).toBe(400);
    expect((await cluster.ask('GET', '/api/v1/runs')).body.runs).toEqual([]);
  });

  it('goes on where it was after a restart, with what its launcher finished meanwhile', async () => {
    const slow = cluster.script('slow', 'echo begun\nsleep 1\necho done\nexit 5');
    await cluster.configure({ network_up: { eventCommand: { cluster: slow } } });
    const id = await cluster.queue('network_up', 'nodea', 'net1');
    const later = await cluster.queue('network_down', 'nodea', 'net1');
    await cluster.until(id, ({ steps: [step] }) => step?.state === 'running');
    await cluster.restart();
    const run = await cluster.until(id, hasSettled);
    expect(steps(run)).toEqual(['network_up event.1 5']);
    expect([run.state, run.outcome]).toEqual(['awaiting_decision', 'failed']);
    await cluster.ask('POST', '/api/v1/recover', {});
    expect((await cluster.until(later, hasSettled)).outcome).toBe('succeeded');
    expect(cluster.hacmpOut().match(/EVENT START: network_up nodea net1$/gm)).toHaveLength(1);
    expect(cluster.hacmpOut().match(/\| (begun|done)$/gm)).toEqual(['| begun', '| done']);
  });
});
