import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComponentMode, EventOutcomeKind } from '@fallover/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Component, EventOutcome } from './component-events.ts';
import { type NodeLives, type NodeLivesParts, nodeLives } from './node-lives.ts';
import { startedComponents } from './started-components.ts';

/** What happens, one line each; events end when the test says so, and time goes on when the test says so. */
let lines: string[];
let running: { event: string; end(outcome: EventOutcomeKind): void }[];
let waits: { ms: number; call(): void }[];
let mode: ComponentMode;
let membership: number | undefined;
let isThere: boolean;
let directory: string;
let lives: NodeLives;
let events: NodeLivesParts['events'];

const legacy = (): Component => ({ name: 'legacy', directory: '/etc/ctdb/events/legacy', profile: 'ctdb', mode, source: 'base' });
const origin = { kind: 'person' as const, name: 'admin' };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-lives-'));
  lines = [];
  running = [];
  waits = [];
  mode = 'driven';
  membership = 7;
  events = {
    components: () => (isThere ? [legacy()] : []),
    run: (component, event, args, options) =>
      new Promise((resolve) => {
        lines.push(['run', event, ...args, ...(options.origin.kind === 'person' ? [] : ['by itself'])].join(' '));
        const end = (outcome: EventOutcomeKind): void =>
          resolve({
            component,
            event,
            args,
            outcome,
            run: `${event}-1`,
            origin: options.origin,
            result: 0,
            acceptedAt: 0,
            endedAt: 0,
            scripts: [],
          });
        running.push({ event, end });
      }),
  };
  isThere = true;
  lives = daemon();
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A daemon on the state directory of the one before. */
const daemon = (): NodeLives =>
  nodeLives({
    events,
    membership: () => membership,
    started: startedComponents(join(directory, 'started.json')),
    timers: {
      after(ms, call) {
        const wait = { ms, call };
        waits.push(wait);
        lines.push(`wait ${ms}`);
        return () => {
          waits = waits.filter((one) => one !== wait);
        };
      },
    },
    tell: (_, notice) => lines.push(`notification ${notice}`),
    changed: (_, { phase, health }) => lines.push(`${phase}, ${health}`),
    failed: (error) => {
      throw error;
    },
  });

/** The lines since the last call. */
function since(): string[] {
  const said = lines;
  lines = [];
  return said;
}
async function ends(event: string, outcome: EventOutcomeKind = 'ok'): Promise<string[]> {
  const one = running.find((candidate) => candidate.event === event);
  running = running.filter((candidate) => candidate !== one);
  one?.end(outcome);
  await new Promise((resolve) => setImmediate(resolve));
  return since();
}
function timePasses(): string[] {
  const [wait] = waits;
  waits = waits.slice(1);
  wait?.call();
  return since();
}
async function started(): Promise<void> {
  lives.look();
  for (const event of ['init', 'setup', 'startup']) await ends(event);
  since();
}

describe('the life of this node', () => {
  it('goes on by itself from the start to the first monitor and on', async () => {
    lives.look();
    expect(since()).toEqual(['init, unknown', 'run init by itself']);
    expect(await ends('init')).toEqual(['setup, unknown', 'notification init', 'run setup by itself']);
    expect(await ends('setup')).toEqual(['startup, unknown', 'notification setup', 'run startup by itself']);
    expect(await ends('startup', 'failed')).toEqual(['wait 5000']);
    expect(timePasses()).toEqual(['startup, unknown', 'run startup by itself']);
    expect(await ends('startup')).toEqual(['running, unknown', 'notification startup', 'wait 2000']);
    expect(timePasses()).toEqual(['run monitor by itself']);
    expect(await ends('monitor', 'failed')).toEqual(['running, unhealthy', 'notification unhealthy', 'wait 5000']);
    expect(timePasses()).toEqual(['run monitor by itself']);
    expect(await ends('monitor')).toEqual(['running, healthy', 'notification healthy', 'wait 5000']);
  });

  it('begins only where cluster services run, and ends with them', async () => {
    membership = undefined;
    lives.look();
    expect(since()).toEqual([]);
    membership = 7;
    await started();
    membership = undefined;
    lives.look();
    expect(since()).toEqual(['shutdown, unknown', 'run shutdown by itself']);
    expect(waits).toEqual([]);
    expect(await ends('shutdown')).toEqual(['off, unknown']);
    expect(lives.life('legacy')).toBeUndefined();
  });

  it('ends and begins anew when the node was lost meanwhile, however short that was', async () => {
    await started();
    membership = 8;
    lives.look();
    expect(since()).toEqual(['shutdown, unknown', 'run shutdown by itself']);
    expect(await ends('shutdown')).toEqual(['off, unknown', 'init, unknown', 'run init by itself']);
    lives.look();
    expect(since()).toEqual([]);
  });

  it('ends when the component is not driven any more, and begins again when it is once more', async () => {
    await started();
    mode = 'manual';
    lives.look();
    mode = 'driven';
    lives.look();
    expect(since()).toEqual(['shutdown, unknown', 'run shutdown by itself']);
    expect(await ends('shutdown')).toEqual(['off, unknown', 'init, unknown', 'run init by itself']);
  });

  it('stands still after an init that failed', async () => {
    lives.look();
    since();
    expect(await ends('init', 'failed')).toEqual(['not_started, unknown']);
    lives.look();
    expect(since()).toEqual([]);
    mode = 'manual';
    lives.look();
    expect(since()).toEqual(['off, unknown']);
    mode = 'driven';
    lives.look();
    expect(since()).toEqual(['init, unknown', 'run init by itself']);
  });

  it('is over with the daemon once shutdown has ended, or its time', async () => {
    await started();
    let isClosed = false;
    void lives.close().then(() => {
      isClosed = true;
    });
    expect(since()).toEqual(['shutdown, unknown', 'run shutdown by itself', 'wait 35000']);
    expect(isClosed).toBe(false);
    await ends('shutdown', 'timed_out');
    expect(isClosed).toBe(true);
  });

  it('does not hold the daemon up when shutdown never ends', async () => {
    await started();
    const closed = lives.close();
    expect(timePasses()).toEqual(['shutdown, unknown', 'run shutdown by itself', 'wait 35000']);
    await closed;
    lives.look();
    expect(since()).toEqual([]);
  });
});

