import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as settle, setTimeout as sleep } from 'node:timers/promises';
import { type ClusterStore, type Lease, openStore } from '@fallover/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootTime } from '../executor/boot-time.ts';
import { keptDeadline } from '../executor/kept-deadline.ts';
import { type LeaseKeepingParts, leaseKeeping } from './lease-keeper.ts';
import type { LeaseKeeper } from './taking-part.ts';

let directory: string;
let stores: ClusterStore[];
let keepers: LeaseKeeper[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-'));
  stores = [];
  keepers = [];
});
afterEach(async () => {
  for (const keeper of keepers) keeper.close();
  for (const store of stores) await store.close();
  rmSync(directory, { recursive: true, force: true });
});

async function open(url: string, now?: () => number): Promise<ClusterStore> {
  const opened = await openStore(url, now ? { now } : {});
  if (!opened.ok) throw new Error(opened.error.code);
  stores.push(opened.value);
  return opened.value;
}

/** A clock that moves only when it is told to; whoever waits is woken in order. */
function standingClock() {
  let ms = 1_000_000;
  let waiting: { until: number; wake: () => void }[] = [];
  return {
    now: () => ms,
    bootTime: () => BigInt(ms) * 1_000_000n,
    wait: (length: number, signal: AbortSignal) =>
      new Promise<void>((wake) => {
        if (signal.aborted) return wake();
        waiting.push({ until: ms + length, wake });
        signal.addEventListener('abort', () => wake(), { once: true });
      }),
    async move(length: number) {
      const end = ms + length;
      for (;;) {
        for (let turn = 0; turn < 5; turn += 1) await settle();
        const next = waiting.filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
        if (!next) break;
        waiting = waiting.filter((each) => each !== next);
        ms = Math.max(ms, next.until);
        next.wake();
      }
      ms = end;
    },
  };
}

/** What a keeper tells, in milliseconds from the beginning: when, until when, and how much was left before. */
function keeping(changes: Partial<LeaseKeepingParts> = {}) {
  const clock = standingClock();
  const began = clock.now();
  const lines: string[] = [];
  const tell = (line: string) => lines.push(`${clock.now() - began}: ${line}`);
  const keep = leaseKeeping({
    stateDirectory: directory,
    bootTime: clock.bootTime,
    wait: clock.wait,
    deadline: ({ at }) => tell(at === 0n ? 'none' : `until ${Number(at / 1_000_000n) - began}`),
    log: tell,
    ...changes,
  });
  return {
    clock,
    keep(lease: Lease) {
      const keeper = keep(lease, { renewed: (left) => tell(`renewed with ${left}`), lost: () => tell('lost') });
      keepers.push(keeper);
      return keeper;
    },
    taken: () => lines.splice(0),
  };
}

describe.each(['memory:', 'sqlite:'])('a lease in %s', (scheme) => {
  const url = () => (scheme === 'memory:' ? scheme : `sqlite:${join(directory, 'store.db')}`);

  it('is kept at a third of its time, and the deadline counts from the sending', async () => {
    const { clock, keep, taken } = keeping();
    const keeper = keep(await (await open(url(), clock.now)).grantLease(6000));
    expect(keeper.leftMs()).toBe(0);
    await clock.move(4000);
    expect(taken()).toEqual([
      ...['0: until 6000', '0: renewed with 0'],
      ...['2000: until 8000', '2000: renewed with 4000'],
      ...['4000: until 10000', '4000: renewed with 4000'],
    ]);
    expect(keeper.leftMs()).toBe(6000);
  });

  it('is lost once when the store says that it has ended: from then on the node may do nothing', async () => {
    const { clock, keep, taken } = keeping();
    const lease = await (await open(url(), clock.now)).grantLease(6000);
    const keeper = keep(lease);
    await clock.move(1000);
    await lease.revoke();
    await clock.move(20_000);
    expect(taken()).toEqual(['0: until 6000', '0: renewed with 0', '2000: none', '2000: lost']);
    expect(keeper.leftMs()).toBe(0);
    expect(keptDeadline(directory)).toEqual({ at: 0n, lease: lease.id });
  });

  it('is kept no longer once closed, and can be resumed within its time', async () => {
    const { clock, keep, taken } = keeping();
    const store = await open(url(), clock.now);
    const lease = await store.grantLease(6000);
    const keeper = keep(lease);
    await clock.move(0);
    keeper.close();
    await clock.move(5000);
    const resumed = await store.resumeLease(lease.id);
    keep(resumed as Lease);
    await clock.move(0);
    expect(taken()).toEqual(['0: until 6000', '0: renewed with 0', '5000: until 11000', '5000: renewed with 0']);
  });
});

