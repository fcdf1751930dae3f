import { readFileSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventStep, makePlace, type Place, until } from '../executor.test-support.ts';
import { stepLogFile } from '../state-files.ts';
import { type Libc, loadLibc } from './libc.ts';
import { recordOutput } from './output.ts';
import { startCommand } from './start-command.ts';
import { continueStepLog, createStepLog, type StepLog } from './step-log.ts';

let place: Place;
let libc: Libc;
beforeEach(() => {
  place = makePlace();
  libc = loadLibc();
});
afterEach(() => place.remove());

/** Runs a command here, its output into this log; the wait status once all that it wrote is recorded. */
async function record(log: StepLog, fixture: string, ...args: string[]): Promise<number> {
  const started = startCommand(libc, [place.command(fixture), ...args], { PATH: '/usr/bin:/bin' });
  if (!started.ok) throw new Error(started.error.code);
  const output = recordOutput(libc, started.value.output, log);
  let status: number | undefined;
  await until(() => {
    status = libc.endedStatus(started.value.pid);
    return status !== undefined;
  });
  await new Promise<void>((settled) => output.settle(settled));
  return status as number;
}

describe('a log that cannot be written', () => {
  it('does not stop the command; it tells from which byte on the output is lost', async () => {
    const file = stepLogFile(place.state, eventStep());
    await mkdir(dirname(file), { recursive: true });
    symlinkSync('/dev/full', file);
    const log = continueStepLog(place.state, eventStep());
    expect(await record(log, 'prints-a-lot', 'node_up', '3')).toBe(0);
    expect(log.lostFrom()).toBe(0);
    expect(log.written()).toBe(0);
  });
});

describe('output that a command reads back itself', () => {
  it('does not keep the step from ending', async () => {
    const log = createStepLog(place.state, eventStep());
    expect(await record(log, 'reads-its-own-output')).toBe(0);
    expect(readFileSync(stepLogFile(place.state, eventStep()), 'latin1').length).toBe(log.written());
  });
});
