import { createHash } from 'node:crypto';
import {
  argumentsOf,
  canonicalPlan,
  checkArguments,
  destructionOf,
  type EffectiveMethod,
  knownNames,
  methodsOf,
  ok,
  type PlannedPipeline,
  planPipeline,
  type RunPlan,
} from '@fallover/events';
import type { UseCase } from '../http/use-cases.ts';
import { planQueued } from '../queue/event-queue.ts';
import { subEventsOf } from './built-in.ts';
import type { Clock } from './clock.ts';
import { invalid, worded } from './refusals.ts';
import type { ActiveDocument } from './resume.ts';

export interface EmulatorParts {
  node: string;
  clock: Clock;
  active(): Promise<ActiveDocument>;
  draft(): Promise<ActiveDocument>;
  /** Those of a remote notification method, as its contact says. */
  recipients(method: EffectiveMethod): string[];
}

/** Event Emulation: the planner that runs events, with no executor behind it. */
export interface Emulator {
  emulate: UseCase<'emulate'>;
  /** Of what the event would run now. */
  hashOf(event: string, args: string[]): Promise<string>;
}

export function emulator({ node, clock, active, draft, recipients }: EmulatorParts): Emulator {
  const planOf = (event: string, args: string[], definition: ActiveDocument): RunPlan => {
    const origin = { kind: 'person', name: '' } as const;
    return planQueued({ run: EMULATED_RUN, event, args, origin, drill: false, acceptedAt: clock.now() }, [node], definition);
  };

  return {
    async emulate({ body }) {
      const { event, args } = body;
      const definition = await (body.draft ? draft() : active());
      const { faults, warnings } = checkArguments(event, args, knownNames(definition.document, [node]));
      if (faults.length > 0) return invalid(faults);
      const plan = planOf(event, args, definition);
      const steps = plan.program.flatMap((phase, index) =>
        phase.flatMap((pipeline) => preview(pipeline, index + 1, definition.document)),
      );
      const destruction = destructionOf(event, args, [node]);
      return ok({
        steps,
        notifications: wouldBeTold(definition.document, new Set([event, ...steps.map((step) => step.event)]), recipients),
        hash: planHash(plan),
        destructive: destruction !== undefined,
        ...(destruction ? { destructiveReason: destruction.reason, typeToConfirm: destruction.typeToConfirm } : {}),
        warnings: warnings.map(worded),
      });
    },
    hashOf: async (event, args) => planHash(planOf(event, args, await active())),
  };
}

/** The methods that the events are bound to; `event_error` and `config_too_long` come only when something goes wrong. */
const wouldBeTold = (
  document: ActiveDocument['document'],
  events: ReadonlySet<string>,
  recipients: EmulatorParts['recipients'],
) =>
  methodsOf(document).flatMap((method) => {
    const bound = method.events.filter((event) => events.has(event));
    if (bound.length === 0) return [];
    return [
      {
        method: method.name,
        events: bound,
        moments: [...method.when],
        recipients: recipients(method).filter((to) => to !== ''),
        escalatesTo: method.escalation.map((step) => step.method),
      },
    ];
  });

const planHash = (plan: RunPlan): string => createHash('sha256').update(canonicalPlan(plan)).digest('hex');

/** Nothing of an emulated run is kept, so it needs no id of its own. */
const EMULATED_RUN = '00000000-0000-7000-8000-000000000000';

type Preview = Extract<Awaited<ReturnType<Emulator['emulate']>>, { ok: true }>['value']['steps'];

/** What a pipeline would call, with the sub-events of its built-in command; STATUS stands where the status will. */
function preview(pipeline: PlannedPipeline, phase: number, document: ActiveDocument['document']): Preview {
  const { node, event, args } = pipeline;
  return pipeline.steps.flatMap((step): Preview => {
    const builtIn = step.kind === 'event' && step.command === undefined;
    const show = ({ kind, key, command, customEvent }: typeof step, atMost?: number): Preview[number] => ({
      phase,
      node,
      event,
      kind,
      key,
      argv: [command ?? event, ...argumentsOf({ kind, event, args, status: 'STATUS' })],
      builtIn,
      ...(customEvent === undefined ? {} : { customEvent }),
      ...(atMost === undefined ? {} : { atMost }),
    });
    if (step.kind !== 'event') return [show(step)];
    const subEvents = builtIn ? subEventsOf(event, args) : [];
    const called = subEvents.flatMap((name) => {
      const sub = { scope: `${pipeline.scope}/event/1/1.${name}`, node, event: name, args: [], expectedStatus: 0 };
      return preview(planPipeline({ ...sub, document }), phase, document);
    });
    const { recovery, recoveryCounter } = pipeline;
    return [show(step), ...called, ...(recovery && recoveryCounter > 0 ? [show(recovery, recoveryCounter)] : [])];
  });
}
