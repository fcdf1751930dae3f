import { appendFileSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventStep, makePlace, type Place, until } from '../executor.test-support.ts';
import { TIME_BYTES, timeFromBytes } from '../output-times.ts';
import { stepLogFile, timesFileOf } from '../state-files.ts';
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
    const log = continueStepLog(place.state, eventStep(), Date.now);
    expect(await record(log, 'prints-a-lot', 'node_up', '3')).toBe(0);
    expect(log.lostFrom()).toBe(0);
    expect(log.written()).toBe(0);
  });
});

describe('output that a command reads back itself', () => {
  it('does not keep the step from ending', async () => {
    const log = createStepLog(place.state, eventStep(), Date.now);
    expect(await record(log, 'reads-its-own-output')).toBe(0);
    expect(readFileSync(stepLogFile(place.state, eventStep()), 'latin1').length).toBe(log.written());
  });
});

describe('when output came', () => {
  const times = (): [number, number][] => {
    const bytes = readFileSync(timesFileOf(stepLogFile(place.state, eventStep())));
    return Array.from({ length: Math.floor(bytes.length / TIME_BYTES) }, (_, record) => {
      const { from, at } = timeFromBytes(bytes, record);
      return [from, at];
    });
  };

  it('stands beside the log, not oftener than every tenth of a second', () => {
    let now = 1_000;
    const log = createStepLog(place.state, eventStep(), () => now);
    for (; now < 1_300; now += 30) log.append(Buffer.from('0123456789'));
    log.close();
    expect(times()).toEqual([
      [0, 1_000],
      [40, 1_120],
      [80, 1_240],
    ]);
    expect(place.output(eventStep())).toBe('0123456789'.repeat(10));
  });

  it('goes on where an earlier launcher died, even in the middle of noting it', () => {
    const first = createStepLog(place.state, eventStep(), () => 1_000);
    first.append(Buffer.from('first\n'));
    first.close();
    appendFileSync(timesFileOf(stepLogFile(place.state, eventStep())), 'torn');
    const next = continueStepLog(place.state, eventStep(), () => 9_000);
    next.append(Buffer.from('next\n'));
    next.close();
    expect(times()).toEqual([
      [0, 1_000],
      [6, 9_000],
    ]);
  });

  it('is not known where it cannot be noted, and the output is kept all the same', async () => {
    const file = timesFileOf(stepLogFile(place.state, eventStep()));
    await mkdir(dirname(file), { recursive: true });
    symlinkSync('/dev/full', file);
    const log = createStepLog(place.state, eventStep(), Date.now);
    expect(await record(log, 'prints-a-lot', 'node_up', '3')).toBe(0);
    expect([log.written(), log.lostFrom()]).toEqual([3 * 1024 * 1024, undefined]);
  });

  it('takes no file for a command without output', async () => {
    await record(createStepLog(place.state, eventStep(), Date.now), 'exit-0');
    expect(existsSync(timesFileOf(stepLogFile(place.state, eventStep())))).toBe(false);
  });
});
