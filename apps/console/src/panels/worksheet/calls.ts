import type { CustomEventView, EventView } from '@fallover/contract';
import {
  argumentsOf,
  CHILD_EVENTS,
  type DefinitionDocument,
  type Entry,
  labelOf,
  type PipelineStep,
  planPipeline,
  type StepKind,
} from '@fallover/events';
import type { Finding } from '../../smit/definition/use-definition-form.ts';
import type { Fields } from '../../smit/definition/values.ts';

/** One command as it will be called; `STATUS` stands where the status will. */
export interface Call {
  kind: StepKind;
  key: string;
  customEvent?: string;
  argv: string[];
  /** The event's own command runs; or there is nothing to run, because the custom event has no script on this node. */
  runs: 'command' | 'built_in' | 'nothing';
  /** It runs only after the event command has failed, so many times at most. */
  atMost?: number;
}

interface Called {
  event: string;
  args: string[];
  node: string;
  cluster: string;
  fields: Fields;
  customEvents: readonly CustomEventView[];
}

/** Every step of the event on this node, in order: made by the planner that makes the runs. */
export function callsOf({ event, args, node, cluster, fields, customEvents }: Called): Call[] {
  const entries = [
    { class: 'event', name: event, fields },
    ...customEvents.flatMap(({ name, draft }) => (draft ? [{ class: 'custom_event', name, fields: draft.fields }] : [])),
  ] as Entry[];
  const document: DefinitionDocument = { format: 1, cluster, entries };
  const pipeline = planPipeline({ scope: 'worksheet', node, event, args, expectedStatus: 0, document });
  const retries = (CHILD_EVENTS as readonly string[]).includes(event) ? 0 : pipeline.recoveryCounter;
  const call = ({ kind, key, command, customEvent }: PipelineStep): Call => ({
    kind,
    key,
    ...(customEvent === undefined ? {} : { customEvent }),
    argv: [command ?? customEvent ?? event, ...argumentsOf({ kind, event, args, status: 'STATUS' })],
    runs: command !== undefined ? 'command' : kind === 'event' ? 'built_in' : 'nothing',
  });
  return pipeline.steps.flatMap((step) =>
    step.kind === 'event' && pipeline.recovery && retries > 0
      ? [call(step), { ...call(pipeline.recovery), atMost: retries }]
      : [call(step)],
  );
}

/** What is typed without the values that the rules refuse, and the labels of those. */
export function withoutRefused(fields: Fields, faults: readonly Finding[]): { fields: Fields; refused: string[] } {
  const kept: Fields = structuredClone(fields);
  for (const { field, node } of faults) {
    const value = kept[field];
    if (value && node === undefined) delete value.cluster;
    else if (value?.nodes && node !== undefined) delete value.nodes[node];
  }
  return { fields: kept, refused: [...new Set(faults.map(({ field }) => labelOf(field)))] };
}

/** Arguments to show a call with: what is chosen; else, where it is required, this node, the first choice or the argument's own name. */
export function sampleArguments(
  list: EventView['arguments'],
  chosen: Record<string, string>,
  node: string,
): Record<string, string> {
  return Object.fromEntries(
    list.map(({ name, kind, required, choices }) => {
      const sample = kind === 'node' || kind === 'node_or_all' ? node : (choices?.[0] ?? name);
      return [name, chosen[name] ?? (required ? sample : '')];
    }),
  );
}
