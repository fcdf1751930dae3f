import { type EventOutcomeKind, LOOK_AFTER_MS, type ReportedScript, readStatus, sighted } from '@fallover/events';
import type { Component, ComponentEvents, ScriptResult } from './component-events.ts';
import type { HandedEvent, HandedEvents } from './handed-events.ts';
import type { Timers } from './node-lives.ts';

export interface ObserveParts {
  events: Pick<ComponentEvents, 'components' | 'observed'>;
  handed: HandedEvents;
  /** What `ctdb event status COMPONENT EVENT` prints on this node, with dates in UTC; undefined when it cannot be asked. */
  statusOf(component: Component, event: string): Promise<PrintedStatus | undefined>;
  timers: Timers;
  /** Milliseconds since 1970. */
  now(): number;
  /** It is known to have run: the worksheet's customisation may be started by it. */
  ran(component: Component, event: HandedEvent): Promise<void>;
  failed(error: unknown): void;
}

/** What `ctdb event status` prints, and what it exits with. */
export interface PrintedStatus {
  text: string;
  status: number;
}

export type NotHeard = { code: 'no_component' } | { code: 'component_driven' };

export interface Observer {
  /**
   * Kept durably when it resolves; undefined unless it is refused. An event with an id that was heard before is no second one.
   * As long as it takes, CTDB waits in its hook, so that the status of the same event before is read while it still stands.
   */
  heard(event: HandedEvent): Promise<NotHeard | undefined>;
  /** Takes up what hooks and earlier daemons have left; call it at the start and now and then. */
  takeUp(): void;
  close(): void;
}

/** Ids of events that were recorded: the hook leaves one that it was not answered for, although it arrived. */
const REMEMBERED = 1000;
/** At most; the hook itself gives up a little later. */
const HELD_UP_MS = 300;

/** Follows what the CTDB of this node runs: from what its hook tells, and from what `ctdb event status` says of it afterwards. */
export function observer(parts: ObserveParts): Observer {
  const { handed, timers } = parts;
  const recorded = new Set<string>();
  const pending = new Map<string, Pending>();
  /** One after the other, so that they come into the cluster's queue in the order in which they ran. */
  let telling: Promise<void> = Promise.resolve();
  let closed = false;

  interface Pending {
    event: HandedEvent;
    component: Component;
    looks: number;
    callOff: (() => void) | undefined;
  }

  function refusal(event: HandedEvent): NotHeard | Component {
    const component = parts.events.components().find(({ name }) => name === event.component);
    if (!component) return { code: 'no_component' };
    return component.mode === 'driven' ? { code: 'component_driven' } : component;
  }

  async function heard(event: HandedEvent): Promise<NotHeard | undefined> {
    const component = refusal(event);
    if ('code' in component) return component;
    // What a hook has left before this one came first.
    takeUp();
    if (recorded.has(event.id) || pending.has(event.id)) return undefined;
    handed.keep(event);
    const before = follow(component, event);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const callOff = timers.after(HELD_UP_MS, resolve);
    await Promise.race([Promise.all(before), late]);
    callOff();
    return undefined;
  }

  /** Of the same event before, which has ended or was cancelled by now: it is looked at once more, and then let go. */
  function follow(component: Component, event: HandedEvent): Promise<void>[] {
    const before = [...pending.values()].filter(
      (one) => one.component.name === component.name && one.event.event === event.event,
    );
    const one: Pending = { event, component, looks: 0, callOff: undefined };
    pending.set(event.id, one);
    telling = telling.then(() => parts.ran(component, event)).catch(parts.failed);
    wait(one);
    return before.map((last) => {
      last.callOff?.();
      last.looks = LOOK_AFTER_MS.length;
      return look(last);
    });
  }

  function wait(one: Pending): void {
    const after = LOOK_AFTER_MS[one.looks];
    one.looks += 1;
    if (after === undefined) {
      record(one, letGo(one), []);
      return;
    }
    const ms = Math.max(0, one.event.at + after - parts.now());
    one.callOff = timers.after(ms, () => void look(one));
  }

  async function look(one: Pending): Promise<void> {
    const printed = await parts.statusOf(one.component, one.event.event).catch((error: unknown) => {
      parts.failed(error);
      return undefined;
    });
    if (closed || !pending.has(one.event.id)) return;
    if (printed === undefined) return record(one, letGo(one), []);
    const scripts = readStatus(printed.text);
    const sighting = sighted(one.event.at, scripts);
    switch (sighting.kind) {
      case 'ended':
        return record(one, sighting.outcome, scripts, printed.status);
      case 'overtaken':
        return record(one, letGo(one), []);
      case 'earlier':
        return wait(one);
    }
  }

  function record(
    { event, component, callOff }: Pending,
    outcome: EventOutcomeKind,
    scripts: readonly ReportedScript[],
    status?: number,
  ): void {
    callOff?.();
    pending.delete(event.id);
    recorded.add(event.id);
    for (const oldest of recorded) if (recorded.size > REMEMBERED) recorded.delete(oldest);
    parts.events.observed({
      component: component.name,
      event: event.event,
      args: event.args,
      by: 'ctdbd',
      at: event.at,
      outcome,
      scripts: scripts.map((script) => scriptResult(script, status)),
    });
    handed.forget(event.id);
  }

  function takeUp(): void {
    for (const event of handed.all()) {
      if (pending.has(event.id)) continue;
      const component = refusal(event);
      if (recorded.has(event.id) || 'code' in component) handed.forget(event.id);
      else void Promise.all(follow(component, event));
    }
  }

  return {
    heard,
    takeUp,
    close() {
      closed = true;
      for (const { callOff } of pending.values()) callOff?.();
    },
  };
}

/** How an event ended of which no status came: any other event ends a monitor, and CTDB keeps nothing of it. */
const letGo = ({ event }: { event: HandedEvent }): EventOutcomeKind => (event.event === 'monitor' ? 'cancelled' : 'interrupted');

/** `ctdb event status` exits as the script did that failed. */
const scriptResult = ({ output = '', ...script }: ReportedScript, status: number | undefined): ScriptResult => ({
  ...script,
  output,
  ...(script.status === 'ERROR' && status !== undefined ? { exitStatus: status } : {}),
});
