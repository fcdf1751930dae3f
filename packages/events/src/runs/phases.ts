import { hasSucceeded, isOver } from './pipeline.ts';
import type { PipelineState, RunState } from './types.ts';

/**
 * A node in a phase. `waits`: it has done its part and stands at the barrier. `stopped`: its step failed or was interrupted, and
 * a person has to decide. `skipped`: the run ended before it came to this.
 */
export const PHASE_NODE_STATES = ['not_reached', 'runs', 'waits', 'passed', 'stopped', 'skipped', 'lost'] as const;
export type PhaseNodeState = (typeof PHASE_NODE_STATES)[number];

/** The barrier behind a phase; the last one is the end of the run. */
export const BARRIER_STATES = ['not_reached', 'waits', 'passed'] as const;
export type BarrierState = (typeof BARRIER_STATES)[number];

/** One phase of a run, with its place in every lane. */
export interface PhaseView {
  /** From 1, as in the ids of steps. */
  index: number;
  /** What is run, each once, with its arguments; `path` where the program names a full pathname. */
  commands: { event: string; path?: string; args: string[]; nodes: string[] }[];
  /** A lane for each node of the run, in the same order in every phase. */
  lanes: { node: string; state: PhaseNodeState; scopes: string[] }[];
  barrier: BarrierState;
}

/** Whom the barrier that is now before the nodes waits for, and for which step, running or next. */
export interface WaitedFor {
  node: string;
  key: string;
  /** Its id, once it has been started. */
  step?: string;
  event: string;
  customEvent?: string;
}

/** A run as lanes and phases. A node in whose lane nothing is to be done in a phase stands at its barrier at once. */
export function phasesOf(run: RunState): { nodes: string[]; phases: PhaseView[]; waitingFor: WaitedFor[] } {
  const nodes = nodesOf(run);
  const phases = run.plan.program.map((planned, at): PhaseView => {
    const keyed = new Map<string, PhaseView['commands'][number]>();
    for (const { event, args, node, steps } of planned) {
      const path = steps[0]?.kind === 'command' ? steps[0].command : undefined;
      const key = JSON.stringify([event, path, args]);
      const command = keyed.get(key) ?? { event, ...(path === undefined ? {} : { path }), args, nodes: [] };
      keyed.set(key, { ...command, nodes: [...new Set([...command.nodes, node])] });
    }
    return {
      index: at + 1,
      commands: [...keyed.values()],
      lanes: nodes.map((node) => {
        const scopes = planned.filter((pipeline) => pipeline.node === node).map(({ scope }) => scope);
        return { node, scopes, state: stateIn(run, at, node, scopes) };
      }),
      barrier: barrierBehind(run, at),
    };
  });
  return { nodes, phases, waitingFor: waitedFor(run) };
}

/** Those that take part, and whoever else has something to do. */
const nodesOf = ({ plan }: RunState): string[] => [
  ...new Set([...(plan.participants ?? []).map(({ node }) => node), ...plan.program.flat().map(({ node }) => node)]),
];

function barrierBehind(run: RunState, at: number): BarrierState {
  if (run.phase > at) return 'passed';
  // Behind a run that was skipped or failed for good nobody passes any further barrier.
  return run.phase === at && run.state !== 'ended' ? 'waits' : 'not_reached';
}

function stateIn(run: RunState, at: number, node: string, scopes: readonly string[]): PhaseNodeState {
  const pipelines = scopes.flatMap((scope) => run.pipelines[scope] ?? []);
  if (pipelines.some(({ lost }) => lost)) return 'lost';
  const isLost = run.lost.some((other) => other.node === node);
  const isDone = pipelines.length === scopes.length && scopes.length > 0 && pipelines.every(hasEnded);
  if (at < run.phase) return isLost && !isDone ? 'lost' : 'passed';
  // It may have ended its part of this phase before it was lost; it has no part in the later ones.
  if (isLost && !(at === run.phase && isDone)) return 'lost';
  if (at > run.phase) return run.state === 'ended' ? 'skipped' : 'not_reached';
  if (pipelines.some(hasStopped)) return run.state === 'running' && pipelines.some(isAtWork) ? 'runs' : 'stopped';
  if (run.state === 'ended') return pipelines.every(hasEnded) ? 'passed' : 'skipped';
  return pipelines.every(hasEnded) ? 'waits' : 'runs';
}

const hasEnded = (pipeline: PipelineState): boolean => isOver(pipeline) && !pipeline.interrupted;
const hasStopped = (pipeline: PipelineState): boolean => pipeline.interrupted || (isOver(pipeline) && !hasSucceeded(pipeline));
const isAtWork = (pipeline: PipelineState): boolean => !isOver(pipeline) && !pipeline.interrupted;

/** Nobody waits for a node that was lost; and once a step has failed the run waits for a person. */
function waitedFor(run: RunState): WaitedFor[] {
  if (run.state !== 'running') return [];
  return (run.plan.program[run.phase] ?? []).flatMap(({ scope, node, event }) => {
    const pipeline = run.pipelines[scope];
    if (!pipeline || pipeline.lost || !isAtWork(pipeline)) return [];
    const step = pipeline.running?.step ?? pipeline.left[0];
    if (!step) return [];
    const { key, customEvent } = step;
    return [
      {
        node,
        key,
        event,
        ...(pipeline.running ? { step: pipeline.running.id } : {}),
        ...(customEvent === undefined ? {} : { customEvent }),
      },
    ];
  });
}
