import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootTime } from './boot-time.ts';
import { eventCommand, eventStep, isRunning, makePlace, type Place, request, start, until } from './executor.test-support.ts';
import type { NodeDeadline, StartRequest } from './executor.ts';
import { keepDeadline } from './kept-deadline.ts';
import { endProcesses, findProcesses } from './leftover-processes.ts';
import { livingLaunchers, readLeftovers } from './leftovers.ts';
import { superviseLauncher } from './supervise-launcher.ts';

const now = bootTime();
let place: Place;
let closing: (() => Promise<void> | void)[];

beforeEach(() => {
  place = makePlace();
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  for (const { step } of findProcesses(place.state)) await endProcesses(place.state, step, 0);
  await until(() => livingLaunchers(place.state).length === 0);
  place.remove();
});

/** A deadline so many milliseconds from now. */
const inMs = (ms: number, lease = 'lease-1'): NodeDeadline => ({ at: now() + BigInt(ms) * 1_000_000n, lease });
const fixture = (name: string, changes: Partial<StartRequest> = {}): StartRequest =>
  request(place.define(eventCommand(place.command(name))), changes);
const waits = (changes: Partial<StartRequest> = {}): StartRequest =>
  fixture('waits-for-a-file', { args: ['nodea', flag(), 'the end'], ...changes });
const flag = (): string => join(place.directory, 'flag');
const letGo = (): void => writeFileSync(flag(), '');

async function executor() {
  const made = await superviseLauncher({ ...place.settings, backOff: { firstMs: 1, longestMs: 20 } });
  closing.push(() => made.close());
  return made;
}

describe('a node whose deadline is near', () => {
  it('starts nothing from a second before on, and everything again once it is renewed', async () => {
    const launcher = await executor();
    launcher.deadline(inMs(900));
    const refused = await start(launcher, fixture('exit-3')).end;
    expect(refused).toEqual({
      status: 126,
      fault: { code: 'not_a_member', path: place.command('exit-3') },
      durationMs: 0,
      outputBytes: 0,
    });
    launcher.deadline(inMs(60_000));
    expect(await start(launcher, fixture('exit-3', { step: eventStep(2) })).end).toMatchObject({ status: 3 });
  });

  it('starts nothing with a deadline that was over from the beginning, such as that of a node which has not joined yet', async () => {
    const launcher = await executor();
    launcher.deadline({ at: 0n, lease: 'none' });
    expect(await start(launcher, fixture('exit-3')).end).toMatchObject({ fault: { code: 'not_a_member' } });
  });

  it('starts what it likes when it is alone', async () => {
    const launcher = await executor();
    expect(await start(launcher, fixture('exit-3', { slow: true })).end).toMatchObject({ status: 3 });
    launcher.deadline(inMs(0));
    launcher.deadline(undefined);
    expect(await start(launcher, fixture('exit-3', { step: eventStep(2) })).end).toMatchObject({ status: 3 });
  });

  it('ends the steps of slow events a second before, with all of their process groups; others finish', async () => {
    const launcher = await executor();
    const slow = start(launcher, fixture('ignores-term', { slow: true }));
    const fast = start(launcher, waits({ step: eventStep(2) }));
    const { pid } = await slow.command;
    await fast.command;
    const deadline = inMs(2600);
    launcher.deadline(deadline);
    await sleep(300);
    expect(isRunning(pid as number)).toBe(true);
    const end = await slow.end;
    const left = Number(deadline.at - now()) / 1e6;
    expect(left).toBeGreaterThan(500);
    expect(left).toBeLessThanOrEqual(1000);
    expect(end).toMatchObject({ status: 137, signal: 'SIGKILL', expelled: true });
    expect(findProcesses(place.state).filter(({ step }) => step === eventStep())).toEqual([]);
    letGo();
    expect(await fast.end).toMatchObject({ status: 7 });
  });

  it('ends nothing as long as the deadline is renewed', async () => {
    const launcher = await executor();
    launcher.deadline(inMs(60_000));
    const slow = start(launcher, waits({ slow: true }));
    await slow.command;
    for (let times = 0; times < 5; times += 1) {
      launcher.deadline(inMs(2500));
      await sleep(400);
    }
    launcher.deadline(inMs(60_000));
    letGo();
    expect(await slow.end).toMatchObject({ status: 7 });
  });

  it('does not call a step expelled that was ended by a person', async () => {
    const launcher = await executor();
    launcher.deadline(inMs(60_000));
    const slow = start(launcher, fixture('ignores-term', { slow: true }));
    await slow.command;
    await until(() => place.output(eventStep()) !== '');
    launcher.abort(eventStep(), 10);
    const end = await slow.end;
    expect(end).toMatchObject({ status: 137, signal: 'SIGKILL' });
    expect(end).not.toHaveProperty('expelled');
  });

  it('ends what a launcher that has died left of slow events, and nothing else of it', async () => {
    const launcher = await executor();
    launcher.deadline(inMs(60_000));
    const slow = start(launcher, fixture('ignores-term', { slow: true }));
    const fast = start(launcher, waits({ step: eventStep(2) }));
    const [orphan, other] = [(await slow.command).pid as number, (await fast.command).pid as number];
    const { pid } = launcher;
    process.kill(pid, 'SIGKILL');
    await until(() => launcher.pid !== pid);
    launcher.deadline(inMs(1600));
    await sleep(200);
    expect(isRunning(orphan)).toBe(true);
    await until(() => !isRunning(orphan));
    expect(isRunning(other)).toBe(true);
    letGo();
    await until(() => !isRunning(other));
  });

  it('keeps its deadline when the launcher is replaced', async () => {
    const launcher = await executor();
    launcher.deadline(inMs(0));
    const { pid } = launcher;
    process.kill(pid, 'SIGKILL');
    await until(() => launcher.pid !== pid);
    expect(await start(launcher, fixture('exit-3')).end).toMatchObject({ fault: { code: 'not_a_member' } });
  });
});

