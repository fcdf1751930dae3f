import {
  type AddressMoves,
  EVENT_SCRIPT_TIMEOUT_MS,
  type EventOutcomeKind,
  isNormal,
  LIFE,
  type LifeAction,
  type LifeInput,
  type LifeNotice,
  type LifeSettings,
  live,
  type MoveAction,
  type MoveInput,
  moveAddresses,
  NO_MOVES,
  NOT_STARTED,
  type NodeLife,
} from '@fallover/events';
import type { Component, ComponentEvents, ComponentOrigin, EventOutcome, RunOptions } from './component-events.ts';
import type { StartedComponents } from './started-components.ts';

export interface Timers {
  /** Calls it once; returns how to call it off. */
  after(ms: number, call: () => void): () => void;
}

export interface NodeLivesParts {
  events: Pick<ComponentEvents, 'components' | 'run'>;
  /**
   * By which cluster services run on this node, so that what it serves may be started. With another one than before it was lost
   * meanwhile, and others serve what it did: it begins anew.
   */
  membership(): number | undefined;
  timers: Timers;
  /** Which components were begun and not shut down since; it outlasts the daemon. */
  started: StartedComponents;
  settings?: LifeSettings;
  /** EventScriptTimeout, of shutdown too. */
  timeoutMs?: number;
  /** The notification scripts are to be run. */
  tell(component: Component, notice: LifeNotice): void;
  /** The life has gone on: its phase or its health. `outcome`: the event by whose end it did. */
  changed(component: Component, life: NodeLife, outcome: EventOutcome | undefined): void;
  failed(error: unknown): void;
}

/** The life of this node in each component that Fallover drives; what an administrator runs in one goes through it. */
export interface NodeLives {
  /** Starts what is to be driven, and shuts down what is not any more. Call it whenever one of the two may have changed. */
  look(): void;
  life(component: string): NodeLife | undefined;
  /** Its shutdown is not over yet: it is driven, is being shut down, or was begun by an earlier daemon. */
  owesShutdown(component: string): boolean;
  /**
   * Before an event that a person runs: in a driven component a startrecovery comes before any takeip or releaseip, and one
   * recovered after all. Resolves when the event may be asked for; whoever asks for it says then how it ended.
   */
  enter(component: string, event: string): Promise<Entered>;
  /** Runs shutdown in every component that is driven; resolves when all are through, or when their time is over. */
  close(): Promise<void>;
}

export type Entered =
  | { ok: true; leave(outcome: EventOutcomeKind): void }
  /** The startrecovery before it has failed, with this outcome: the event is not to be run. */
  | { ok: false; recovery?: EventOutcome };

/** As an earlier daemon left it; how far it had come does not matter to a shutdown. */
const LEFT_RUNNING: NodeLife = { ...NOT_STARTED, phase: 'running' };
const ORIGIN: ComponentOrigin = { kind: 'cluster_manager', name: 'life of the node' };
/** For the script that ends by KILL after the deadline, and for what is written of it. */
const GRACE_MS = 5_000;

