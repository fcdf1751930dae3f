import type { EmulatedPhase, PlannedCommand } from '@fallover/contract';
import {
  argumentsOf,
  type DefinitionDocument,
  environmentOf,
  hasOwnCommand,
  type PlannedPipeline,
  planPipeline,
  type RunPlan,
  stepId,
  subEventScope,
} from '@fallover/events';
import { commandDirectoryOf } from '../executor/state-files.ts';
import { subEventsOf } from '../runs/built-in.ts';

/** Nothing of an emulated run is kept, so it needs no id of its own. */
export const EMULATED_RUN = '00000000-0000-7000-8000-000000000000';

/** The words that stand for what is known only once it runs. */
const RUN = 'RUN';
const STATE = 'STATE';
const TOKEN = 'TOKEN';

interface Viewer {
  node: string;
  stateDirectory: string;
}

/** Every command of a plan, in order, with the sub-events of built-in commands. */
export const previewOf = (plan: RunPlan, document: DefinitionDocument, viewer: Viewer): PlannedCommand[] =>
  plan.program.flatMap((phase, index) =>
    phase.flatMap((pipeline) => commandsOf(pipeline, { phase: index + 1, plan, document, viewer })),
  );

interface Around {
  phase: number;
  plan: RunPlan;
  document: DefinitionDocument;
  viewer: Viewer;
}

/** What a pipeline would call; STATUS stands where the status will. */
function commandsOf(pipeline: PlannedPipeline, around: Around): PlannedCommand[] {
  const { node, event, args } = pipeline;
  return pipeline.steps.flatMap((step): PlannedCommand[] => {
    const builtIn = step.kind === 'event' && step.command === undefined;
    const show = ({ kind, key, command, customEvent }: typeof step, atMost?: number): PlannedCommand => ({
      phase: around.phase,
      node,
      event,
      kind,
      key,
      argv: [command ?? event, ...argumentsOf({ kind, event, args, status: 'STATUS' })],
      builtIn: kind === 'event' && builtIn,
      ...(customEvent === undefined ? {} : { customEvent }),
      ...(atMost === undefined ? {} : { atMost }),
      ...(hasOwnCommand(around.document, pipeline, kind, customEvent) ? { own: true } : {}),
      ...(command === undefined ? {} : { environment: environment(pipeline, { kind, key }, around) }),
    });
    if (step.kind !== 'event') return [show(step)];
    const caller = stepId(pipeline.scope, step.key, 1);
    const subEvents = builtIn ? subEventsOf(event, args) : [];
    const called = subEvents.flatMap((name, index) => {
      const sub = { scope: subEventScope(caller, index + 1, name), node, event: name, args: [], expectedStatus: 0 };
      return commandsOf(planPipeline({ ...sub, document: around.document }), around);
    });
    const { recovery, recoveryCounter } = pipeline;
    return [show(step), ...called, ...(recovery && recoveryCounter > 0 ? [show(recovery, recoveryCounter)] : [])];
  });
}

function environment(
  { scope, node, event, args }: PlannedPipeline,
  { kind, key }: Pick<PlannedPipeline['steps'][number], 'kind' | 'key'>,
  { plan, viewer }: Around,
): Record<string, string> {
  const stateDirectory = node === viewer.node ? viewer.stateDirectory : STATE;
  return {
    ...environmentOf({
      kind,
      event,
      args,
      status: 'STATUS',
      step: stepId(scope, key, 1).replace(plan.id, RUN),
      node,
      cluster: plan.cluster,
      stateDirectory,
      commandDirectory: commandDirectoryOf(stateDirectory),
      membership: plan.membership,
      failedNode: plan.failedNode,
      drill: plan.drill,
    }),
    FALLOVER_TOKEN: TOKEN,
  };
}

/** A plan as lanes and phases: every phase has the same lanes in the same order. */
export function phasesOfPlan({ program, participants }: RunPlan): EmulatedPhase[] {
  const all = [...(participants ?? []), ...program.flat()].map(({ node }) => node);
  const nodes = [...new Set(all)].sort();
  return program.map((phase, index) => {
    const commands = new Map<string, EmulatedPhase['commands'][number]>();
    for (const { event, args, node, expectedStatus, steps } of phase) {
      // A pathname of the program runs without the pipeline of an event.
      const path = steps.some(({ kind }) => kind === 'event') ? undefined : steps[0]?.command;
      const key = JSON.stringify([event, path, args, expectedStatus]);
      const known = commands.get(key)?.nodes ?? [];
      const nodes = [...new Set([...known, node])];
      commands.set(key, { event, ...(path === undefined ? {} : { path }), args, expectedStatus, nodes });
    }
    return {
      index: index + 1,
      commands: [...commands.values()],
      lanes: nodes.map((node) => ({
        node,
        pipelines: phase
          .filter((pipeline) => pipeline.node === node)
          .map(({ event, timeUntilWarning, failOnPrePost, recoveryCounter }) => ({
            event,
            ...(timeUntilWarning === undefined ? {} : { timeUntilWarning }),
            failOnPrePost,
            recoveryCounter,
          })),
      })),
      waitsFor: [...new Set(phase.map(({ node }) => node))],
    };
  });
}