/** A store whose answers to keepalives are given by the test, in the order in which it likes. */
function slowLease() {
  const asked: { answer(lives: boolean): void; fail(message: string): void }[] = [];
  const lease: Lease = {
    id: 'lease-1',
    ttlMs: 6000,
    keepAlive: () =>
      new Promise((answer, reject) => {
        asked.push({ answer, fail: (message) => reject(new Error(message)) });
      }),
    revoke: async () => {},
  };
  return { lease, asked };
}

describe('a store that answers late', () => {
  it('is asked again, and the deadline does not count from the answer', async () => {
    const { clock, keep, taken } = keeping();
    const { lease, asked } = slowLease();
    keep(lease);
    await clock.move(1900);
    expect(asked).toHaveLength(1);
    await clock.move(200);
    expect(asked).toHaveLength(2);
    asked[0]?.answer(true);
    await clock.move(0);
    expect(taken()).toEqual(['2100: until 6000', '2100: renewed with 0']);
  });

  it('never takes a deadline back when an earlier keepalive is answered behind a later one', async () => {
    const { clock, keep, taken } = keeping();
    const { lease, asked } = slowLease();
    keep(lease);
    await clock.move(2500);
    asked[1]?.answer(true);
    await clock.move(0);
    asked[0]?.answer(true);
    await clock.move(0);
    expect(taken()).toEqual(['2500: until 8000', '2500: renewed with 0']);
  });

  it('says once that the lease is lost, although two keepalives are answered so', async () => {
    const { clock, keep, taken } = keeping();
    const { lease, asked } = slowLease();
    keep(lease);
    await clock.move(2500);
    for (const { answer } of asked) answer(false);
    await clock.move(5000);
    expect(taken()).toEqual(['2500: none', '2500: lost']);
  });

  it('is asked again soon after a failure', async () => {
    const { clock, keep, taken } = keeping();
    const { lease, asked } = slowLease();
    keep(lease);
    asked[0]?.fail('No connection');
    await clock.move(500);
    asked[1]?.answer(true);
    await clock.move(0);
    expect(taken()).toEqual([
      '0: The lease of this node was not renewed: No connection',
      '500: until 6500',
      '500: renewed with 0',
    ]);
  });

  it('changes nothing any more when the keeper is closed', async () => {
    const { clock, keep, taken } = keeping();
    const { lease, asked } = slowLease();
    keep(lease).close();
    asked[0]?.answer(false);
    await clock.move(10_000);
    expect(taken()).toEqual([]);
  });
});

describe('what is kept for launchers of earlier daemons', () => {
  it('is the deadline and its lease, readable for its owner only', async () => {
    const { clock, keep } = keeping();
    keep(await (await open('memory:', clock.now)).grantLease(6000));
    await clock.move(0);
    expect(keptDeadline(directory)).toEqual({ lease: expect.any(String), at: 1_006_000n * 1_000_000n });
    expect(statSync(join(directory, 'deadline.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '[]', 'null', '{"format":1,"lease":"x","at":"soon"}', '{"format":2,"lease":"x","at":"1"}'])(
    'is nothing when it is %j',
    (text) => {
      writeFileSync(join(directory, 'deadline.json'), text);
      expect(keptDeadline(directory)).toBeUndefined();
    },
  );

  it('is not needed to keep the lease, and its want is said once', async () => {
    const { clock, keep, taken } = keeping({ stateDirectory: join(directory, 'gone') });
    keep(await (await open('memory:', clock.now)).grantLease(6000));
    await clock.move(2000);
    expect(taken().map((line) => line.replace(/ENOENT.*/, 'ENOENT'))).toEqual([
      '0: until 6000',
      '0: The deadline of this node cannot be kept for a restart of the cluster manager: ENOENT',
      '0: renewed with 0',
      '2000: until 8000',
      '2000: renewed with 4000',
    ]);
  });
});

describe('by the real clock', () => {
  it('is the time since the machine was started', async () => {
    const clock = bootTime();
    const before = clock();
    const uptimeMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ', 1)[0]) * 1000;
    expect(Math.abs(Number(before) / 1e6 - uptimeMs)).toBeLessThan(1000);
    await sleep(20);
    expect(Number(clock() - before)).toBeGreaterThanOrEqual(19_000_000);
  });

  it('a lease outlives its own time by being kept, and there is always some left', async () => {
    const clock = bootTime();
    const told: string[] = [];
    const keep = leaseKeeping({
      ...{ stateDirectory: directory, bootTime: clock, deadline: () => {}, log: (sentence) => told.push(sentence) },
      wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
    });
    const lease = await (await open('memory:')).grantLease(600);
    const keeper = keep(lease, { renewed: (left) => told.push(left === 0 ? 'first' : 'renewed'), lost: () => told.push('lost') });
    keepers.push(keeper);
    await sleep(1500);
    expect(keeper.leftMs()).toBeGreaterThan(0);
    expect(new Set(told)).toEqual(new Set(['first', 'renewed']));
    expect(told.length).toBeGreaterThanOrEqual(5);
  });
});