export function nodeLives(parts: NodeLivesParts): NodeLives {
  const { events, timers, settings = LIFE, timeoutMs = EVENT_SCRIPT_TIMEOUT_MS } = parts;
  const driven = new Map<string, Driven>();
  let closing = false;

  interface Driven {
    component: Component;
    /** With which it began; undefined where that was an earlier daemon. */
    membership: number | undefined;
    life: NodeLife;
    moves: Moves;
    callOff: (() => void) | undefined;
    over: (() => void)[];
  }

  function take(one: Driven, input: LifeInput, outcome?: EventOutcome): void {
    const step = live(one.life, input, settings);
    const isChanged = step.life !== one.life;
    one.life = step.life;
    if (isChanged) parts.changed(one.component, one.life, outcome);
    // A wait that was for something else is over with it.
    if (step.actions.length > 0) one.callOff?.();
    for (const action of step.actions) carryOut(one, action);
  }

  function carryOut(one: Driven, action: LifeAction): void {
    switch (action.kind) {
      case 'run': {
        const { event } = action;
        events
          .run(one.component.name, event, [], { origin: ORIGIN, timeoutMs })
          .then((outcome) => take(one, { kind: 'ended', event, outcome: outcome.outcome }, outcome))
          .catch((error: unknown) => {
            parts.failed(error);
            take(one, { kind: 'ended', event, outcome: 'interrupted' });
          });
        return;
      }
      case 'wait':
        one.callOff = timers.after(action.ms, () => {
          one.callOff = undefined;
          take(one, { kind: 'due', normal: one.moves.isNormal() });
        });
        return;
      case 'tell':
        parts.tell(one.component, action.notice);
        return;
      case 'over':
        driven.delete(one.component.name);
        forget(one.component.name);
        for (const resolve of one.over) resolve();
    }
  }

  /** What cannot be written is run once too often: scripts bear a shutdown too many, and nobody ends what a missing one leaves. */
  function forget(component: string): void {
    try {
      parts.started.remove(component);
    } catch (error) {
      parts.failed(error);
    }
  }

  function look(): void {
    if (closing) return;
    const membership = parts.membership();
    const wanted = new Map(events.components().flatMap((one) => (one.mode === 'driven' ? [[one.name, one]] : [])));
    for (const one of driven.values()) {
      const component = wanted.get(one.component.name);
      if (component && one.membership === membership) one.component = component;
      else take(one, { kind: 'stop' });
    }
    shutDownWhatIsLeft(wanted);
    if (membership === undefined) return;
    for (const component of wanted.values()) {
      if (driven.has(component.name)) continue; // also one that still shuts down: it is started when that is over
      // Before anything of it runs, so that no death of the daemon loses that it has to be shut down.
      parts.started.add(component.name);
      take(enlist(component, membership, NOT_STARTED), { kind: 'start' });
    }
  }

  /** What an earlier daemon began and did not shut down before it died begins anew where it is still driven; else this is its shutdown. */
  function shutDownWhatIsLeft(wanted: ReadonlyMap<string, Component>): void {
    for (const name of parts.started.all()) {
      if (driven.has(name) || wanted.has(name)) continue;
      const component = events.components().find((one) => one.name === name);
      if (component) take(enlist(component, undefined, LEFT_RUNNING), { kind: 'stop' });
      else forget(name); // Its directory is not there any more, and so no script that could end anything.
    }
  }

  function enlist(component: Component, membership: number | undefined, life: NodeLife): Driven {
    const one: Driven = { component, membership, life, moves: movesOf(component.name), callOff: undefined, over: [look] };
    driven.set(component.name, one);
    return one;
  }

  function movesOf(component: string): Moves {
    return addressMoves((event, args, options) => events.run(component, event, args, options), parts.failed);
  }

  return {
    look,
    life: (component) => driven.get(component)?.life,
    owesShutdown: (component) => driven.has(component) || parts.started.has(component),
    enter: async (component, event) => driven.get(component)?.moves.enter(event) ?? { ok: true, leave() {} },
    async close() {
      closing = true;
      const all = [...driven.values()].map(
        (one) =>
          new Promise<void>((resolve) => {
            one.over.push(resolve);
            take(one, { kind: 'stop' });
          }),
      );
      if (all.length === 0) return;
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const callOff = timers.after(timeoutMs + GRACE_MS, resolve);
      await Promise.race([Promise.all(all), late]);
      callOff();
    },
  };
}

interface Moves {
  isNormal(): boolean;
  enter(event: string): Promise<Entered>;
}

/** Carries out the rule of recoveries; see `moveAddresses`. */
function addressMoves(
  run: (event: string, args: string[], options: RunOptions) => Promise<EventOutcome>,
  failed: (error: unknown) => void,
): Moves {
  let moves: AddressMoves = NO_MOVES;
  let last = 0;
  const waiting = new Map<number, (entered: Entered) => void>();

  /** `outcome`: of a startrecovery of its own, for those that are given up because of it. */
  function take(input: MoveInput, outcome?: EventOutcome): void {
    const step = moveAddresses(moves, input);
    moves = step.moves;
    for (const action of step.actions) carryOut(action, outcome);
  }

  function carryOut(action: MoveAction, outcome: EventOutcome | undefined): void {
    if (action.kind === 'run_own') {
      const { event } = action;
      run(event, [], { origin: ORIGIN })
        .then((ended) => take({ kind: 'ended', event, outcome: ended.outcome, own: true }, ended))
        .catch((error: unknown) => {
          failed(error);
          take({ kind: 'ended', event, outcome: 'interrupted', own: true });
        });
      return;
    }
    const { id, event } = action.asked;
    const enter = waiting.get(id);
    waiting.delete(id);
    if (action.kind === 'give_up') enter?.({ ok: false, ...(outcome ? { recovery: outcome } : {}) });
    else enter?.({ ok: true, leave: (ended) => take({ kind: 'ended', event, outcome: ended }) });
  }

  return {
    isNormal: () => isNormal(moves),
    enter: (event) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        take({ kind: 'asked', asked: { id: last, event } });
      }),
  };
}
