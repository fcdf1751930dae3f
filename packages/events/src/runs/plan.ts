import { defaultTimeUntilWarning as standardTime, findEvent } from '../catalogue/catalogue.ts';
import type { EventClass } from '../catalogue/types.ts';
import { effectiveCustomization } from '../definition/effective.ts';
import type { DefinitionDocument, ResolvedCustomEvent } from '../definition/types.ts';
import type { ExpectedStatus, Origin, PipelineStep, PlannedPhase, PlannedPipeline, RunPlan } from './types.ts';

/** Events that run beside the queue as children of a run: no recovery command, no time until warning of their own. */
export const CHILD_EVENTS = ['event_error', 'config_too_long'] as const;

/** One recovery command of a program, bound to a node. */
export interface BoundCommand {
  node: string;
  /** The event whose pipeline it is; of a full pathname the event whose program names it. */
  event: string;
  args: string[];
  expectedStatus: ExpectedStatus;
  /** A full pathname: it runs alone, without notify, pre-, post-event or recovery. The number is its place in the program, from 1. */
  named?: { path: string; number: number };
}

/** On one node every event's program is `all "EVENT" 0 NULL`. */
export const programOn = (nodes: readonly string[], event: string, args: readonly string[]): BoundCommand[][] => [
  nodes.map((node) => ({ node, event, args: [...args], expectedStatus: 0 })),
];

export interface RunRequest {
  id: string;
  event: string;
  args: string[];
  eventClass: EventClass;
  origin: Origin;
  parent?: string;
  drill: boolean;
  revision: { number: number; hash: string };
  document: DefinitionDocument;
  acceptedAt: string;
  membership: { before: string[]; after: string[] };
  failedNode?: string;
  program: BoundCommand[][];
  /** Seconds that hold for the event when it has no value of its own. Another one that its program names has its own standard. */
  defaultTimeUntilWarning: number;
}

/** What will run, before anything does: the same plan is previewed, emulated, recorded and executed. */
export function planRun(request: RunRequest): RunPlan {
  const { document, program, defaultTimeUntilWarning, ...facts } = request;
  const child = request.parent !== undefined;
  const phases = program.map(
    (commands, index): PlannedPhase =>
      commands.map((command, at) => {
        const earlier = commands.slice(0, at).filter(({ node }) => node === command.node).length;
        const scope = `${request.id}/${index + 1}${earlier === 0 ? '' : `.${earlier + 1}`}/${command.node}`;
        const pipeline = planPipeline({ ...command, scope, document });
        if (child) return withoutRecovery(pipeline);
        const own = effectiveCustomization(document, command.event, command.node).timeUntilWarning;
        const other = command.event === request.event ? undefined : findEvent(command.event);
        return { ...pipeline, timeUntilWarning: own ?? (other ? standardTime(other) : defaultTimeUntilWarning) };
      }),
  );
  return { ...facts, cluster: document.cluster, program: phases };
}

/** The event pipeline of one event on one node (DOMAIN.md section 1). */
export function planPipeline({
  document,
  named,
  ...command
}: BoundCommand & { scope: string; document: DefinitionDocument }): PlannedPipeline {
  if (named) {
    const step: PipelineStep = { kind: 'command', key: `command.${named.number}`, command: named.path };
    return { ...command, steps: [step], recoveryCounter: 0, failOnPrePost: false };
  }
  const custom = effectiveCustomization(document, command.event, command.node);
  const event: PipelineStep = { kind: 'event', key: 'event', ...path(custom.eventCommand) };
  const bare = { ...command, steps: [event], recoveryCounter: 0, failOnPrePost: false };
  if (isForced(command)) return bare;
  const notify = (kind: 'notify_start' | 'notify_complete'): PipelineStep[] =>
    custom.notifyCommand === undefined ? [] : [{ kind, key: kind, command: custom.notifyCommand }];
  const numbered = (kind: 'pre_event' | 'post_event', events: ResolvedCustomEvent[]): PipelineStep[] =>
    events.map(({ name, script }, index) => ({ kind, key: `${kind}.${index + 1}`, customEvent: name, ...path(script) }));
  return {
    ...bare,
    steps: [
      ...notify('notify_start'),
      ...numbered('pre_event', custom.preEvents),
      event,
      ...numbered('post_event', custom.postEvents),
      ...notify('notify_complete'),
    ],
    ...(custom.recoveryCommand === undefined
      ? {}
      : { recovery: { kind: 'recovery', key: 'recovery', command: custom.recoveryCommand } as const }),
    recoveryCounter: custom.recoveryCounter,
    failOnPrePost: custom.failOnPrePost,
  };
}

/** `node_down … forced` runs no notify, pre-, post-event or recovery command; `node_down_complete` does. */
const isForced = ({ event, args }: { event: string; args: readonly string[] }): boolean =>
  event === 'node_down' && args.slice(1).includes('forced');

function withoutRecovery({ recovery: _, ...pipeline }: PlannedPipeline): PlannedPipeline {
  return { ...pipeline, recoveryCounter: 0 };
}

const path = (command: string | undefined): { command?: string } => (command === undefined ? {} : { command });
