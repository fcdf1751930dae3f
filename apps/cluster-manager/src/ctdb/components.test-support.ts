import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neverRunLine, noDirectoryLine, runLine, statusLine } from '@fallover/events';
import type { Executor } from '../executor/executor.ts';
import { startLauncher } from '../executor/executor-client.ts';
import { endProcesses, findProcesses } from '../executor/leftover-processes.ts';
import { readLeftovers } from '../executor/leftovers.ts';
import { runIds } from '../runs/clock.ts';
import { componentList } from './component-list.ts';
import { type Components, components } from './components.ts';
import { componentsDirectory } from './declared-components.ts';
import { openResults, type Results } from './results.ts';

/** A base with components, and what a daemon has to run their events: a real launcher, a real database. */
export interface Base {
  base: string;
  state: string;
  /** `c/10.a.script` or, below share, `share/c/10.a.script`; executable unless another mode is given. */
  write(file: string, text: string, mode?: number): void;
  path(file: string): string;
  start(): Promise<Daemon>;
  remove(): Promise<void>;
}

export interface Daemon {
  components: Components;
  results: Results;
  list: ReturnType<typeof componentList>;
  launcher: Executor;
  log: string[];
  /** As `ctdb event run` prints it, and its exit status. */
  run(seconds: number, component: string, event: string, ...args: string[]): Promise<string>;
  /** As `ctdb event status` prints it, with SECONDS and DATE, and its exit status. */
  status(component: string, event: string): string;
  stop(): Promise<void>;
}

export function makeBase(): Base {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'fallover-ctdb-')));
  const base = join(directory, 'base');
  const state = join(directory, 'state');
  for (const path of [base, join(base, 'events'), join(base, 'share')]) mkdirSync(path, { mode: 0o755 });
  mkdirSync(componentsDirectory(state), { recursive: true, mode: 0o700 });
  const daemons = new Set<Daemon>();
  const path = (file: string): string =>
    file.startsWith('share/') ? join(base, 'share/events', file.slice('share/'.length)) : join(base, 'events', file);
  return {
    base,
    state,
    path,
    write(file, text, mode = 0o755) {
      const at = path(file);
      mkdirSync(join(at, '..'), { recursive: true, mode: 0o755 });
      writeFileSync(at, text);
      chmodSync(at, mode);
    },
    async start() {
      const log: string[] = [];
      await readLeftovers(state);
      const launcher = await startLauncher({
        stateDirectory: state,
        node: 'nodea',
        cluster: 'shop',
        log: (line) => log.push(line),
      });
      const results = openResults(join(componentsDirectory(state), 'results.db'));
      const list = componentList(state, base);
      const stopped = new AbortController();
      const made = components({
        ...{ list, executor: launcher, results, stateDirectory: state },
        newRunId: runIds({ wall: Date.now }),
        now: Date.now,
        clock: () => performance.now(),
        changed() {},
        log: (sentence) => log.push(sentence),
        failed: (error) => log.push(String(error)),
        endProcesses: async (script) => void (await endProcesses(state, script, 100)),
        isRunning: (script) => findProcesses(state, script).length > 0,
        stopped: stopped.signal,
      });
      made.takeUp();
      const daemon: Daemon = {
        components: made,
        ...{ results, list, launcher, log },
        async run(seconds, component, event, ...args) {
          const { outcome, result } = await made.run(component, event, args, {
            timeoutMs: seconds * 1000,
            origin: { kind: 'person', name: 'anna' },
          });
          return `${runLine(component, event, outcome)}${result}`;
        },
        status(component, event) {
          if (!list.find(component).ok) return `${noDirectoryLine(component)}2`;
          const kept = results.status(component, event);
          if (!kept) return `${neverRunLine(component, event)}22`;
          const lines = kept.scripts.flatMap(({ status, summary = 0, script, output }) =>
            status
              ? [statusLine({ script, output, errno: -summary, status, startedAt: 'DATE' }).replace(' 0.000 ', ' SECONDS ')]
              : [],
          );
          return `${lines.join('')}${Math.abs(kept.scripts.find(({ summary }) => summary !== 0 && summary !== -8)?.summary ?? 0)}`;
        },
        async stop() {
          if (!daemons.delete(daemon)) return;
          stopped.abort();
          await launcher.close();
          results.close();
        },
      };
      daemons.add(daemon);
      return daemon;
    },
    async remove() {
      for (const daemon of daemons) await daemon.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const shell = (...lines: string[]): string => ['#!/bin/sh', ...lines, ''].join('\n');
