import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventOutcomeKind, NOT_STARTED, type NodeLife } from '@fallover/events';
import type { QueuedEvent } from '@fallover/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Component, EventOutcome } from './component-events.ts';
import { type ComponentHealths, componentHealths } from './component-health.ts';

const legacy: Component = { name: 'legacy', directory: '/events/legacy', profile: 'ctdb', mode: 'driven', source: 'base' };
const seen: Component = { ...legacy, name: 'seen', mode: 'observed' };

let directory: string;
let queue: QueuedEvent[];
let ids: Set<string>;
let storeIsAway: boolean;
let time: number;
let present: Component[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fallover-health-'));
  queue = [];
  ids = new Set();
  storeIsAway = false;
  present = [legacy, seen, { ...legacy, name: 'by_hand', mode: 'manual' }];
  time = Date.UTC(2026, 10, 26, 3);
});
afterEach(() => rmSync(directory, { recursive: true }));

const daemon = (): ComponentHealths =>
  componentHealths({
    node: 'nodea',
    file: join(directory, 'health.json'),
    components: () => present,
    store: {
      async enqueueOwn(event) {
        if (storeIsAway) throw new Error('The store is out of reach.');
        if (ids.has(event.run)) return false;
        ids.add(event.run);
        queue.push(event);
        return true;
      },
      queue: async () => queue,
    },
    now: () => {
      time += 1000;
      return time;
    },
    queued: () => {},
    changed: () => {},
    failed: (error) => {
      if (!storeIsAway) throw error;
    },
  });

const outcomeOf = (component: string, outcome: EventOutcomeKind, script?: string): EventOutcome => ({
  ...{
    run: '1',
    component,
    event: 'monitor',
    args: [],
    origin: { kind: 'ctdbd', name: 'ctdbd' },
    result: 0,
    acceptedAt: 0,
    endedAt: 0,
  },
  outcome,
  scripts: script === undefined ? [] : [{ script, status: outcome === 'timed_out' ? 'TIMEDOUT' : 'ERROR', output: '' }],
});
const running = (health: NodeLife['health']): NodeLife => ({ ...NOT_STARTED, phase: 'running', health });
const told = (): string[] => queue.map(({ event, args }) => [event, ...args].join(' '));

describe('a change of health', () => {
  it('is an event of the cluster, and what is not a change is none', async () => {
    const healths = daemon();
    healths.lived(legacy, running('healthy'), undefined);
    await healths.pass();
    expect(told()).toEqual([]);
    healths.lived(legacy, running('unhealthy'), outcomeOf('legacy', 'failed', '40.vsftpd'));
    healths.lived(legacy, running('unhealthy'), outcomeOf('legacy', 'failed', '40.vsftpd'));
    await healths.pass();
    expect(told()).toEqual(['node_unhealthy nodea legacy']);
    queue = [];
    healths.lived(legacy, running('healthy'), outcomeOf('legacy', 'ok'));
    await healths.pass();
    expect(told()).toEqual(['node_healthy nodea legacy']);
  });

  it('is told once however often it changes while the queue stands still', async () => {
    const healths = daemon();
    for (const health of ['unhealthy', 'healthy', 'unhealthy', 'healthy'] as const) {
      healths.lived(legacy, running(health), undefined);
      await healths.pass();
    }
    expect(told()).toEqual(['node_unhealthy nodea legacy']);
    queue = [];
    await healths.pass();
    expect(told()).toEqual(['node_healthy nodea legacy']);
  });

  it('is remembered by the next daemon: what was UNHEALTHY is told to be healthy again', async () => {
    const first = daemon();
    first.lived(legacy, running('unhealthy'), undefined);
    await first.pass();
    queue = [];
    const second = daemon();
    second.lived(legacy, NOT_STARTED, undefined);
    await second.pass();
    expect(told()).toEqual([]);
    second.lived(legacy, running('healthy'), undefined);
    await second.pass();
    expect(told()).toEqual(['node_healthy nodea legacy']);
  });

  it('is told once the store is back, by the daemon after it too, and not twice', async () => {
    const first = daemon();
    storeIsAway = true;
    first.lived(legacy, running('unhealthy'), undefined);
    await first.pass();
    storeIsAway = false;
    const second = daemon();
    await second.pass();
    await second.pass();
    await first.pass();
    expect(told()).toEqual(['node_unhealthy nodea legacy']);
  });

  it('of an observed component follows from the monitors that CTDB has run', async () => {
    const healths = daemon();
    for (let count = 0; count < 19; count++) healths.observed(outcomeOf('seen', 'timed_out', '10.hangs'));
    await healths.pass();
    expect(told()).toEqual([]);
    healths.observed(outcomeOf('seen', 'timed_out', '10.hangs'));
    await healths.pass();
    expect(told()).toEqual(['node_unhealthy nodea seen']);
  });
});

