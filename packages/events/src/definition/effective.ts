import type {
  CustomEvent,
  DefinitionDocument,
  EffectiveCustomization,
  EventCustomization,
  Field,
  ResolvedCustomEvent,
} from './types.ts';

/** The value that holds on a node: its own where it has one, else the cluster's. */
export function valueOn<Value>(field: Field<Value> | undefined, node: string): Value | undefined {
  const nodes = field?.nodes ?? {};
  return (Object.hasOwn(nodes, node) ? nodes[node] : undefined) ?? field?.cluster;
}

/** What is configured for an event on a node; nothing at all when the event is not customised. */
export function effectiveCustomization(document: DefinitionDocument, event: string, node: string): EffectiveCustomization {
  const found = document.entries.find((entry) => entry.class === 'event' && entry.name === event);
  const fields = (found?.fields ?? {}) as EventCustomization;
  const resolve = (names: string[] | undefined): ResolvedCustomEvent[] =>
    (names ?? []).map((name) => withScript(name, scriptOf(document, name, node)));
  const eventCommand = valueOn(fields.eventCommand, node);
  const notifyCommand = valueOn(fields.notifyCommand, node);
  const recoveryCommand = valueOn(fields.recoveryCommand, node);
  const timeUntilWarning = valueOn(fields.timeUntilWarning, node);
  return {
    ...(eventCommand === undefined ? {} : { eventCommand }),
    ...(notifyCommand === undefined ? {} : { notifyCommand }),
    preEvents: resolve(valueOn(fields.preEventCommand, node)),
    postEvents: resolve(valueOn(fields.postEventCommand, node)),
    ...(recoveryCommand === undefined ? {} : { recoveryCommand }),
    recoveryCounter: valueOn(fields.recoveryCounter, node) ?? 0,
    failOnPrePost: valueOn(fields.failOnPrePost, node) ?? false,
    ...(timeUntilWarning === undefined ? {} : { timeUntilWarning }),
  };
}

function scriptOf(document: DefinitionDocument, name: string, node: string): string | undefined {
  const found = document.entries.find((entry) => entry.class === 'custom_event' && entry.name === name);
  return valueOn((found?.fields as CustomEvent | undefined)?.script, node);
}

const withScript = (name: string, script: string | undefined): ResolvedCustomEvent =>
  script === undefined ? { name } : { name, script };
