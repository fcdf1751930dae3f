import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventCommand, eventStep, isRunning, makePlace, type Place, request, start, until } from './executor.test-support.ts';
import type { Executor } from './executor.ts';
import { endProcesses } from './leftover-processes.ts';
import { livingLaunchers } from './leftovers.ts';
import { superviseLauncher } from './supervise-launcher.ts';

let place: Place;
let executor: Executor;

beforeEach(async () => {
  place = makePlace();
  executor = await superviseLauncher({ ...place.settings, backOff: { firstMs: 1, longestMs: 20 } });
});
afterEach(async () => {
  await executor.close();
  await until(() => livingLaunchers(place.state).length === 0);
  place.remove();
});

describe('when the launcher is killed', () => {
  it('the step that runs is lost, and the next one is done by another launcher', async () => {
    const running = start(executor, request(place.define(eventCommand(place.command('forever')))));
    await running.command;
    const first = executor.pid;
    process.kill(first, 'SIGKILL');
    expect(await running.end).toBe('lost');
    const next = start(executor, request(place.define(eventCommand(place.command('exit-3'))), { step: eventStep(2) }));
    expect(await next.end).toMatchObject({ status: 3 });
    expect(executor.pid).not.toBe(first);
    expect(place.log).toEqual([`The launcher of commands (process ${first}) ended: SIGKILL.`]);
    await endProcesses(place.state, eventStep(), 1000);
  });

  it('each time, another one takes its place', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const { pid } = executor;
      process.kill(pid, 'SIGKILL');
      await until(() => !isRunning(pid) && executor.pid !== pid);
      const told = start(executor, request(place.define(eventCommand(place.command('exit-3'))), { step: eventStep(attempt) }));
      expect(await told.end).toMatchObject({ status: 3 });
    }
  });
});

describe('a state directory that is not there', () => {
  it('is a launcher that could not be started', async () => {
    await expect(superviseLauncher({ ...place.settings, stateDirectory: '/nonexistent/state' })).rejects.toThrow(
      'The launcher of commands could not be started. There is no directory /nonexistent/state.',
    );
  });
});
