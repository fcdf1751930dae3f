import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptExecutor } from '../executor/executor.ts';
import { endProcesses, findProcesses } from '../executor/leftover-processes.ts';
import { componentList } from './component-list.ts';
import { type ComponentFacts, type ComponentPeer, factsOf } from './component-peers.ts';
import { type Components, components } from './components.ts';
import { componentsDirectory } from './declared-components.ts';
import type { Entered } from './node-lives.ts';
import { openResults, type Results } from './results.ts';
import { type ComponentUseCases, componentUseCases } from './use-cases.ts';
import type { ComponentHealthView } from './views.ts';

export interface OpenComponentsParts {
  node: string;
  stateDirectory: string;
  /** `--ctdb-base`. */
  base: string | undefined;
  executor: ScriptExecutor;
  newRunId(): string;
  now(): number;
  changed(): void;
  log(sentence: string): void;
  failed(error: unknown): void;
  /** The other nodes that can be asked what is in a directory of theirs. */
  others?(): readonly ComponentPeer[];
  /** How whoever drives or observes a component sees its health, and lets a person's event in. */
  health?(component: string): ComponentHealthView | undefined;
  enter?(component: string, event: string): Promise<Entered>;
  /** Of a component that is driven or was until now: its shutdown is not over yet. */
  owesShutdown?(component: string): boolean;
  /** Told of what an administrator has declared. */
  declared?(): void;
}

export interface OpenedComponents {
  events: Components;
  results: Results;
  useCases: ComponentUseCases;
  /** For a node that compares its own with this. */
  inspect(component: string): ComponentFacts;
  /** Nothing more is recorded; what runs is for the launcher to finish and for the next daemon to take up. */
  close(): void;
}

const GRACE_MS = 2_000;

/** The components of this node, and what earlier daemons have left of their events. */
export function openComponents(parts: OpenComponentsParts): OpenedComponents {
  const { node, stateDirectory, base, executor, newRunId, now, changed, log, failed } = parts;
  mkdirSync(componentsDirectory(stateDirectory), { recursive: true, mode: 0o700 });
  const list = componentList(stateDirectory, base);
  const results = openResults(join(componentsDirectory(stateDirectory), 'results.db'));
  const stopped = new AbortController();
  const events = components({
    ...{ list, executor, results, stateDirectory, newRunId, now, changed, log, failed },
    clock: () => performance.now(),
    endProcesses: async (script) => void (await endProcesses(stateDirectory, script, GRACE_MS)),
    isRunning: (script) => findProcesses(stateDirectory, script).length > 0,
    stopped: stopped.signal,
  });
  events.takeUp();
  return {
    ...{ events, results },
    useCases: componentUseCases({
      ...{ node, list, components: events, results, now },
      changed,
      declared: () => parts.declared?.(),
      owesShutdown: (component) => parts.owesShutdown?.(component) ?? false,
      health: parts.health ?? (() => undefined),
      others: parts.others ?? (() => []),
      ...(parts.enter ? { enter: parts.enter } : {}),
    }),
    inspect(name) {
      const found = list.find(name);
      return found.ok ? factsOf(found.value) : {};
    },
    close() {
      stopped.abort();
      results.close();
    },
  };
}