describe('a component that is UNHEALTHY and not monitored any more', () => {
  const gone = () => {
    present = [];
  };
  const byHand = () => {
    present = [legacy, seen].map((one) => ({ ...one, mode: 'manual' as const }));
  };

  it.each([
    ['is made manual', byHand],
    ['is removed', gone],
  ])('is healthy for the cluster when it %s and its shutdown is over, once', async (_, leave) => {
    const healths = daemon();
    healths.lived(legacy, running('unhealthy'), undefined);
    await healths.pass();
    queue = [];
    leave();
    healths.lived(legacy, { ...NOT_STARTED, phase: 'shutdown' }, undefined);
    await healths.pass();
    expect(told()).toEqual([]);
    healths.lived(legacy, NOT_STARTED, undefined);
    await healths.pass();
    await healths.pass();
    expect(told()).toEqual(['node_healthy nodea legacy']);
    expect(healths.all()).toEqual([]);
  });

  it('is told of behind the event that waits, also where the store was away and by the next daemon', async () => {
    const first = daemon();
    first.observed(outcomeOf('seen', 'failed'));
    await first.pass();
    byHand();
    await first.pass();
    expect(told()).toEqual(['node_unhealthy nodea seen']);
    queue = [];
    storeIsAway = true;
    await first.pass();
    storeIsAway = false;
    await daemon().pass();
    expect(told()).toEqual(['node_healthy nodea seen']);
  });

  it('begins with nothing known when it is observed again', async () => {
    const healths = daemon();
    healths.observed(outcomeOf('seen', 'failed'));
    await healths.pass();
    queue = [];
    byHand();
    await healths.pass();
    present = [seen];
    await healths.pass();
    expect(told()).toEqual(['node_healthy nodea seen']);
    expect(healths.of(seen)).toMatchObject({ state: 'unknown', isTrouble: false });
  });
});

describe('what home shows of health', () => {
  it('names the script, and since when; a component that is run by hand has none', () => {
    const healths = daemon();
    expect(healths.all().map(({ component, state, isTrouble }) => [component, state, isTrouble])).toEqual([
      ['legacy', 'unknown', false],
      ['seen', 'unknown', false],
    ]);
    healths.lived(legacy, running('unhealthy'), outcomeOf('legacy', 'failed', '40.vsftpd'));
    healths.lived(legacy, running('unhealthy'), outcomeOf('legacy', 'cancelled'));
    expect(healths.of(legacy)).toEqual({
      component: 'legacy',
      mode: 'driven',
      state: 'unhealthy',
      since: '2026-11-26T03:00:01.000Z',
      isTrouble: true,
      sentence:
        'Node nodea is UNHEALTHY in component legacy: monitor failed in 40.vsftpd. "fallover ctdb event status legacy monitor" shows what it said; one monitor that succeeds heals it.',
    });
  });

  it('says what kept a component from being started', () => {
    const healths = daemon();
    healths.lived(
      legacy,
      { ...NOT_STARTED, phase: 'not_started', failed: 'init' },
      { ...outcomeOf('legacy', 'failed', '10.a'), event: 'init' },
    );
    expect(healths.of(legacy)).toMatchObject({ state: 'unknown', isTrouble: true });
    expect(healths.of(legacy)?.sentence).toContain('is not started: init failed in 10.a.');
  });
});
