import type { EventOutcomeKind, HealthState, ScriptEvent } from './words.ts';

/** In milliseconds; the names that CTDB gives its tunables stand behind. */
export interface LifeSettings {
  /** Between two attempts at startup. */
  startupAgainMs: number;
  /** From the startup that succeeded to the first monitor. */
  firstMonitorMs: number;
  /** MonitorInterval. */
  monitorIntervalMs: number;
  /** After a change of health, doubling up to the interval. */
  afterChangeMs: number;
  /** MonitorTimeoutCount: this many monitor events in a row that timed out make the node UNHEALTHY. */
  timeoutsUntilUnhealthy: number;
}

export const LIFE: LifeSettings = {
  startupAgainMs: 5_000,
  firstMonitorMs: 2_000,
  monitorIntervalMs: 15_000,
  afterChangeMs: 5_000,
  timeoutsUntilUnhealthy: 20,
};

/** EventScriptTimeout; a shutdown has no more time than that either. */
export const EVENT_SCRIPT_TIMEOUT_MS = 30_000;

/** What monitor has told of a node so far; the same for a component that is driven and for one that is observed. */
export interface MonitoredHealth {
  health: HealthState;
  /** Monitor events in a row that timed out. */
  timeouts: number;
}

/** Nothing is known before the first monitor has ended. */
export const NOT_MONITORED: MonitoredHealth = { health: 'unknown', timeouts: 0 };

/** The first failure makes a node UNHEALTHY, and one success heals it; a monitor that was cancelled tells nothing. */
export function monitored(
  { health, timeouts }: MonitoredHealth,
  outcome: EventOutcomeKind,
  { timeoutsUntilUnhealthy }: Pick<LifeSettings, 'timeoutsUntilUnhealthy'> = LIFE,
): MonitoredHealth {
  switch (outcome) {
    case 'ok':
      return { health: 'healthy', timeouts: 0 };
    case 'failed':
    case 'no_directory':
      return { health: 'unhealthy', timeouts: 0 };
    case 'timed_out':
      return { health: timeouts + 1 >= timeoutsUntilUnhealthy ? 'unhealthy' : health, timeouts: timeouts + 1 };
    case 'cancelled':
    case 'interrupted':
      return { health, timeouts };
  }
}

/** The cluster is not held up by a script that hangs while addresses move: with these a timeout counts as success. */
const TIMEOUT_IS_SUCCESS: readonly string[] = ['takeip', 'releaseip', 'startrecovery', 'recovered'] satisfies ScriptEvent[];

export const countsAsSuccess = (event: string, outcome: EventOutcomeKind): boolean =>
  outcome === 'ok' || (outcome === 'timed_out' && TIMEOUT_IS_SUCCESS.includes(event));

/** `not_started`: init or setup failed, and nothing more is run until a person starts it again. Nothing is advertised before `running`. */
export type LifePhase = 'off' | 'init' | 'setup' | 'startup' | 'running' | 'shutdown' | 'not_started';

/** The life of a node in one component that Fallover drives. */
export interface NodeLife extends MonitoredHealth {
  phase: LifePhase;
  /** The wait that begins when the next monitor ends. */
  nextMs: number;
  /** Of `not_started`: the event that failed. */
  failed?: 'init' | 'setup';
}

export const NOT_STARTED: NodeLife = { ...NOT_MONITORED, phase: 'off', nextMs: 0 };

export type LifeInput =
  /** Cluster services run on the node. */
  | { kind: 'start' }
  /** They are being stopped. */
  | { kind: 'stop' }
  | { kind: 'ended'; event: string; outcome: EventOutcomeKind }
  /** A wait is over. `normal`: no recovery is in progress. */
  | { kind: 'due'; normal: boolean };

/** What a notification script gets as its argument. */
export const LIFE_NOTICES = ['init', 'setup', 'startup', 'healthy', 'unhealthy'] as const;
export type LifeNotice = (typeof LIFE_NOTICES)[number];

export type LifeAction =
  | { kind: 'run'; event: 'init' | 'setup' | 'startup' | 'monitor' | 'shutdown' }
  | { kind: 'wait'; ms: number }
  /** The notification scripts run with this argument. */
  | { kind: 'tell'; notice: LifeNotice }
  /** Nothing more comes. */
  | { kind: 'over' };

