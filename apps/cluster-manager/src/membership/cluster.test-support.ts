import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DefinitionDocument, findEvent, planRun, programOn, type RunPlan, type RunRecord } from '@fallover/events';
import type { ClusterStore, QueuedEvent } from '@fallover/store';
import { type Journal, openJournal } from '../journal/journal.ts';
import { runIds, systemClock } from '../runs/clock.ts';
import { settleSteps, takeUpRuns } from '../runs/resume.ts';
import type { StepTools } from '../runs/engine.ts';
import type { StepStarter } from '../runs/step-starter.ts';
import { leaseKeeping } from './lease-keeper.ts';
import { type ManyNodes, manyNodes } from './many-nodes.ts';

/** What a node of a test did: the witness that the product does not write. */
export interface Witnessed {
  node: string;
  step: string;
  token: number;
  startedAt: number;
  endedAt?: number;
}

export interface TestNode extends ManyNodes {
  node: string;
  /** As kill -9: nothing of it goes on, its lease ends by itself. */
  kill(): void;
  records(run: string): RunRecord[];
  journal: Journal;
  troubles: string[];
}

export interface TestClusterSettings {
  store: ClusterStore;
  /** As this node reaches it. */
  storeOf?(node: string): ClusterStore;
  nodes: readonly string[];
  ttlMs?: number;
  /** How long a step takes, and with which status it ends. */
  step?(step: string): { ms: number; status: number };
  document?: DefinitionDocument;
  program?(event: QueuedEvent, nodes: readonly string[]): ReturnType<typeof programOn>;
  /** The planner, instead of a program alone. */
  plan?(event: QueuedEvent, participants: readonly { node: string; membership: number }[]): RunPlan;
  fence?: Parameters<typeof manyNodes>[0]['fence'];
  /** Who starts the steps of a node, instead of timers. */
  steps?(node: string, tools: StepTools): StepStarter;
  /** A node takes its lease to live until then, in milliseconds of `performance.now`. */
  deadline?(node: string, lease: string, at: number): void;
}

export interface TestCluster {
  nodes: Map<string, TestNode>;
  witness: Witnessed[];
  start(node: string): TestNode;
  run(event: string, ...args: string[]): Promise<string>;
  /** As a monitor does it. */
  report(event: string, ...args: string[]): Promise<string>;
  /** Waits until it holds; fails after a while with what is there. */
  until(what: string, holds: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>;
  close(): Promise<void>;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});
const EMPTY: DefinitionDocument = { format: 1, cluster: 'payroll', entries: [] };

