import { readFileSync } from 'node:fs';
import {
  componentHealthSentence,
  type HealthEvent,
  type HealthState,
  healthToTell,
  type MonitoredHealth,
  monitored,
  NOT_MONITORED,
  type NodeLife,
} from '@fallover/events';
import { type ClusterStore, storeFaultOf } from '@fallover/store';
import { writeDurably } from '../executor/launcher/write-durably.ts';
import { idOfMoment } from '../runs/clock.ts';
import type { Component, EventOutcome } from './component-events.ts';

/** What is known of this node in a component that is driven or observed. */
export interface ComponentHealth {
  component: string;
  mode: 'driven' | 'observed';
  state: HealthState;
  /** ISO 8601: since when it is in this state. */
  since?: string;
  /** It is not as it should be: UNHEALTHY, or not started. */
  isTrouble: boolean;
  sentence: string;
}

export interface ComponentHealthParts {
  node: string;
  /** What the cluster was told last, which has to outlast the daemon. */
  file: string;
  components(): Component[];
  store: Pick<ClusterStore, 'enqueueOwn' | 'queue'>;
  /** Milliseconds since 1970. */
  now(): number;
  /** An event is queued. */
  queued(): void;
  changed(): void;
  failed(error: unknown): void;
}

/** The health of this node, component by component; a change of it is told to the cluster as an event of its queue. */
export interface ComponentHealths {
  /** The life in a driven component has gone on. */
  lived(component: Component, life: NodeLife, outcome: EventOutcome | undefined): void;
  /** A monitor of an observed component has ended. */
  observed(outcome: EventOutcome): void;
  of(component: Component): ComponentHealth | undefined;
  all(): ComponentHealth[];
  /** Queues what the cluster has still to be told of; call it now and then, such as when an event has left the queue. */
  pass(): Promise<void>;
}

interface Known extends MonitoredHealth {
  since: number;
  life?: NodeLife;
  script?: string;
  timedOut?: boolean;
}

/** What may be worth an event of the cluster. */
interface News {
  health: HealthState;
  since: number;
  left?: boolean;
}

/** `telling` is written before the event is queued and taken away after: a daemon that ends in between queues it once more, by the same id. */
interface Told {
  health: HealthState;
  telling?: { event: HealthEvent; at: number };
}
interface ToldFile {
  format: 1;
  components: Record<string, Told>;
}

