import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, StartFault, StepResult } from '@fallover/events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  eventCommand,
  eventStep,
  isRunning,
  makePlace,
  type Place,
  request,
  SCOPE,
  start,
  until,
} from './executor.test-support.ts';
import type { Executor, StartRequest } from './executor.ts';
import { startLauncher } from './executor-client.ts';
import { revisionFile, stepLogFile } from './state-files.ts';

let place: Place;
let launcher: Executor;
let attempt = 0;

beforeAll(async () => {
  place = makePlace();
  launcher = await startLauncher(place.settings);
});
beforeEach(() => {
  attempt += 1;
});
afterAll(async () => {
  await launcher.close();
  await until(() => !isRunning(launcher.pid));
  place.remove();
});

/** Runs a fixture as the event command of node_up; each test has an attempt of its own. */
async function run(fixture: string, changes: Partial<StartRequest> = {}): Promise<StepResult> {
  const revision = place.define(eventCommand(place.command(fixture)));
  return ended(request(revision, { step: eventStep(attempt), ...changes }));
}

async function ended(asked: StartRequest): Promise<StepResult> {
  const end = await start(launcher, asked).end;
  if (end === 'lost') throw new Error(place.log.join('\n'));
  return end;
}

const faultOf = async (fixture: string): Promise<[number, StartFault | undefined]> => {
  const { status, fault } = await run(fixture);
  return [status, fault];
};