/** Node managers on one store in one process, with real journals; commands are timers. */
export function testCluster(settings: TestClusterSettings): TestCluster {
  const { store, document = EMPTY, ttlMs = 3_000, step = () => ({ ms: 5, status: 0 }) } = settings;
  const program = settings.program ?? ((event, nodes) => programOn(nodes, event.event, event.args));
  const directory = mkdtempSync(join(tmpdir(), 'fallover-cluster-'));
  const clock = systemClock();
  const newRunId = runIds(clock);
  const witness: Witnessed[] = [];
  const nodes = new Map<string, TestNode>();

  function start(node: string): TestNode {
    const stateDirectory = join(directory, node);
    mkdirSync(stateDirectory, { recursive: true });
    const opened = openJournal(join(stateDirectory, 'journal.db'));
    if (!opened.ok) throw new Error(opened.error.code);
    const journal = opened.value;
    const stopping = new AbortController();
    const troubles: string[] = [];
    const open: NodeJS.Timeout[] = [];
    const plan = (event: QueuedEvent, participants: { node: string; membership: number }[]): RunPlan => {
      const names = participants.map((one) => one.node);
      const { run: id, ...facts } = event;
      return {
        ...planRun({
          ...facts,
          id,
          eventClass: findEvent(event.event)?.eventClass ?? 'user_defined',
          revision: { number: 0, hash: 'none' },
          document,
          membership: { before: names, after: names },
          program: program(event, names),
          defaultTimeUntilWarning: 360,
        }),
        participants,
      };
    };
    let settled: Promise<void> | undefined;
    const manager: ManyNodes = manyNodes({
      node,
      store: settings.storeOf?.(node) ?? store,
      journal,
      clock,
      newRunId,
      ttlMs,
      file: join(stateDirectory, 'membership.json'),
      document: () => ({ protocol: 1, version: 'test', bootId: 'boot' }),
      keep: leaseKeeping({
        stateDirectory,
        bootTime: () => BigInt(Math.round(performance.now() * 1e6)),
        wait: (ms, signal) => (stopping.signal.aborted ? new Promise(() => {}) : pause(ms, signal)),
        deadline: ({ at, lease }) => settings.deadline?.(node, lease, Number(at) / 1e6),
        log: () => {},
      }),
      plan: async (event, participants) => (settings.plan ?? plan)(event, [...participants]),
      fence: settings.fence ?? (async () => ({ fencing: 'not_configured' })),
      settle() {
        const parts = {
          node,
          engine: manager.engine,
          clock,
          leftovers: new Map(),
          watchLeftovers: async () => {},
          forgetLeftovers() {},
        };
        settled ??= settleSteps(parts, manager.engine.all());
        return settled;
      },
      documentOf: async () => document,
      steps: (tools) =>
        settings.steps?.(node, tools) ?? {
          start(run, due, token) {
            const { ms, status } = step(due.id);
            const seen: Witnessed = { node, step: due.id, token: Number(token), startedAt: performance.now() };
            witness.push(seen);
            const timer = setTimeout(() => {
              if (stopping.signal.aborted) return;
              seen.endedAt = performance.now();
              const result = { status, durationMs: ms, outputBytes: 0 };
              void tools.tell(run.id, [{ kind: 'finished', at: clock.now(), step: due.id, result }]).catch(() => {});
            }, ms);
            open.push(timer);
          },
          abort: () => {},
        },
      recorded: () => {},
      changed: () => {},
      activeChanged: () => {},
      clusterChanged: () => {},
      storeTroubled: () => {},
      trouble: (code, reason) => {
        if (reason !== undefined) troubles.push(`${code}: ${reason}`);
      },
      stopped: stopping.signal,
    });
    const started: TestNode = {
      ...manager,
      node,
      troubles,
      journal,
      records: (run) => manager.engine.live(run)?.records ?? journal.records(run),
      kill() {
        stopping.abort();
        for (const timer of open) clearTimeout(timer);
        for (const { warningTimer } of manager.engine.all()) clearTimeout(warningTimer);
        journal.close();
        nodes.delete(node);
      },
    };
    nodes.set(node, started);
    takeUpRuns({ journal, engine: manager.engine, takenUp: () => {} });
    manager.begin();
    return started;
  }

  for (const node of settings.nodes) start(node);
  return {
    nodes,
    witness,
    start,
    async run(event, ...args) {
      const run = newRunId();
      const origin = { kind: 'person', name: 'ada' } as const;
      const queued: QueuedEvent = { run, event, args, origin, drill: false, acceptedAt: clock.now() };
      const request = { id: run, principal: 'ada', digest: run };
      await store.enqueue(request, queued, { status: 201, body: '' });
      return run;
    },
    async report(event, ...args) {
      const run = newRunId();
      const origin = { kind: 'report', name: 'monitor' } as const;
      await store.enqueueOwn({ run, event, args, origin, drill: false, acceptedAt: clock.now() });
      return run;
    },
    async until(what, holds, withinMs = 10_000) {
      const began = performance.now();
      while (!(await holds())) {
        if (performance.now() - began > withinMs) {
          const seen = [...nodes.values()].map(({ node, troubles, view, membership, engine }) => ({
            node,
            troubles,
            own: membership.own(),
            members: [...view.members().keys()],
            coordinator: view.coordinator(),
            documents: [...view.nodes().values()],
            runs: engine
              .all()
              .map(({ state }) => ({ plan: state.plan.event, state: state.state, phase: state.phase, lost: state.lost })),
          }));
          throw new Error(`Not in time: ${what}. ${JSON.stringify(seen, undefined, 1)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async close() {
      for (const node of [...nodes.values()]) node.kill();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