describe('a shutdown that is owed', () => {
  it('is owed from before init until it is over, however it ends', async () => {
    membership = undefined;
    lives.look();
    expect(lives.owesShutdown('legacy')).toBe(false);
    membership = 7;
    lives.look();
    expect(lives.owesShutdown('legacy')).toBe(true);
    mode = 'manual';
    lives.look();
    expect(lives.owesShutdown('legacy')).toBe(true);
    await ends('shutdown', 'failed');
    expect(lives.owesShutdown('legacy')).toBe(false);
  });

  it('is not owed where nothing was started: init has failed', async () => {
    lives.look();
    await ends('init', 'failed');
    mode = 'manual';
    lives.look();
    expect(lives.owesShutdown('legacy')).toBe(false);
  });

  it('is run by the next daemon where this one died before, member or not, and once', async () => {
    await started();
    mode = 'manual';
    membership = undefined;
    lives = daemon();
    expect(lives.owesShutdown('legacy')).toBe(true);
    lives.look();
    lives.look();
    expect(since()).toEqual(['shutdown, unknown', 'run shutdown by itself']);
    expect(await ends('shutdown')).toEqual(['off, unknown']);
    expect(lives.owesShutdown('legacy')).toBe(false);
    lives.look();
    daemon().look();
    expect(since()).toEqual([]);
  });

  it('is not run by the next daemon in a component that is still driven: it begins with init there, and owes it as before', async () => {
    await started();
    lives = daemon();
    lives.look();
    expect(since()).toEqual(['init, unknown', 'run init by itself']);
    expect(lives.owesShutdown('legacy')).toBe(true);
  });

  it('is forgotten with a directory that has gone while no daemon ran', async () => {
    await started();
    isThere = false;
    lives = daemon();
    lives.look();
    expect([since(), lives.owesShutdown('legacy')]).toEqual([[], false]);
  });
});

describe('what an administrator runs in a driven component', () => {
  /** As the use case does it. */
  async function run(event: string, address: string): Promise<EventOutcomeKind | EventOutcome | undefined> {
    const entered = await lives.enter('legacy', event);
    if (!entered.ok) return entered.recovery;
    const ended = await events.run('legacy', event, ['eth0', address, '24'], { origin });
    entered.leave(ended.outcome);
    return ended.outcome;
  }
  const settled = async (): Promise<string[]> => {
    await new Promise((resolve) => setImmediate(resolve));
    return since();
  };

  it('moves addresses in a recovery, during which monitor is left out', async () => {
    await started();
    const first = run('takeip', '10.0.0.1');
    const second = run('takeip', '10.0.0.2');
    expect(await settled()).toEqual(['run startrecovery by itself']);
    expect(timePasses()).toEqual(['wait 15000']);
    expect(await ends('startrecovery', 'timed_out')).toEqual(['run takeip eth0 10.0.0.1 24', 'run takeip eth0 10.0.0.2 24']);
    expect(await ends('takeip')).toEqual([]);
    expect(await ends('takeip', 'failed')).toEqual(['run recovered by itself']);
    expect([await first, await second]).toEqual(['ok', 'failed']);
    await ends('recovered');
    expect(timePasses()).toEqual(['run monitor by itself']);
  });

  it('is not run after a startrecovery that failed; the answer is that of the startrecovery', async () => {
    await started();
    const asked = run('releaseip', '10.0.0.1');
    await settled();
    expect(await ends('startrecovery', 'failed')).toEqual([]);
    expect(await asked).toMatchObject({ event: 'startrecovery', outcome: 'failed' });
  });

  it('is run as it stands where the component is not driven', async () => {
    mode = 'manual';
    void run('takeip', '10.0.0.1');
    expect(await settled()).toEqual(['run takeip eth0 10.0.0.1 24']);
  });
});