export function componentHealths(parts: ComponentHealthParts): ComponentHealths {
  const known = new Map<string, Known>();
  const told = readTold(parts.file);
  let passing: Promise<void> | undefined;
  let again = false;

  function save(component: string, value: Told): void {
    told.set(component, value);
    const file: ToldFile = { format: 1, components: Object.fromEntries(told) };
    writeDurably(parts.file, `${JSON.stringify(file)}\n`);
  }

  function set(component: string, next: Omit<Known, 'since'>): void {
    const before = known.get(component);
    const isSame = before?.health === next.health;
    known.set(component, { ...next, since: isSame && before ? before.since : parts.now() });
    if (!isSame || before?.life?.phase !== next.life?.phase) parts.changed();
    if (!isSame) void pass();
  }

  /** Which script it ended with is said as long as the health that it made lasts. */
  function culprit(component: string, next: MonitoredHealth, outcome: EventOutcome | undefined) {
    const before = known.get(component);
    if (outcome && outcome.outcome !== 'ok' && outcome.outcome !== 'cancelled') {
      const script = outcome.scripts.findLast(({ status }) => status !== 'OK' && status !== 'DISABLED')?.script;
      return { ...(script === undefined ? {} : { script }), ...(outcome.outcome === 'timed_out' ? { timedOut: true } : {}) };
    }
    if (next.health !== 'unhealthy' || !before) return {};
    const { script, timedOut } = before;
    return { ...(script === undefined ? {} : { script }), ...(timedOut ? { timedOut } : {}) };
  }

  const eventFor = (component: string, { health, left = false }: News, waits: boolean): HealthEvent | undefined =>
    healthToTell({ told: told.get(component)?.health ?? 'unknown', health, waits, left });

  /** What there is to tell of. A component that is manual or gone is let go of, once its shutdown is over. */
  function allNews(): Map<string, News> {
    const monitored = new Set(parts.components().flatMap(({ name, mode }) => (mode === 'manual' ? [] : [name])));
    for (const [name, { life }] of known)
      if (!monitored.has(name) && (life === undefined || life.phase === 'off')) known.delete(name);
    const news = new Map<string, News>(known);
    for (const name of told.keys())
      if (!monitored.has(name) && !known.has(name)) news.set(name, { health: 'unknown', since: parts.now(), left: true });
    return news;
  }

  async function passNow(): Promise<void> {
    for (const [component, { telling }] of told) if (telling) await tell(component, telling);
    const news = [...allNews()].filter(([component, one]) => eventFor(component, one, false) !== undefined);
    if (news.length === 0) return;
    const queue = await parts.store.queue();
    for (const [component, one] of news) {
      const waits = queue.some(
        ({ event, args }) =>
          (event === 'node_unhealthy' || event === 'node_healthy') && args[0] === parts.node && args[1] === component,
      );
      const event = eventFor(component, one, waits);
      if (event === undefined) continue;
      const telling = { event, at: one.since };
      save(component, { health: told.get(component)?.health ?? 'unknown', telling });
      await tell(component, telling);
    }
  }

  async function tell(component: string, { event, at }: { event: HealthEvent; at: number }): Promise<void> {
    const args = [parts.node, component];
    await parts.store.enqueueOwn({
      run: idOfMoment(at, [event, ...args].join(' ')),
      event,
      args,
      origin: { kind: 'cluster_manager', name: 'monitor' },
      drill: false,
      acceptedAt: new Date(parts.now()).toISOString(),
    });
    save(component, { health: event === 'node_unhealthy' ? 'unhealthy' : 'healthy' });
    parts.queued();
  }

  /** One after the other; what comes meanwhile is looked at once more. */
  function pass(): Promise<void> {
    again = passing !== undefined;
    passing ??= passNow()
      .catch((error: unknown) => {
        // A store that is out of reach is told of elsewhere, and this is tried again.
        if (storeFaultOf(error) === undefined) parts.failed(error);
      })
      .finally(() => {
        passing = undefined;
        if (again) void pass();
      });
    return passing;
  }

  function of({ name, mode }: Component): ComponentHealth | undefined {
    if (mode === 'manual') return undefined;
    const { since, life, ...of }: Partial<Known> & MonitoredHealth = known.get(name) ?? NOT_MONITORED;
    return {
      component: name,
      mode,
      state: of.health,
      ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
      isTrouble: of.health === 'unhealthy' || life?.phase === 'not_started' || life?.phase === 'startup',
      sentence: componentHealthSentence({
        node: parts.node,
        component: name,
        mode,
        health: of.health,
        ...(of.script === undefined ? {} : { script: of.script }),
        ...(of.timedOut ? { timedOut: true } : {}),
        ...(life ? { phase: life.phase, ...(life.failed ? { failed: life.failed } : {}) } : {}),
      }),
    };
  }

  return {
    lived({ name }, life, outcome) {
      const { health, timeouts } = life;
      set(name, { health, timeouts, life, ...culprit(name, life, outcome) });
    },
    observed(outcome) {
      const before = known.get(outcome.component) ?? NOT_MONITORED;
      const next = monitored(before, outcome.outcome);
      set(outcome.component, { ...next, ...culprit(outcome.component, next, outcome) });
    },
    of,
    all: () => parts.components().flatMap((component) => of(component) ?? []),
    pass,
  };
}

function readTold(file: string): Map<string, Told> {
  try {
    const { format, components } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ToldFile>;
    return new Map(format === 1 && components ? Object.entries(components) : []);
  } catch {
    // There is none yet. One that cannot be read says nothing: the cluster is told of what is UNHEALTHY now, once too often.
    return new Map();
  }
}
