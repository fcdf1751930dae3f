import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsAsSuccess,
  LIFE,
  type LifeAction,
  type LifeInput,
  live,
  monitored,
  NOT_MONITORED,
  NOT_STARTED,
  type NodeLife,
} from './node-life.ts';
import { EVENT_OUTCOMES, SCRIPT_EVENT_NAMES } from './words.ts';

const said = (action: LifeAction): string => {
  switch (action.kind) {
    case 'run':
      return `run ${action.event}`;
    case 'wait':
      return `wait ${action.ms / 1000} s`;
    case 'tell':
      return `notification ${action.notice}`;
    case 'over':
      return 'over';
  }
};

/** `start`, `stop`, `due`, `due in recovery`, or `EVENT OUTCOME`; after each what the node does. */
function told(lines: readonly string[], life: NodeLife = NOT_STARTED): string[] {
  const [line, ...more] = lines;
  if (line === undefined) return [];
  const step = live(life, inputOf(line));
  const health = step.life.health === life.health ? [] : [step.life.health.toUpperCase()];
  return [`${line}: ${[...health, ...step.actions.map(said)].join(', ') || '-'}`, ...told(more, step.life)];
}

function inputOf(line: string): LifeInput {
  if (line === 'start' || line === 'stop') return { kind: line };
  if (line.startsWith('due')) return { kind: 'due', normal: line === 'due' };
  const [event = '', outcome] = line.split(' ');
  return { kind: 'ended', event, outcome: EVENT_OUTCOMES.find((known) => known === outcome) ?? 'failed' };
}

const STARTED = ['start', 'init ok', 'setup ok', 'startup ok'];
const afterStart = (lines: string[]): string[] => told([...STARTED, ...lines]).slice(STARTED.length);