/** A daemon in a process of its own, that has told its launcher a deadline; its step has started. */
async function startDaemon(asked: StartRequest, ms: number) {
  const { stateDirectory, node, cluster } = place.settings;
  const deadline = inMs(ms);
  const daemon: ChildProcess = spawn(process.execPath, [
    fileURLToPath(new URL('./fixtures/daemon.ts', import.meta.url)),
    JSON.stringify({
      settings: { stateDirectory, node, cluster },
      requests: [asked],
      deadline: { ...deadline, at: String(deadline.at) },
    }),
  ]);
  closing.push(() => void daemon.kill('SIGKILL'));
  const started = Promise.withResolvers<number>();
  const finished: unknown[] = [];
  createInterface({ input: daemon.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const told = JSON.parse(line) as { pid?: number; finished?: string; result?: unknown };
    if (told.pid !== undefined) started.resolve(told.pid);
    if (told.finished !== undefined) finished.push(told.result);
  });
  const command = await started.promise;
  return { daemon, deadline, command, finished };
}

const expelled = { status: 137, signal: 'SIGKILL', expelled: true };

describe('the launcher alone', () => {
  it('ends the step of a slow event while its daemon is stopped, which is told when it goes on', async () => {
    const { daemon, deadline, command, finished } = await startDaemon(fixture('forever', { slow: true }), 6000);
    daemon.kill('SIGSTOP');
    await until(() => !isRunning(command));
    expect(Number(deadline.at - now()) / 1e6).toBeGreaterThan(500);
    expect(finished).toEqual([]);
    daemon.kill('SIGCONT');
    await until(() => finished.length === 1);
    expect(finished).toEqual([expect.objectContaining(expelled)]);
  });

  it('ends it when its daemon is dead, and leaves that on disk', async () => {
    const { daemon, deadline, command } = await startDaemon(fixture('forever', { slow: true }), 6000);
    daemon.kill('SIGKILL');
    await until(() => !isRunning(command));
    expect(Number(deadline.at - now()) / 1e6).toBeGreaterThan(500);
    await until(() => livingLaunchers(place.state).length === 0);
    expect((await readLeftovers(place.state)).get(eventStep())).toMatchObject({ finished: expelled });
  });

  it('lets it run when the next daemon has resumed the same lease, and not when it has another', async () => {
    const { daemon, command } = await startDaemon(fixture('forever', { slow: true }), 6000);
    daemon.kill('SIGKILL');
    keepDeadline(place.state, inMs(9000));
    await sleep(5500);
    expect(isRunning(command)).toBe(true);
    keepDeadline(place.state, inMs(60_000, 'lease-2'));
    await until(() => !isRunning(command));
  });
});

describe('the token of a claim', () => {
  it('is in the environment of its command', async () => {
    const launcher = await executor();
    expect(await start(launcher, fixture('tells-itself', { token: '4711' })).end).toMatchObject({ status: 0 });
    expect(place.output(eventStep())).toContain('\nvariable FALLOVER_TOKEN=4711\n');
    expect(await start(launcher, fixture('tells-itself', { step: eventStep(2) })).end).toMatchObject({ status: 0 });
    expect(place.output(eventStep(2))).not.toContain('FALLOVER_TOKEN');
  });
});

