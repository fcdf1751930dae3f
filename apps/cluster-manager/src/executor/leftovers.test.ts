import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StepResult } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventCommand, eventStep, isRunning, makePlace, type Place, request, start, until } from './executor.test-support.ts';
import type { StartRequest } from './executor.ts';
import { startLauncher } from './executor-client.ts';
import { endProcesses, findProcesses } from './leftover-processes.ts';
import { forgetLeftovers, livingLaunchers, readLeftovers, watchLeftovers } from './leftovers.ts';
import { launchersDirectory } from './state-files.ts';

let place: Place;
let daemons: ChildProcess[];
const step = eventStep();

beforeEach(() => {
  place = makePlace();
  daemons = [];
});
afterEach(async () => {
  for (const daemon of daemons) daemon.kill('SIGKILL');
  for (const { step } of findProcesses(place.state)) await endProcesses(place.state, step, 0);
  await until(() => livingLaunchers(place.state).length === 0);
  place.remove();
});

interface Daemon {
  launcher: number;
  /** The process of the first command. */
  command: number;
  finished: Promise<void>;
  die(): Promise<void>;
}

/** A daemon in a process of its own, that has asked for these steps; the first one has started. */
async function startDaemon(...requests: StartRequest[]): Promise<Daemon> {
  const { stateDirectory, node, cluster } = place.settings;
  const daemon = spawn(process.execPath, [
    fileURLToPath(new URL('./fixtures/daemon.ts', import.meta.url)),
    JSON.stringify({ settings: { stateDirectory, node, cluster }, requests }),
  ]);
  daemons.push(daemon);
  const started = Promise.withResolvers<number>();
  const finished = Promise.withResolvers<void>();
  let launcher = 0;
  createInterface({ input: daemon.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as { launcher?: number; pid?: number; finished?: string };
    launcher = told.launcher ?? launcher;
    if (told.pid !== undefined) started.resolve(told.pid);
    if (told.finished !== undefined) finished.resolve();
  });
  const command = await started.promise;
  return {
    launcher,
    command,
    finished: finished.promise,
    async die() {
      daemon.kill('SIGKILL');
      await until(() => !isRunning(daemon.pid as number));
    },
  };
}

const waits = (): StartRequest => {
  const revision = place.define(eventCommand(place.command('waits-for-a-file')));
  return request(revision, { args: ['nodea', flag(), 'the end'] });
};
const flag = (): string => join(place.directory, 'flag');
const letGo = (): void => writeFileSync(flag(), '');
const finished7: StepResult = { status: 7, durationMs: expect.any(Number) as number, outputBytes: 16 };

describe('when the daemon dies', () => {
  it('what runs is finished, its result waits on disk, and the launcher ends', async () => {
    const daemon = await startDaemon(waits());
    await daemon.die();
    expect((await readLeftovers(place.state)).get(step)).toMatchObject({ running: { pid: daemon.launcher } });
    letGo();
    await until(() => !isRunning(daemon.launcher));
    expect((await readLeftovers(place.state)).get(step)).toEqual({ finished: finished7 });
    expect(place.output(step)).toBe('waiting\nthe end\n');
    forgetLeftovers(place.state);
    expect(readdirSync(launchersDirectory(place.state))).toEqual([]);
    expect((await readLeftovers(place.state)).get(step)).toBeUndefined();
  });

  it('the next one is told as soon as it ends', async () => {
    const daemon = await startDaemon(waits());
    await daemon.die();
    const told: [string, StepResult][] = [];
    const watching = watchLeftovers(
      place.state,
      [step],
      { finished: (...result) => told.push(result), lost: () => told.push(['lost', finished7]) },
      new AbortController().signal,
    );
    // What ends unread is kept for whoever reads it.
    forgetLeftovers(place.state);
    letGo();
    await watching;
    expect(told).toEqual([[step, finished7]]);
  });

  it('a result that it had been told of, and not acknowledged, waits on disk too', async () => {
    const revision = place.define(eventCommand(place.command('exit-3')));
    const daemon = await startDaemon(request(revision));
    await daemon.finished;
    await daemon.die();
    await until(() => !isRunning(daemon.launcher));
    expect((await readLeftovers(place.state)).get(step)).toMatchObject({ finished: { status: 3 } });
  });

  it('a service that goes on does not keep the launcher, and the next launcher goes on with its output', async () => {
    const revision = place.define(eventCommand(place.command('leaves-a-child')));
    const daemon = await startDaemon(request(revision, { args: ['nodea', flag()] }));
    await daemon.finished;
    await daemon.die();
    await until(() => !isRunning(daemon.launcher));
    const [service] = findProcesses(place.state, step);
    expect(service?.argv.at(-1)).toBe(flag());
    const launcher = await startLauncher(place.settings);
    const before = place.output(step).length;
    await until(() => place.output(step).length > before);
    letGo();
    await until(() => place.output(step).endsWith('last word\n'));
    expect(place.output(step)).toMatch(/^(parent done\n|service\n)+last word\n$/);
    await launcher.close();
  });
});

