import { join } from 'node:path';
import { componentRunSentence, componentSentence, type DefinitionDocument, err, ok, quoted } from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import { checkTrust } from '../executor/launcher/trust.ts';
import type { UseCases } from '../http/use-cases.ts';
import { commandRunner } from '../notification/run-command.ts';
import { idOfMoment } from '../runs/clock.ts';
import type { Component, ComponentEvents, EventOutcome } from './component-events.ts';
import { type ComponentHealth, componentHealths } from './component-health.ts';
import { ctdbStatus } from './ctdb-status.ts';
import { type HandedEvent, handedEvents } from './handed-events.ts';
import { type Entered, nodeLives, type Timers } from './node-lives.ts';
import { notificationScripts } from './notification-scripts.ts';
import { observer } from './observe.ts';
import { startedComponents } from './started-components.ts';

export interface ComponentLifeParts {
  node: string;
  /** `components` in the state directory. */
  directory: string;
  events: ComponentEvents;
  store: Pick<ClusterStore, 'enqueueOwn' | 'queue'>;
  /** What is active says whether ctdb_event is worth an event of the cluster. */
  active(): Promise<{ document: DefinitionDocument }>;
  /** By which cluster services run on this node. */
  membership(): number | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** An event is queued. */
  queued(): void;
  /** What is shown of components, and of the cluster, is other than before. */
  changed(): void;
  log(sentence: string): void;
  failed(error: unknown): void;
  /** Only to be told of by CTDB's own variable: a ctdbd with all its places below its base. */
  testMode?: string | undefined;
}

/** What this node does by itself in its components: it drives some, and follows what CTDB does in others. */
export interface ComponentLife {
  useCases: Pick<UseCases, 'handOverComponentEvent'>;
  /** Of a component that is driven or observed. */
  health(component: string): ComponentHealth | undefined;
  all(): ComponentHealth[];
  /** Before an event that a person runs; see `NodeLives`. */
  enter(component: string, event: string): Promise<Entered>;
  /** Its shutdown has still to run, or to end. */
  owesShutdown(component: string): boolean;
  /** What is declared of components is other than before: what begins or ends by that does so at once. */
  declared(): void;
  /** Once events can be processed. */
  begin(): void;
  /** Of driven components shutdown is run, for as long as EventScriptTimeout allows. */
  close(): Promise<void>;
}

/** How soon a change of a component's mode, of cluster services and of the queue is seen. */
const LOOK_MS = 1_000;
/** More of them wait only while the queue stands still, and would bury what has to be processed then. */
const WAITING_MOST = 100;

const timers: Timers = {
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

export function componentLife(parts: ComponentLifeParts): ComponentLife {
  const { node, events, store, changed, failed } = parts;
  const runCommand = commandRunner({ directory: parts.directory, checkTrust: async (path) => checkTrust(path) });
  const notify = notificationScripts({ runCommand, failed: parts.log });
  const healths = componentHealths({
    node,
    file: join(parts.directory, 'health.json'),
    components: () => events.components(),
    ...{ store, now: parts.now, queued: parts.queued, changed, failed },
  });
  const lives = nodeLives({
    ...{ events, membership: parts.membership, timers, failed },
    started: startedComponents(join(parts.directory, 'started.json')),
    tell({ base }, notice) {
      if (base !== undefined) void notify.tell(base, notice);
    },
    changed(component, life, outcome) {
      if (outcome?.event === 'shutdown' && outcome.outcome !== 'ok') parts.log(shutdownSentence(outcome));
      healths.lived(component, life, outcome);
    },
  });
  const observing = observer({
    events,
    handed: handedEvents(join(parts.directory, 'handed')),
    statusOf: ctdbStatus({ runCommand, testMode: parts.testMode }),
    timers,
    now: parts.now,
    ran: queueEvent,
    failed,
  });
  const deaf = events.onOutcome((outcome) => {
    if (outcome.origin.kind === 'ctdbd' && outcome.event === 'monitor') healths.observed(outcome);
  });
  let looking: NodeJS.Timeout | undefined;

  /** Only where somebody wants to hear of it, and never a monitor: what that changes is an event of its own. */
  async function queueEvent({ name }: Component, { id, at, event, args }: HandedEvent): Promise<void> {
    if (event === 'monitor' || !isWanted((await parts.active()).document)) return;
    const waiting = (await store.queue()).filter((queued) => queued.event === CTDB_EVENT);
    if (waiting.length >= WAITING_MOST) {
      parts.log(`${WAITING_MOST} ctdb_event wait already; that of ${quoted(event)} in component ${name} is not queued.`);
      return;
    }
    const isQueued = await store.enqueueOwn({
      run: idOfMoment(at, `${CTDB_EVENT} ${node} ${id}`),
      event: CTDB_EVENT,
      args: [node, name, event, ...args],
      origin: { kind: 'cluster_manager', name: 'ctdb' },
      drill: false,
      acceptedAt: new Date(parts.now()).toISOString(),
    });
    if (isQueued) parts.queued();
  }

  function look(): void {
    try {
      lives.look();
      observing.takeUp();
    } catch (error) {
      failed(error);
    }
    void healths.pass();
  }

  const named = (name: string): Component | undefined => events.components().find((component) => component.name === name);

  return {
    useCases: {
      async handOverComponentEvent({ parameters: { component }, body }) {
        const refusal = await observing.heard({ component, ...body });
        if (!refusal) return ok({ component, event: body.event });
        const sentence =
          refusal.code === 'no_component'
            ? `There is no component ${component} on node ${node}.`
            : `Fallover drives component ${component} of node ${node}, and a ctdbd runs events in it too: let one of them alone do it. Stop ctdbd, or set the component to manual (fallover modify component ${component} mode=manual), and to observed when the shutdown that then runs is over.`;
        if (refusal.code === 'component_driven') parts.log(sentence);
        return err({ code: refusal.code, status: refusal.code === 'no_component' ? 404 : 409, sentence });
      },
    },
    health(component) {
      const found = named(component);
      return found && healths.of(found);
    },
    all: healths.all,
    enter: lives.enter,
    owesShutdown: lives.owesShutdown,
    declared() {
      if (looking !== undefined) look();
    },
    begin() {
      look();
      looking = setInterval(look, LOOK_MS);
    },
    async close() {
      clearInterval(looking);
      observing.close();
      await lives.close();
      deaf();
    },
  };
}

const CTDB_EVENT = 'ctdb_event';

/** Nothing comes of it any more, and so a person has to know. */
function shutdownSentence({ component, event, outcome, scripts, fault }: EventOutcome): string {
  const why = fault
    ? componentSentence(fault)
    : componentRunSentence({ component, event, state: 'ended', outcome, scripts, toRun: [] });
  return `The shutdown of the component ${component} did not succeed, and what its scripts have started may go on. ${why}`;
}

/** A customisation of it, or a notification method that names it. */
const isWanted = ({ entries }: DefinitionDocument): boolean =>
  entries.some((entry) => {
    if (entry.class === 'event') return entry.name === CTDB_EVENT;
    if (entry.class !== 'notification_method') return false;
    const { cluster = [], nodes = {} } = entry.fields.methodEvents ?? {};
    return [cluster, ...Object.values(nodes)].flat().includes(CTDB_EVENT);
  });
