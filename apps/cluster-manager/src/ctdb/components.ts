import {
  askEvent,
  type AskedEvent,
  checkScriptEvent,
  type ComponentFault,
  type ComponentQueue,
  EMPTY_QUEUE,
  err,
  eventEnded,
  type EventOutcomeKind,
  giveUpEvent,
  ok,
  type QueueStep,
  type Result,
  resultOf,
} from '@fallover/events';
import type { ScriptExecutor } from '../executor/executor.ts';
import type { Component, ComponentEvents, ComponentOrigin, EventOutcome, ScriptResult } from './component-events.ts';
import type { ComponentList } from './component-list.ts';
import { readComponentDirectory } from './read-directory.ts';
import type { KeptRun, KeptScript, Results } from './results.ts';
import { runEvent } from './run-event.ts';
import { takenUp } from './take-up.ts';

export interface ComponentsParts {
  list: ComponentList;
  executor: ScriptExecutor;
  results: Results;
  stateDirectory: string;
  newRunId(): string;
  /** The wall clock in milliseconds, and one that does not jump. */
  now(): number;
  clock(): number;
  /** What is shown of components is other than before. */
  changed(): void;
  log(sentence: string): void;
  failed(error: unknown): void;
  /** Ends what is left of a script whose launcher died. */
  endProcesses(script: string): Promise<void>;
  /** Whether something of it still runs. */
  isRunning(script: string): boolean;
  /** Aborted when the daemon ends; what runs is then finished by the launcher, and taken up by the next daemon. */
  stopped: AbortSignal;
}

export interface AskedRun {
  run: string;
  /** When it is over and recorded. Pending for good when the daemon ends before. */
  done: Promise<EventOutcome>;
}

export interface Components extends ComponentEvents {
  /** Queued, or refused with the reason. */
  ask(
    component: string,
    event: string,
    args: readonly string[],
    options: { origin: ComponentOrigin; timeoutMs?: number; signal?: AbortSignal; request?: string },
  ): Result<AskedRun, ComponentFault>;
  /** False when it is over. */
  cancel(run: string): boolean;
  queueOf(component: string): ComponentQueue;
  /** Of earlier daemons: what was running is waited for, and nothing of it is started again. */
  takeUp(): void;
}

/** EventScriptTimeout, as CTDB has it. */
const EVENT_SCRIPT_TIMEOUT_MS = 30_000;

interface OpenRun {
  component: string;
  event: string;
  args: string[];
  deadline?: number;
  cancelled: AbortController;
  ended(outcome: EventOutcome): void;
}