describe('when the daemon and its launcher die', () => {
  it('the process of the step is found by its environment, and ended', async () => {
    const daemon = await startDaemon(waits());
    await daemon.die();
    process.kill(daemon.launcher, 'SIGKILL');
    await until(() => !isRunning(daemon.launcher));
    expect((await readLeftovers(place.state)).get(step)).toBeUndefined();
    const found = findProcesses(place.state, step);
    expect(found.map(({ pid }) => pid)).toContain(daemon.command);
    expect(found.find(({ pid }) => pid === daemon.command)?.argv.slice(1)).toEqual([
      place.command('waits-for-a-file'),
      'nodea',
      flag(),
      'the end',
    ]);
    expect(findProcesses(place.state, eventStep(2))).toEqual([]);
    expect(findProcesses(place.directory)).toEqual([]);
    const ended = await endProcesses(place.state, step, 5000);
    expect(ended.map(({ pid }) => pid)).toContain(daemon.command);
    expect(isRunning(daemon.command)).toBe(false);
    expect(await endProcesses(place.state, step, 5000)).toEqual([]);
  });

  it('a process that ignores TERM is killed after the grace', async () => {
    const revision = place.define(eventCommand(place.command('ignores-term')));
    const daemon = await startDaemon(request(revision));
    await until(() => existsSync(join(place.state, 'log')) && place.output(step) === 'started\n');
    await daemon.die();
    process.kill(daemon.launcher, 'SIGKILL');
    await endProcesses(place.state, step, 50);
    expect(isRunning(daemon.command)).toBe(false);
  });

  it('the next launcher writes on in the log of a command that still runs', async () => {
    const daemon = await startDaemon(waits());
    await until(() => place.output(step) === 'waiting\n');
    process.kill(daemon.launcher, 'SIGKILL');
    await daemon.die();
    const launcher = await startLauncher(place.settings);
    letGo();
    await until(() => place.output(step) === 'waiting\nthe end\n');
    await launcher.close();
  });

  it('a step that an old launcher still ran is lost with it', async () => {
    const daemon = await startDaemon(waits());
    await daemon.die();
    const lost: string[] = [];
    const watching = watchLeftovers(
      place.state,
      [step],
      { finished: () => {}, lost: (step) => lost.push(step) },
      new AbortController().signal,
    );
    process.kill(daemon.launcher, 'SIGKILL');
    await watching;
    expect(lost).toEqual([step]);
  });
});

describe('a launcher that has not said that it starts nothing more', () => {
  it('is waited for, then killed, without what it runs', async () => {
    const daemon = await startDaemon(waits());
    process.kill(daemon.launcher, 'SIGSTOP');
    await daemon.die();
    expect((await readLeftovers(place.state, { patienceMs: 50 })).get(step)).toBeUndefined();
    expect(isRunning(daemon.launcher)).toBe(false);
    expect(isRunning(daemon.command)).toBe(true);
  });
});

describe('a launcher that is closed', () => {
  it('finishes what runs and leaves the result', async () => {
    const launcher = await startLauncher(place.settings);
    const told = start(launcher, waits());
    await told.command;
    // It is no leftover while it is in use.
    expect((await readLeftovers(place.state)).size).toBe(0);
    await launcher.close();
    expect((await readLeftovers(place.state)).get(step)).toMatchObject({ running: { pid: launcher.pid } });
    letGo();
    await until(() => !isRunning(launcher.pid));
    expect((await readLeftovers(place.state)).get(step)).toEqual({ finished: finished7 });
  });

  it('is told from another process of the same number by the moment of its start', async () => {
    const daemon = await startDaemon(waits());
    await daemon.die();
    process.kill(daemon.launcher, 'SIGKILL');
    const [id] = readdirSync(launchersDirectory(place.state));
    const file = join(launchersDirectory(place.state), id as string, 'launcher.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...record, launcher: { ...record.launcher, pid: process.pid } }));
    expect((await readLeftovers(place.state)).get(step)).toBeUndefined();
    expect(livingLaunchers(place.state)).toEqual([]);
  });
});