describe('the life of a node in a driven component', () => {
  it('begins with init, setup and startup, and goes on with monitor', () => {
    expect(told([...STARTED, 'due', 'monitor ok', 'due', 'monitor ok'])).toEqual([
      'start: run init',
      'init ok: notification init, run setup',
      'setup ok: notification setup, run startup',
      'startup ok: notification startup, wait 2 s',
      'due: run monitor',
      'monitor ok: HEALTHY, notification healthy, wait 15 s',
      'due: run monitor',
      'monitor ok: wait 15 s',
    ]);
  });

  it.each(['failed', 'timed_out', 'cancelled', 'no_directory', 'interrupted'])('does not start when init or setup %s', (how) => {
    expect(told(['start', `init ${how}`, 'due', 'setup ok'])).toEqual([
      'start: run init',
      `init ${how}: -`,
      'due: -',
      'setup ok: -',
    ]);
    expect(told(['start', 'init ok', `setup ${how}`, 'due', 'startup ok']).slice(2)).toEqual([
      `setup ${how}: -`,
      'due: -',
      'startup ok: -',
    ]);
  });

  it('says which event kept it from starting, and starts anew when told', () => {
    const { life } = live(live(NOT_STARTED, { kind: 'start' }).life, { kind: 'ended', event: 'init', outcome: 'failed' });
    expect(life).toEqual({ phase: 'not_started', failed: 'init', health: 'unknown', timeouts: 0, nextMs: 0 });
    expect(told(['start'], life)).toEqual(['start: run init']);
  });

  it('tries startup again every 5 s until it succeeds, and monitors nothing before', () => {
    expect(
      told(['start', 'init ok', 'setup ok', 'startup failed', 'due', 'startup timed_out', 'due', 'startup ok']).slice(2),
    ).toEqual([
      'setup ok: notification setup, run startup',
      'startup failed: wait 5 s',
      'due: run startup',
      'startup timed_out: wait 5 s',
      'due: run startup',
      'startup ok: notification startup, wait 2 s',
    ]);
  });

  it('is UNHEALTHY at the first failure, looks again after 5 s and doubles that to the interval', () => {
    expect(afterStart(['monitor ok', 'monitor failed', 'monitor failed', 'monitor failed', 'monitor failed'])).toEqual([
      'monitor ok: HEALTHY, notification healthy, wait 15 s',
      'monitor failed: UNHEALTHY, notification unhealthy, wait 5 s',
      'monitor failed: wait 10 s',
      'monitor failed: wait 15 s',
      'monitor failed: wait 15 s',
    ]);
  });

  it('is healed by one success, and looked after as after a failure', () => {
    expect(afterStart(['monitor failed', 'monitor ok', 'monitor ok', 'monitor ok'])).toEqual([
      'monitor failed: UNHEALTHY, notification unhealthy, wait 5 s',
      'monitor ok: HEALTHY, notification healthy, wait 5 s',
      'monitor ok: wait 10 s',
      'monitor ok: wait 15 s',
    ]);
  });

  it('is UNHEALTHY after twenty timeouts in a row, not after nineteen', () => {
    const timeouts = (count: number): string[] => Array.from({ length: count }, () => 'monitor timed_out');
    expect(afterStart(['monitor ok', ...timeouts(20)]).at(-1)).toBe(
      'monitor timed_out: UNHEALTHY, notification unhealthy, wait 5 s',
    );
    expect(afterStart(['monitor ok', ...timeouts(19), 'monitor ok', ...timeouts(19)]).slice(1)).toEqual([
      ...timeouts(19).map((line) => `${line}: wait 15 s`),
      'monitor ok: wait 15 s',
      ...timeouts(19).map((line) => `${line}: wait 15 s`),
    ]);
  });

  it('learns nothing from a monitor that was cancelled or whose end nobody saw', () => {
    expect(afterStart(['monitor failed', 'monitor cancelled', 'monitor interrupted'])).toEqual([
      'monitor failed: UNHEALTHY, notification unhealthy, wait 5 s',
      'monitor cancelled: wait 10 s',
      'monitor interrupted: wait 15 s',
    ]);
  });

  it('leaves monitor out while a recovery is in progress', () => {
    expect(afterStart(['due in recovery', 'due'])).toEqual(['due in recovery: wait 15 s', 'due: run monitor']);
  });

  it('ends with shutdown, from wherever it was, once', () => {
    expect(afterStart(['stop', 'monitor cancelled', 'due', 'stop', 'shutdown timed_out', 'stop'])).toEqual([
      'stop: run shutdown',
      'monitor cancelled: -',
      'due: -',
      'stop: -',
      'shutdown timed_out: over',
      'stop: over',
    ]);
    expect(told(['start', 'stop', 'init ok', 'shutdown ok'])).toEqual([
      'start: run init',
      'stop: run shutdown',
      'init ok: -',
      'shutdown ok: over',
    ]);
    expect(told(['start', 'init failed', 'stop']).at(-1)).toBe('stop: over');
  });

  const inputs = fc.array(
    fc.oneof(
      fc.constant<LifeInput>({ kind: 'start' }),
      fc.constant<LifeInput>({ kind: 'due', normal: true }),
      fc.constant<LifeInput>({ kind: 'due', normal: false }),
      fc.constant<LifeInput>({ kind: 'stop' }),
      fc.record({
        kind: fc.constant('ended' as const),
        event: fc.constantFrom('init', 'setup', 'startup', 'monitor', 'shutdown'),
        outcome: fc.constantFrom('ok' as const, 'ok' as const, ...EVENT_OUTCOMES),
      }),
    ),
    { maxLength: 60 },
  );

  it('has always exactly one thing to wait for while it is on, waits no longer than the interval, and monitors only what has started', () => {
    fc.assert(
      fc.property(inputs, (all) => {
        let life = NOT_STARTED;
        let isStarted = false;
        for (const input of all) {
          const before = life;
          const step = live(life, input);
          life = step.life;
          if (input.kind === 'ended' && input.event === 'startup' && input.outcome === 'ok' && before.phase === 'startup')
            isStarted = true;
          if (life.phase !== 'running') isStarted = false;
          const next = step.actions.filter(({ kind }) => kind !== 'tell');
          expect(next.length).toBeLessThanOrEqual(1);
          for (const action of step.actions) {
            if (action.kind === 'wait') expect(action.ms).toBeLessThanOrEqual(LIFE.monitorIntervalMs);
            if (action.kind === 'wait') expect(action.ms).toBeGreaterThan(0);
            if (action.kind === 'run' && action.event === 'monitor') expect(isStarted).toBe(true);
          }
          // Whatever it waited for has come: either something else is under way, or the life is over or not started.
          if (life !== before && next.length === 0) expect(life.phase).toBe('not_started');
          if (life.phase !== 'running') expect(life.health).toBe('unknown');
        }
      }),
    );
  });
});

describe('what monitor tells of a node', () => {
  it('is UNHEALTHY exactly when the last that counts was a failure, or twenty timeouts stood in a row since a success', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('ok' as const, 'failed' as const, 'timed_out' as const, 'cancelled' as const), {
          maxLength: 80,
        }),
        (all) => {
          const counted = all.filter((outcome) => outcome !== 'cancelled');
          const sure = counted.findLastIndex((outcome) => outcome !== 'timed_out');
          const isUnhealthy = counted[sure] === 'failed' || counted.length - sure - 1 >= 20;
          const { health } = all.reduce((before, outcome) => monitored(before, outcome), NOT_MONITORED);
          expect(health === 'unhealthy').toBe(isUnhealthy);
          expect(health === 'unknown').toBe(sure === -1 && !isUnhealthy);
        },
      ),
    );
  });
});

describe('a timeout', () => {
  it('counts as success of the events by which addresses move, and of no other', () => {
    expect(SCRIPT_EVENT_NAMES.filter((event) => countsAsSuccess(event, 'timed_out'))).toEqual([
      'takeip',
      'releaseip',
      'startrecovery',
      'recovered',
    ]);
    expect(SCRIPT_EVENT_NAMES.every((event) => countsAsSuccess(event, 'ok'))).toBe(true);
    expect(SCRIPT_EVENT_NAMES.some((event) => countsAsSuccess(event, 'failed') || countsAsSuccess(event, 'cancelled'))).toBe(
      false,
    );
  });
});