describe('the fence command', () => {
  const fencing = (...argv: string[]): string =>
    place.define([{ class: 'cluster', name: 'shop', fields: { fenceCommand: { cluster: argv } } }]);
  const script = (name: string, text: string): string => {
    writeFileSync(join(place.directory, 'commands', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return place.command(name);
  };
  const fence = { node: 'nodeb', timeoutMs: 10_000 };

  it('gets its arguments and then the node, and a small environment', async () => {
    const launcher = await executor();
    const command = script('fence', `printf '%s|' "$0" "$@"; env | grep -v '^PWD=\\|^_=\\|^SHLVL=\\|^OLDPWD=' | sort`);
    const end = await launcher.fence({ revision: fencing(command, '--action', 'off', '-n'), ...fence });
    expect(end).toEqual({
      status: 0,
      durationMs: expect.any(Number),
      output: [
        `${command}|--action|off|-n|nodeb|CLUSTER_NAME=shop`,
        `FALLOVER_STATE=${place.state}`,
        'LOCALNODENAME=nodea',
        `PATH=${place.state}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
        '',
      ].join('\n'),
    });
  });

  it('says how it failed, and the end of what it said', async () => {
    const launcher = await executor();
    const command = script('fence', 'head -c 100000 /dev/zero | tr "\\\\0" x; echo no power switch; exit 3');
    const end = await launcher.fence({ revision: fencing(command), ...fence });
    expect(end).toMatchObject({ status: 3, output: expect.stringMatching(/^x{4000,}no power switch\n$/) });
  });

  it('is ended when it takes too long, with all that it has started', async () => {
    const launcher = await executor();
    const pids = join(place.directory, 'pids');
    const command = script('fence', `sleep 60 & echo $! $$ > ${pids}; wait`);
    const end = await launcher.fence({ revision: fencing(command), node: 'nodeb', timeoutMs: 500 });
    expect(end).toMatchObject({ status: 137, signal: 'SIGKILL', timedOut: true });
    const started = readFileSync(pids, 'utf8').trim().split(' ').map(Number);
    await until(() => started.every((pid) => !isRunning(pid)));
  });

  it('is not started when it is not trusted, or none is named', async () => {
    const launcher = await executor();
    const command = place.command('exit-0');
    writeFileSync(join(place.directory, 'commands', 'open'), '#!/bin/sh\n');
    expect(await launcher.fence({ revision: fencing('/no/such/fence'), ...fence })).toEqual({
      status: 127,
      fault: { code: 'command_not_found', path: '/no/such/fence' },
      durationMs: 0,
      output: '',
    });
    expect(await launcher.fence({ revision: fencing(join(place.directory, 'commands', 'open')), ...fence })).toMatchObject({
      status: 126,
      fault: { code: 'not_executable' },
    });
    expect(await launcher.fence({ revision: place.define(eventCommand(command)), ...fence })).toMatchObject({
      status: 126,
      fault: { code: 'not_in_active_configuration', path: 'FENCE_COMMAND' },
    });
  });

  it('is neither started nor kept by a node that may be fenced itself', async () => {
    const launcher = await executor();
    const revision = fencing(place.command('forever'));
    launcher.deadline(inMs(3000));
    expect(await launcher.fence({ revision, ...fence })).toMatchObject({ status: 137, expelled: true });
    expect(await launcher.fence({ revision, ...fence })).toMatchObject({ status: 126, fault: { code: 'not_a_member' } });
  });

  it('of the example finds the controller of a node in a table, and asks an agent to switch it off', async () => {
    const launcher = await executor();
    const agent = script('agent', 'echo "$@"');
    const example = readFileSync(new URL('../../../../examples/fencing/fence-by-ipmi', import.meta.url), 'utf8');
    const command = script('fence', example.replace(/^#!.*\n/, '').replace(/^AGENT=.*$/m, `AGENT=${agent}`));
    const table = join(place.directory, 'bmc');
    writeFileSync(table, 'nodea 192.0.2.11\nnodeb 192.0.2.12\n');
    const revision = fencing(command, table);
    expect(await launcher.fence({ revision, ...fence })).toMatchObject({
      status: 0,
      output: '--lanplus --ip=192.0.2.12 --username=fallover --password-script=/etc/fallover/ipmi-password --action=off\n',
    });
    expect(await launcher.fence({ revision, ...fence, node: 'nodec' })).toMatchObject({
      status: 1,
      output: `${table} has no line for node nodec.\n`,
    });
  });

  it('is lost with its launcher', async () => {
    const launcher = await executor();
    const pids = join(place.directory, 'pids');
    const end = launcher.fence({ revision: fencing(script('fence', `echo $$ > ${pids}; sleep 60`)), ...fence });
    await until(() => readsNumber(pids));
    process.kill(launcher.pid, 'SIGKILL');
    expect(await end).toBe('lost');
    process.kill(-Number(readFileSync(pids, 'utf8')), 'SIGKILL');
  });
});

function readsNumber(file: string): boolean {
  try {
    return /^\d+\n$/.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
