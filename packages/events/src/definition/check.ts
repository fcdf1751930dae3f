import { findEvent, PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { type InputCheck, textFault, unknownEvent } from '../catalogue/check-arguments.ts';
import type { PredefinedEvent } from '../catalogue/types.ts';
import { parseFilePathname, parseName } from '../names.ts';
import { substitutionFaults } from '../notification/message-text.ts';
import { parseProgram } from '../recovery-programs/parse-program.ts';
import { predefinedPrograms } from '../recovery-programs/predefined.ts';
import { CHILD_EVENTS } from '../runs/plan.ts';
import type { InputFault, InputWarning } from '../wording/input.ts';
import { isEmpty } from './canonical.ts';
import {
  commandFaults,
  each,
  numberFaults,
  ofTheCluster,
  pathnameFaults,
  programFaults,
  type ValueFaults,
} from './check-values.ts';
import { valueOn } from './effective.ts';
import { type NameIndex, nameIndex } from './names-of.ts';
import type { CustomEvent, EventCustomization, Field } from './types.ts';

export interface DefinitionContext {
  /** The names of all custom events of the draft. */
  customEvents: readonly string[] | NameIndex;
  nodes: readonly string[] | NameIndex;
}

/** Checks what an administrator configures for a predefined event, each node's own values included. */
export function checkEventCustomization(event: string, fields: EventCustomization, context: DefinitionContext): InputCheck {
  const found = findEvent(event);
  if (!found) return { faults: [unknownEvent(event)], warnings: [] };
  const faults = [
    ...each('eventCommand', fields.eventCommand, context, commandFaults),
    ...each('notifyCommand', fields.notifyCommand, context, commandFaults),
    ...each('notificationText', fields.notificationText, context, (text, field) =>
      [textFault(text, field) ?? substitutionFaults(text, field)].flat(),
    ),
    ...each('notificationLocation', fields.notificationLocation, context, pathnameFaults(parseFilePathname)),
    ...each('preEventCommand', fields.preEventCommand, context, customEventFaults(context)),
    ...each('postEventCommand', fields.postEventCommand, context, customEventFaults(context)),
    ...each('recoveryCommand', fields.recoveryCommand, context, commandFaults),
    ...each('recoveryCounter', fields.recoveryCounter, context, numberFaults),
    ...each('failOnPrePost', fields.failOnPrePost, context, () => []),
    ...each('timeUntilWarning', fields.timeUntilWarning, context, numberFaults),
    ...ofTheCluster('recoveryProgram', fields.recoveryProgram, programFaults),
  ];
  return { faults, warnings: customizationWarnings(found, fields, context.nodes) };
}

/** Checks a custom event: its name, and a script on every node. */
export function checkCustomEvent(name: string, fields: CustomEvent, context: Pick<DefinitionContext, 'nodes'>): InputCheck {
  const named = parseName(name, 'name');
  const predefined: InputFault[] = findEvent(name) ? [{ code: 'name_of_a_predefined_event', field: 'name', text: name }] : [];
  return {
    faults: [
      ...(named.ok ? predefined : [named.error]),
      ...each('description', fields.description, context, (text, field) => [textFault(text, field) ?? []].flat()),
      ...each('script', fields.script, context, commandFaults),
      ...whereValuesHold(context.nodes, fields, (node) => isEmpty(given(fields.script, node))).map(
        (place): InputFault => ({ code: 'script_missing', field: 'script', ...place }),
      ),
    ],
    warnings: [],
  };
}

function customEventFaults({ customEvents }: DefinitionContext): ValueFaults<string[]> {
  const known = nameIndex(customEvents);
  return (names, field) => {
    const listed = new Set<string>();
    return names.flatMap((text): InputFault[] => {
      if (listed.has(text)) return [{ code: 'custom_event_listed_twice', field, text }];
      listed.add(text);
      if (known.has(text)) return [];
      const suggestion = known.nearest(text);
      return [{ code: 'custom_event_not_defined', field, text, ...(suggestion === undefined ? {} : { suggestion }) }];
    });
  };
}

function customizationWarnings(
  { name: event, eventClass, underParallelProcessing }: PredefinedEvent,
  fields: EventCustomization,
  nodes: DefinitionContext['nodes'],
): InputWarning[] {
  const child = (CHILD_EVENTS as readonly string[]).includes(event);
  const isGiven = (field: keyof EventCustomization): boolean =>
    whereValuesHold(nodes, fields, (node) => !isEmpty(given(fields[field] as Field<unknown>, node))).length > 0;
  const warnings: InputWarning[] = [];
  if (isGiven('eventCommand')) warnings.push({ code: 'event_command_replaced', field: 'eventCommand', event });
  if (underParallelProcessing === 'never')
    for (const field of ['preEventCommand', 'postEventCommand'] as const)
      if (isGiven(field)) warnings.push({ code: 'does_not_occur_in_parallel', field, event, occurring: PER_LIST });
  if (child && isGiven('recoveryCommand')) warnings.push({ code: 'never_recovered', field: 'recoveryCommand', event });
  if (!child) warnings.push(...recoveryWarnings(fields, nodes));
  if (isGiven('timeUntilWarning')) {
    if (child) warnings.push({ code: 'never_warned_about', field: 'timeUntilWarning', event });
    else if (eventClass === 'sub_event') warnings.push({ code: 'only_warned_about_by_itself', field: 'timeUntilWarning', event });
  }
  return [...warnings, ...programWarnings(event, fields.recoveryProgram?.cluster)];
}

const PER_LIST = PREDEFINED_EVENTS.filter((event) => event.underParallelProcessing === 'per_list').map(({ name }) => name);

/** Only a root event has a program: what others call, and what runs beside the queue, has none. */
function programWarnings(event: string, text: string | undefined): InputWarning[] {
  const read = text === undefined || isEmpty(text) ? undefined : parseProgram(text);
  if (!read?.ok) return [];
  const field = 'recoveryProgram';
  if ((CHILD_EVENTS as readonly string[]).includes(event)) return [{ code: 'program_of_a_child', field, event }];
  const ways = predefinedPrograms(event).flatMap(({ how }) => how ?? []);
  const isLeftOut = read.value.flat().every(({ command }) => command !== event);
  return [
    { code: 'program_replaced', field, event, ways },
    ...(isLeftOut ? [{ code: 'program_without_its_event' as const, field, event }] : []),
  ];
}

function recoveryWarnings(fields: EventCustomization, nodes: DefinitionContext['nodes']): InputWarning[] {
  const hasCommand = (node: string): boolean => !isEmpty(given(fields.recoveryCommand, node));
  const counter = (node: string): number => given(fields.recoveryCounter, node) ?? 0;
  return [
    ...whereValuesHold(nodes, fields, (node) => hasCommand(node) && counter(node) === 0).map(
      (place): InputWarning => ({ code: 'recovery_command_without_counter', field: 'recoveryCommand', ...place }),
    ),
    ...whereValuesHold(nodes, fields, (node) => !hasCommand(node) && counter(node) > 0).map(
      (place): InputWarning => ({ code: 'recovery_counter_without_command', field: 'recoveryCounter', ...place }),
    ),
  ];
}

/** What holds on a node when emptied values do not count. */
function given<Value>(field: Field<Value> | undefined, node: string): Value | undefined {
  const own = valueOn({ nodes: field?.nodes ?? {} }, node) as Value | undefined;
  return isEmpty(own) ? field?.cluster : own;
}

/** One place without a node when it holds on all nodes, else one for each node on which it does. */
export function whereItHolds(nodes: readonly string[], holds: (node: string) => boolean): { node?: string }[] {
  return placesOf(nodes, nodes.filter(holds));
}

/** A name that no node has: what holds on it holds on every node that has no value of its own. */
const ANY_OTHER = '';

/** The same of something that is told by the values of an entry alone: nodes without values of their own are not asked one by one. */
function whereValuesHold(
  nodes: DefinitionContext['nodes'],
  fields: EventCustomization | CustomEvent,
  holds: (node: string) => boolean,
): { node?: string }[] {
  const { list, has } = nameIndex(nodes);
  const own = new Set<string>();
  for (const field of Object.values(fields as Record<string, Field<unknown> | undefined>))
    if (field?.nodes) for (const node of Object.keys(field.nodes)) own.add(node);
  const found = holds(ANY_OTHER)
    ? list.filter((node) => !own.has(node) || holds(node))
    : [...own].filter((node) => has(node) && holds(node));
  return placesOf(list, found);
}

const placesOf = (nodes: readonly string[], found: readonly string[]): { node?: string }[] =>
  found.length === nodes.length && found.length > 0 ? [{}] : found.map((node) => ({ node }));