describe('what a command is given', () => {
  it('is its arguments and the listed environment, and nothing of ours', async () => {
    const tells = place.command('tells-itself');
    const revision = place.define([
      { class: 'custom_event', name: 'mount', fields: { script: { nodes: { nodea: tells } } } },
      { class: 'event', name: 'node_up', fields: { postEventCommand: { cluster: ['mount'] } } },
    ]);
    const step = `${SCOPE}/event/1/3.node_up/post_event.1/${attempt}`;
    const told = start(
      launcher,
      request(revision, {
        step,
        kind: 'post_event',
        customEvent: 'mount',
        args: ['nodeb', '', 'two words', '$(id)', '-1', 'ü'],
        status: 130,
        membership: { before: ['nodea'], after: ['nodea', 'nodeb'] },
        failedNode: 'nodeb',
        groupName: 'rg1',
        drill: true,
      }),
    );
    expect(await told.end).toMatchObject({ status: 0 });
    expect(Buffer.from(place.output(step), 'latin1').toString().trim().split('\n')).toEqual([
      `argument <${tells}>`,
      'argument <node_up>',
      'argument <130>',
      'argument <nodeb>',
      'argument <>',
      'argument <two words>',
      'argument <$(id)>',
      'argument <-1>',
      'argument <ü>',
      `variable PATH=${place.state}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      'variable LOCALNODENAME=nodea',
      'variable CLUSTER_NAME=shop',
      'variable EVENT_NAME=node_up',
      'variable EVENT_STATUS=130',
      'variable EVENT_FAILED_NODE=nodeb',
      'variable GROUPNAME=rg1',
      'variable PRE_EVENT_MEMBERSHIP=nodea',
      'variable POST_EVENT_MEMBERSHIP=nodea nodeb',
      `variable FALLOVER_STATE=${place.state}`,
      `variable FALLOVER_STEP=${step}`,
      'variable FALLOVER_DRILL=1',
      'descriptor 0',
      'descriptor 1',
      'descriptor 2',
      'signals SigBlk: 0000000000000000',
      'signals SigIgn: 0000000000000000',
      'group own',
      'directory /',
      'umask 0022',
      'open files 1024',
    ]);
    expect(await told.command).toMatchObject({
      argv: [tells, 'node_up', '130', 'nodeb', '', 'two words', '$(id)', '-1', 'ü'],
      environment: { FALLOVER_STEP: step, EVENT_STATUS: '130' },
      pid: expect.any(Number),
      sha256: createHash('sha256').update(readFileSync(tells)).digest('hex'),
    });
  });

  it.each([
    ['notify_start', 'notify_start', 'notifyCommand', ['node_up', 'start', 'nodea']],
    ['notify_complete', 'notify_complete', 'notifyCommand', ['node_up', 'complete', '1', 'nodea']],
    ['event', 'event', 'eventCommand', ['nodea']],
    ['recovery', 'recovery', 'recoveryCommand', ['node_up', 'nodea']],
  ] as const)('of the kind %s is what the event has configured for it', async (kind, key, field, args) => {
    const path = place.command('exit-0');
    const revision = place.define([{ class: 'event', name: 'node_up', fields: { [field]: { cluster: path } } } as Entry]);
    const told = start(launcher, request(revision, { step: `${SCOPE}/${key}/${attempt}`, kind, status: 1 }));
    expect((await told.command).argv).toEqual([path, ...args]);
    expect(await told.end).toMatchObject({ status: 0 });
  });
});

describe('how a step ends', () => {
  it('is the exit status of its command', async () => {
    expect(await run('exit-0')).toEqual({ status: 0, durationMs: expect.any(Number), outputBytes: 0 });
    attempt += 1;
    expect(await run('exit-3')).toEqual({ status: 3, durationMs: expect.any(Number), outputBytes: 0 });
  });

  it('is 128+n and the name of the signal that ended it', async () => {
    expect(await run('ends-by-signal')).toMatchObject({ status: 137, signal: 'SIGKILL' });
  });

  it('tells of ten at once which is which', async () => {
    const revision = place.define(eventCommand(place.command('exit-3')));
    const steps = Array.from({ length: 10 }, (_, number) => `${SCOPE}/event/${1000 + number}`);
    const ends = await Promise.all(steps.map((step) => ended(request(revision, { step }))));
    expect(ends.map(({ status }) => status)).toEqual(Array(10).fill(3));
  });

  it('comes with the command, although what it left running keeps the output open', async () => {
    const flag = join(place.directory, `flag-${attempt}`);
    const { status, outputBytes } = await run('leaves-a-child', { args: ['nodea', flag] });
    expect(status).toBe(0);
    expect(place.output(eventStep(attempt))).toContain('parent done\n');
    const atEnd = outputBytes;
    await until(() => statSync(stepLogFile(place.state, eventStep(attempt))).size > atEnd);
    writeFileSync(flag, '');
    await until(() => place.output(eventStep(attempt)).endsWith('last word\n'));
  });
});

describe('a command that is not started', () => {
  it.each([
    ['is not there', 'nothing-here', 127, { code: 'command_not_found' }],
    ['has no interpreter line', 'no-interpreter-line', 126, { code: 'no_interpreter' }],
    ['names an interpreter that is not there', 'missing-interpreter', 126, { code: 'no_interpreter', reason: 'ENOENT' }],
    ['is a directory', '../commands', 126, { code: 'not_a_regular_file' }],
  ])('ends with a fault when it %s', async (_, fixture, status, fault) => {
    expect(await faultOf(fixture)).toEqual([status, { path: place.command(fixture), ...fault }]);
  });

  it('ends with a fault when it is not executable or others can write to it', async () => {
    const path = place.command('exit-0');
    const revision = place.define(eventCommand(path));
    chmodSync(path, 0o644);
    expect(await ended(request(revision, { step: `${SCOPE}/event/${attempt}` }))).toEqual({
      status: 126,
      fault: { code: 'not_executable', path, reason: 'EACCES' },
      durationMs: 0,
      outputBytes: 0,
    });
    chmodSync(path, 0o775);
    attempt += 1;
    expect(await ended(request(revision, { step: eventStep(attempt) }))).toMatchObject({
      status: 126,
      fault: { code: 'writable_by_others', path },
    });
  });

  it('leaves nothing behind: no log, no command told', async () => {
    await run('nothing-here');
    expect(() => place.output(eventStep(attempt))).toThrow('ENOENT');
  });

  it('ends with 127 when its custom event is not defined here', async () => {
    const revision = place.define([
      { class: 'custom_event', name: 'mount', fields: { script: { nodes: { nodeb: '/bin/true' } } } },
      { class: 'event', name: 'node_up', fields: { preEventCommand: { cluster: ['mount'] } } },
    ]);
    const step = `${SCOPE}/pre_event.1/${attempt}`;
    expect(await ended(request(revision, { step, kind: 'pre_event', customEvent: 'mount' }))).toMatchObject({
      status: 127,
      fault: { code: 'custom_event_not_defined', path: 'mount' },
    });
  });

  it('ends with a fault when its log cannot be made', async () => {
    const step = `${SCOPE.replace('/1/', '/2/')}/recovery/${attempt}`;
    const path = place.command('exit-0');
    const revision = place.define([{ class: 'event', name: 'node_up', fields: { recoveryCommand: { cluster: path } } }]);
    const inTheWay = join(place.state, 'log', 'runs', SCOPE.replace('/1/', '/2/'));
    mkdirSync(join(inTheWay, '..'), { recursive: true });
    writeFileSync(inTheWay, '');
    expect(await ended(request(revision, { step, kind: 'recovery' }))).toMatchObject({
      status: 126,
      fault: { code: 'log_not_writable', path, reason: 'EEXIST' },
    });
  });

  it('is never one that ran already', async () => {
    expect(await run('exit-3')).toMatchObject({ status: 3 });
    expect(await run('exit-3')).toMatchObject({ status: 126, fault: { code: 'cannot_start', reason: 'already_started' } });
  });
});

describe('what is not in the active configuration', () => {
  const notConfigured = (path: string, reason?: string) => ({
    status: 126,
    fault: { code: 'not_in_active_configuration', path, ...(reason === undefined ? {} : { reason }) },
  });

  it('is refused: an event without a command, a custom event that is not listed or stands elsewhere', async () => {
    const revision = place.define([
      { class: 'custom_event', name: 'mount', fields: { script: { cluster: place.command('exit-0') } } },
      { class: 'custom_event', name: 'other', fields: { script: { cluster: place.command('exit-0') } } },
      { class: 'event', name: 'node_up', fields: { preEventCommand: { cluster: ['mount'] } } },
    ]);
    const preEvent = (place: number, customEvent: string) =>
      ended(request(revision, { step: `${SCOPE}/pre_event.${place}/${attempt}`, kind: 'pre_event', customEvent }));
    expect(await run('exit-0', { revision })).toMatchObject(notConfigured('node_up'));
    expect(await run('exit-0', { revision, event: 'node_down' })).toMatchObject(notConfigured('node_down'));
    expect(await preEvent(1, 'other')).toMatchObject(notConfigured('other'));
    expect(await preEvent(2, 'mount')).toMatchObject(notConfigured('mount'));
    expect(await preEvent(1, 'mount')).toMatchObject({ status: 0 });
  });

  it('is refused: a command of a recovery program that does not stand at that place of it', async () => {
    const path = place.command('exit-3');
    const program = `other "node_up" 0 NULL\nbarrier\nevent "${path}" 3 NULL`;
    const revision = place.define([{ class: 'event', name: 'node_up', fields: { recoveryProgram: { cluster: program } } }]);
    const named = (number: number, event = 'node_up') =>
      ended(request(revision, { step: `${SCOPE}/command.${number}/${attempt}`, kind: 'command', event }));
    expect(await named(2)).toMatchObject({ status: 3 });
    for (const number of [1, 3]) expect(await named(number)).toMatchObject(notConfigured('node_up'));
    expect(await named(2, 'node_down')).toMatchObject(notConfigured('node_down'));
    const called = { step: `${SCOPE}/event/1/1.node_up/command.2/${attempt}`, kind: 'command' } as const;
    expect(await ended(request(revision, called))).toMatchObject(notConfigured('node_up'));
  });

  it('is refused: a revision whose bytes are missing or not those of its hash', async () => {
    expect(await run('exit-0', { revision: 'a'.repeat(64) })).toMatchObject(notConfigured('node_up', 'ENOENT'));
    const revision = place.define(eventCommand(place.command('exit-0')));
    writeFileSync(
      revisionFile(place.state, revision),
      JSON.stringify({ format: 1, cluster: 'shop', entries: eventCommand('/bin/sh') }),
    );
    const fresh = await startLauncher(place.settings);
    const told = start(fresh, request(revision, { step: eventStep(attempt) }));
    expect(await told.end).toMatchObject(notConfigured('node_up', 'hash_differs'));
    await fresh.close();
  });

  it('is refused: the step of another node', async () => {
    const revision = place.define(eventCommand(place.command('exit-0')));
    const step = eventStep(attempt).replace('nodea', 'nodeb');
    expect(await ended(request(revision, { step }))).toMatchObject(notConfigured('node_up'));
  });
});

describe('the output', () => {
  it('is in the log of the step as it came, standard error and output in one order', async () => {
    expect(await run('writes-dev-stderr')).toMatchObject({ status: 0, outputBytes: 19 });
    expect(place.output(eventStep(attempt))).toBe('one\ntwo\nthree\nfour\n');
  });

  it('may hold any bytes', async () => {
    await run('nul-and-invalid-utf8');
    expect(place.output(eventStep(attempt))).toBe('a\0b\xff\xfec\n');
  });

  it('may be one line of a mebibyte', async () => {
    expect(await run('one-mebibyte-line')).toMatchObject({ outputBytes: 1048577 });
    expect(place.output(eventStep(attempt))).toBe(`${'y'.repeat(1048576)}\n`);
  });

  it('is there while the command runs, readable by the owner only', async () => {
    const revision = place.define(eventCommand(place.command('forever')));
    const step = eventStep(attempt);
    const told = start(launcher, request(revision, { step }));
    await told.command;
    await until(() => place.output(step) === 'started\n');
    const file = stepLogFile(place.state, step);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(file, '..')).mode & 0o777).toString(8)).toBe('700');
    launcher.abort(step, 5000);
    await told.end;
  });

  it('of 200 MB does not grow the launcher', async () => {
    const before = residentMb();
    expect(await run('prints-a-lot', { args: ['nodea', '200'] })).toMatchObject({ status: 0, outputBytes: 200 * 1048576 });
    expect(residentMb() - before).toBeLessThan(40);
    rmSync(stepLogFile(place.state, eventStep(attempt)));
  });

  const residentMb = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${launcher.pid}/status`, 'latin1'))?.[1]) / 1024;
});

describe('an abort', () => {
  it('ends the process group by TERM', async () => {
    const told = start(launcher, request(place.define(eventCommand(place.command('forever'))), { step: eventStep(attempt) }));
    const { pid } = await told.command;
    expect(launcher.abort(eventStep(attempt), 5000)).toBe(true);
    expect(await told.end).toMatchObject({ status: 143, signal: 'SIGTERM' });
    expect(isRunning(pid as number)).toBe(false);
  });

  it('ends by KILL what does not end within the grace', async () => {
    const told = start(
      launcher,
      request(place.define(eventCommand(place.command('ignores-term'))), { step: eventStep(attempt) }),
    );
    await until(() => {
      try {
        return place.output(eventStep(attempt)) === 'started\n';
      } catch {
        return false;
      }
    });
    launcher.abort(eventStep(attempt), 50);
    expect(await told.end).toMatchObject({ status: 137, signal: 'SIGKILL' });
  });

  it('finds nothing to end in a step that is over', async () => {
    await run('exit-0');
    expect(launcher.abort(eventStep(attempt), 50)).toBe(false);
  });
});

describe('a request that is too long', () => {
  afterEach(() => expect(isRunning(launcher.pid)).toBe(true));

  it('is an outcome of its step', async () => {
    expect(await run('exit-0', { args: ['x'.repeat(2_000_000)] })).toMatchObject({
      status: 126,
      fault: { code: 'cannot_start', path: 'node_up', reason: 'E2BIG' },
    });
    attempt += 1;
    // Longer than the kernel takes for one argument.
    expect(await run('exit-0', { args: ['x'.repeat(200_000)] })).toMatchObject({
      status: 126,
      fault: { code: 'cannot_start', path: place.command('exit-0'), reason: 'E2BIG' },
    });
  });
});