export interface LifeStep {
  life: NodeLife;
  actions: LifeAction[];
}

/**
 * What a node does next in a component: init, setup, startup until it succeeds, monitor again and again, shutdown. Of what it
 * is told, an end that it does not wait for (any more) changes nothing.
 */
export function live(life: NodeLife, input: LifeInput, settings: LifeSettings = LIFE): LifeStep {
  switch (input.kind) {
    case 'start':
      return life.phase === 'off' || life.phase === 'not_started' ? enter({ ...NOT_STARTED, phase: 'init' }) : stays(life);
    case 'stop':
      return stop(life);
    case 'due':
      return due(life, input.normal);
    case 'ended':
      return input.event === waitedFor(life.phase) ? ended(life, input.outcome, settings) : stays(life);
  }
}

const stays = (life: NodeLife): LifeStep => ({ life, actions: [] });

type RunningPhase = 'init' | 'setup' | 'startup' | 'shutdown';
const enter = (life: NodeLife & { phase: RunningPhase }, before: LifeAction[] = []): LifeStep => ({
  life,
  actions: [...before, { kind: 'run', event: life.phase }],
});

function waitedFor(phase: LifePhase): string | undefined {
  if (phase === 'running') return 'monitor';
  return phase === 'off' || phase === 'not_started' ? undefined : phase;
}

/** Also in the middle of an event: shutdown waits behind it in the component's queue, and ends a monitor. */
function stop(life: NodeLife): LifeStep {
  switch (life.phase) {
    case 'off':
    case 'not_started':
      return { life: NOT_STARTED, actions: [{ kind: 'over' }] };
    case 'shutdown':
      return stays(life);
    default:
      return enter({ ...NOT_STARTED, phase: 'shutdown' });
  }
}

function due(life: NodeLife, normal: boolean): LifeStep {
  if (life.phase === 'startup') return enter({ ...life, phase: 'startup' });
  if (life.phase !== 'running') return stays(life);
  // As with every event but shutdown and startrecovery: in NORMAL mode only.
  return normal ? { life, actions: [{ kind: 'run', event: 'monitor' }] } : { life, actions: [{ kind: 'wait', ms: life.nextMs }] };
}

function ended(life: NodeLife, outcome: EventOutcomeKind, settings: LifeSettings): LifeStep {
  switch (life.phase) {
    case 'init':
    case 'setup':
      if (outcome !== 'ok') return { life: { ...NOT_STARTED, phase: 'not_started', failed: life.phase }, actions: [] };
      return enter({ ...life, phase: life.phase === 'init' ? 'setup' : 'startup' }, [{ kind: 'tell', notice: life.phase }]);
    case 'startup':
      if (outcome !== 'ok') return { life, actions: [{ kind: 'wait', ms: settings.startupAgainMs }] };
      return {
        life: { ...life, phase: 'running', nextMs: settings.monitorIntervalMs },
        actions: [
          { kind: 'tell', notice: 'startup' },
          { kind: 'wait', ms: settings.firstMonitorMs },
        ],
      };
    case 'running':
      return monitorEnded(life, outcome, settings);
    case 'shutdown':
      return { life: NOT_STARTED, actions: [{ kind: 'over' }] };
    default:
      return stays(life);
  }
}

/** The first time that a node is seen healthy tells notification scripts too, as with CTDB; it is no change to look after. */
function monitorEnded(life: NodeLife, outcome: EventOutcomeKind, settings: LifeSettings): LifeStep {
  const after = monitored(life, outcome, settings);
  const changed = after.health !== life.health;
  const looksAfter = changed && !(life.health === 'unknown' && after.health === 'healthy');
  const interval = settings.monitorIntervalMs;
  const ms = looksAfter ? Math.min(settings.afterChangeMs, interval) : life.nextMs;
  return {
    life: { ...life, ...after, nextMs: Math.min(ms * 2, interval) },
    actions: [
      ...(changed && after.health !== 'unknown' ? [{ kind: 'tell' as const, notice: after.health }] : []),
      { kind: 'wait', ms },
    ],
  };
}