export function components(parts: ComponentsParts): Components {
  const { list, results, now, clock, changed } = parts;
  const queues = new Map<string, ComponentQueue>();
  const open = new Map<string, OpenRun>();
  const listeners = new Set<(outcome: EventOutcome) => void>();
  const queueOf = (component: string): ComponentQueue => queues.get(component) ?? EMPTY_QUEUE;

  const step = (component: string, { queue, effects }: QueueStep): void => {
    queues.set(component, queue);
    for (const effect of effects) {
      switch (effect.kind) {
        case 'start':
          void start(effect.run).catch(parts.failed);
          break;
        case 'end':
          open.get(effect.run)?.cancelled.abort();
          break;
        case 'cancel':
          end(effect.run, 'cancelled');
      }
    }
  };

  const start = async (run: string): Promise<void> => {
    const asked = open.get(run);
    if (!asked) return;
    const { component, event, args, deadline, cancelled } = asked;
    let outcome: EventOutcomeKind = 'interrupted';
    try {
      const found = list.find(component);
      outcome = found.ok
        ? await runEvent(
            {
              ...{ run, component: found.value, event, args, clock, signal: cancelled.signal },
              ...(deadline === undefined ? {} : { deadline }),
            },
            parts,
          )
        : 'no_directory';
    } finally {
      // The launcher is no longer asked: how the script ended is for the next daemon to say.
      if (!parts.stopped.aborted) {
        end(run, outcome);
        step(component, eventEnded(queueOf(component), run));
      }
    }
  };

  const end = (run: string, outcome: EventOutcomeKind): void => {
    results.ended(run, outcome, now());
    const asked = open.get(run);
    open.delete(run);
    const kept = results.run(run);
    changed();
    if (!kept) return;
    const told = outcomeOf(kept);
    asked?.ended(told);
    tell(told);
  };

  const tell = (outcome: EventOutcome): void => {
    for (const listener of listeners) {
      try {
        listener(outcome);
      } catch (error) {
        parts.failed(error);
      }
    }
  };

  const refused = (name: string, event: string, args: readonly string[]): Result<Component, ComponentFault> => {
    const found = list.find(name);
    if (!found.ok) return found;
    if (found.value.mode === 'observed') return err({ code: 'component_observed', component: name });
    const fault = checkScriptEvent(event, args);
    if (fault) return err(fault);
    const read = readComponentDirectory(found.value);
    if (!read.ok) return read;
    const { equalNumbers } = read.value;
    return found.value.profile === 'readme' && equalNumbers.length > 0
      ? err({ code: 'equal_numbers', component: name, directory: found.value.directory, equalNumbers })
      : found;
  };

  const ask: Components['ask'] = (name, event, args, { origin, timeoutMs = EVENT_SCRIPT_TIMEOUT_MS, signal, request }) => {
    const found = refused(name, event, args);
    if (!found.ok) return found;
    const run = parts.newRunId();
    const { promise: done, resolve } = Promise.withResolvers<EventOutcome>();
    results.accepted(
      {
        id: run,
        component: name,
        event,
        args: [...args],
        origin,
        acceptedAt: now(),
        timeoutMs,
        planned: [],
        scripts: [],
      },
      request,
    );
    open.set(run, {
      ...{ component: name, event, args: [...args], deadline: clock() + timeoutMs },
      cancelled: new AbortController(),
      ended: resolve,
    });
    const giveUp = (): void => step(name, giveUpEvent(queueOf(name), run));
    signal?.addEventListener('abort', giveUp, { once: true });
    void done.then(() => signal?.removeEventListener('abort', giveUp));
    step(name, askEvent(queueOf(name), { run, event }));
    changed();
    if (signal?.aborted) giveUp();
    return ok({ run, done });
  };

  return {
    ask,
    queueOf,
    components: list.all,
    async run(component, event, args, options) {
      const asked = ask(component, event, args, options);
      if (asked.ok) return asked.value.done;
      const outcome = NO_DIRECTORY.has(asked.error.code) ? 'no_directory' : 'failed';
      return {
        ...{ run: '', component, event, args, origin: options.origin, outcome, acceptedAt: now(), endedAt: now(), scripts: [] },
        result: resultOf(outcome),
        fault: asked.error,
      };
    },
    cancel(run) {
      const asked = open.get(run);
      if (!asked) return false;
      step(asked.component, giveUpEvent(queueOf(asked.component), run));
      return true;
    },
    observed({ component, event, args, by, at, outcome = 'ok', scripts = [] }) {
      const id = parts.newRunId();
      results.accepted({
        ...{ id, component, event, args, acceptedAt: at, planned: [], scripts: [] },
        origin: { kind: 'ctdbd', name: by },
      });
      results.started(
        id,
        at,
        scripts.map(({ script }) => script),
      );
      for (const [place, script] of scripts.entries()) {
        results.scriptStarted(id, place, script.script, script.startedAt ?? at);
        results.scriptEnded(id, place, script);
      }
      end(id, outcome);
      return id;
    },
    onOutcome(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takeUp() {
      for (const kept of results.open()) {
        if (kept.startedAt === undefined) {
          // It waited, and whoever asked for it has gone with the daemon.
          end(kept.id, 'cancelled');
          continue;
        }
        const asked: AskedEvent = { run: kept.id, event: kept.event };
        queues.set(kept.component, { running: asked, waiting: queueOf(kept.component).waiting });
        open.set(kept.id, {
          ...{ component: kept.component, event: kept.event, args: kept.args },
          cancelled: new AbortController(),
          ended() {},
        });
        const { id, component } = kept;
        const over = async (): Promise<void> => {
          const outcome = await takenUp(kept, open.get(id)?.cancelled.signal, parts);
          if (outcome === undefined) return;
          end(id, outcome);
          if (outcome === 'interrupted')
            parts.log(`The event ${kept.event} in ${component} was interrupted; nothing of it was run again.`);
          step(component, eventEnded(queueOf(component), id));
        };
        over().catch(parts.failed);
      }
    },
  };
}

const NO_DIRECTORY: ReadonlySet<ComponentFault['code']> = new Set(['no_component', 'component_directory_missing']);

/** A run that has ended, as whoever waits for it is told. */
function outcomeOf(kept: KeptRun): EventOutcome {
  const { id, component, event, args, origin, acceptedAt, startedAt, endedAt, outcome = 'interrupted', scripts } = kept;
  return {
    ...{ run: id, component, event, args, origin, outcome, acceptedAt, result: resultOf(outcome) },
    endedAt: endedAt ?? acceptedAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    scripts: scripts.filter(hasEnded),
  };
}

const hasEnded = (script: KeptScript): script is KeptScript & ScriptResult => script.status !== undefined;
