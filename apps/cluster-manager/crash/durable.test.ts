import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { livingLaunchers } from '../src/executor/leftovers.ts';
import { type Answered, ask } from './client.ts';
import { daemonCommand } from './daemon.ts';
import { writeScripts } from './scripts.ts';
import { parseSystemCalls, type SystemCall } from './system-calls.ts';

const CALLS = 'trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg,execve';

/** Why a process cannot be looked at here; undefined when it can. */
function straceFault(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', CALLS, 'true'], { encoding: 'utf8' });
  if (error)
    return `strace is not installed (${(error as NodeJS.ErrnoException).code}); as root on Debian: apt-get install strace`;
  return status === 0 ? undefined : `strace does not work here: ${stderr.trim()}`;
}

const fault = straceFault();
if (fault !== undefined) console.log(`Skipped: that commits are on disk before anything follows from them. ${fault}`);

describe('the calls that strace tells of', () => {
  it('are one each, also where others came between', () => {
    const output =
      '7 fdatasync(3</a> <unfinished ...>\n8 write(4</b>, "x", 1) = 1\n7 <... fdatasync resumed>) = 0\n7 +++ exited +++\n';
    expect(parseSystemCalls(output)).toEqual([
      { process: 7, name: 'fdatasync', text: '3</a>) = 0', began: 0, ended: 2 },
      { process: 8, name: 'write', text: '4</b>, "x", 1) = 1', began: 1, ended: 1 },
    ]);
  });
});

describe.skipIf(fault !== undefined)('an accepted event on its way to the disk', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fallover-durable-'));
  const state = join(directory, 'state');
  let calls: SystemCall[] = [];
  let run = '';

  beforeAll(async () => {
    const trace = join(directory, 'trace');
    const { events } = writeScripts(join(directory, 'scripts'), join(directory, 'witness'));
    const { command, args, env } = daemonCommand({ state });
    const tracer = spawn('strace', ['-f', '-y', '-s', '100000', '-e', CALLS, '-o', trace, command, ...args], {
      env,
      stdio: 'ignore',
    });
    const send = async (method: string, path: string, body?: unknown): Promise<Answered | undefined> =>
      ask(join(state, 'control.sock'), { method, path, body, ...(method === 'GET' ? {} : { id: randomUUID() }) });
    const until = async (path: string, wanted: (body: Answered['body']) => boolean): Promise<void> => {
      for (const end = performance.now() + 60_000; performance.now() < end; await delay(50)) {
        const answer = await send('GET', path);
        if (answer?.status === 200 && wanted(answer.body)) return;
      }
      throw new Error(`${path} did not become what it should.`);
    };
    try {
      await until('/api/v1/cluster', ({ state: name }) => name !== 'ST_INIT');
      await send('PUT', '/api/v1/events/network_up/customization', {
        revision: 0,
        fields: { eventCommand: events.network_up?.eventCommand },
      });
      await send('POST', '/api/v1/configuration/synchronise', {});
      const accepted = await send('POST', '/api/v1/runs', { event: 'network_up', args: ['nodea', 'net1'] });
      run = accepted?.body.run;
      await until(`/api/v1/runs/${run}`, (body) => body.state === 'ended');
    } finally {
      const { pid: daemon } = livingDaemon(trace);
      if (daemon !== undefined) process.kill(daemon, 'SIGTERM');
      else tracer.kill();
      if (tracer.exitCode === null && tracer.signalCode === null) await once(tracer, 'exit');
    }
    calls = parseSystemCalls(readFileSync(trace, 'latin1'));
  }, 120_000);

  afterAll(() => {
    for (const pid of livingLaunchers(state)) process.kill(pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  /** The first call of these names that holds all of these texts. */
  const first = (names: string[], ...texts: string[]): SystemCall => {
    const found = calls.find(({ name, text }) => names.includes(name) && texts.every((part) => text.includes(part)));
    if (!found) throw new Error(`No call of ${names.join(', ')} has ${texts.join(' and ')}.`);
    return found;
  };
  const SENDING = ['write', 'writev', 'sendto', 'sendmsg'];

  /** Where the file that this was written to reached the disk for the first time afterwards. */
  function onDisk(file: string, text: string): number {
    const written = first(['pwrite64'], `${file}-wal>`, text);
    const synced = calls.find(
      ({ name, text: told, began }) =>
        (name === 'fdatasync' || name === 'fsync') &&
        told.includes(`${file}-wal>`) &&
        / = 0$/.test(told) &&
        began > written.ended,
    );
    return synced?.ended ?? Number.POSITIVE_INFINITY;
  }

  it('is there before the answer 201 is', () => {
    const answered = first(SENDING, '201 Created', run);
    expect(onDisk('store.db', run)).toBeLessThan(answered.began);
  });

  it('has its claim there before the launcher is asked, and the launcher starts the command after that', () => {
    const step = `${run}/1/nodea/event/1`;
    const askedFor = first(SENDING, '\\"type\\":\\"start\\"', step);
    expect(onDisk('journal.db', step)).toBeLessThan(askedFor.began);
    expect(first(['execve'], '/scripts/plain"').began).toBeGreaterThan(askedFor.began);
  });

  it('has its result there before it is told as over', () => {
    const step = `${run}/1/nodea/event/1`;
    const told = first(SENDING, '\\"state\\":\\"ended\\"', run);
    const result = calls.find(
      ({ name, text }) =>
        name === 'pwrite64' && text.includes('journal.db-wal>') && text.includes('\\"finished\\"') && text.includes(step),
    );
    expect(result?.ended).toBeLessThan(told.began);
  });
});

/** The process that strace has started: the first one in its output. */
function livingDaemon(trace: string): { pid?: number } {
  const [, pid] = /^(\d+) /.exec(readFileSync(trace, 'latin1')) ?? [];
  return pid === undefined ? {} : { pid: Number(pid) };
}
