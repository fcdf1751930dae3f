import type { EventView, RunSummary } from '@fallover/contract';
import type { EntryClass } from '@fallover/events';

type Argument = EventView['arguments'][number];

/** The words after the event's name. An empty one ends them; `several` takes one word from each line. */
export function argumentsFrom(list: readonly Argument[], typed: Record<string, string>): string[] {
  const args: string[] = [];
  for (const argument of list) {
    const value = (typed[argument.name] ?? '').trim();
    if (argument.several)
      return [
        ...args,
        ...value
          .split(/\n/)
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      ];
    if (value === '') return args;
    args.push(value);
  }
  return args;
}

/** What has to stand in the entries so that these are the words. */
export function typedFrom(list: readonly Argument[], args: readonly string[]): Record<string, string> {
  const entered = list.slice(0, args.length);
  return Object.fromEntries(
    entered.map(({ name, several }, index) => [name, several ? args.slice(index).join('\n') : (args[index] ?? '')]),
  );
}

export const missingArguments = (list: readonly Argument[], typed: Record<string, string>): string[] =>
  list.filter(({ name, required }) => required && (typed[name] ?? '').trim() === '').map(({ name }) => name);

const CLASSES: Readonly<Record<string, readonly EntryClass[]>> = {
  node: ['node'],
  node_or_all: ['node'],
  network: ['network'],
  network_interface: ['interface', 'service_label'],
  service_label: ['service_label'],
  site: ['site'],
};

/** The classes of entries whose names an argument of this kind may be. */
export const classesOf = (kind: string): readonly EntryClass[] => CLASSES[kind] ?? [];

/** Kinds whose values are names that come again and again. */
const NAMES = new Set(['network', 'network_interface', 'service_label', 'site', 'resource_group', 'application_server']);

/** For each kind of argument the values that earlier runs were given, the latest first. */
export function valuesUsedBefore(
  events: readonly Pick<EventView, 'name' | 'arguments'>[],
  runs: readonly Pick<RunSummary, 'event' | 'args'>[],
): Record<string, string[]> {
  const known = new Map(events.map((event) => [event.name, event.arguments]));
  const values: Record<string, Set<string>> = {};
  for (const { event, args } of runs) {
    const list = known.get(event) ?? [];
    for (const [index, value] of args.entries()) {
      const kind = (list[index] ?? list.findLast(({ several }) => several))?.kind;
      if (kind === undefined || !NAMES.has(kind)) continue;
      values[kind] ??= new Set();
      values[kind].add(value);
    }
  }
  return Object.fromEntries(Object.entries(values).map(([kind, all]) => [kind, [...all]]));
}

/** The line of F6 Command. `--` keeps an argument that looks like an option an argument. */
export function runWords(event: string, args: readonly string[], options: { node?: string; drill: boolean }): string[] {
  const given = [...(options.node ? ['--node', options.node] : []), ...(options.drill ? ['--drill'] : [])];
  return ['fallover', 'run', event, ...given, ...asArguments(args)];
}

/** What `fallover emulate` is told besides the event. */
export interface EmulateOptions {
  draft?: boolean;
  byHand?: boolean;
  nodes?: readonly string[];
}

const emulateOptions = ({ draft, byHand, nodes = [] }: EmulateOptions): string[] => [
  ...(byHand ? ['--by-hand'] : []),
  ...(nodes.length === 0 ? [] : ['--nodes', nodes.join(',')]),
  ...(draft ? ['--draft'] : []),
];

export const emulateWords = (event: string, args: readonly string[], options: EmulateOptions): string[] => [
  'fallover',
  'emulate',
  event,
  ...emulateOptions(options),
  ...asArguments(args),
];

export const nodeDiesWords = (node: string, options: Omit<EmulateOptions, 'byHand'>): string[] => [
  'fallover',
  'emulate',
  '--node-dies',
  node,
  ...emulateOptions(options),
];

const asArguments = (args: readonly string[]): string[] => [...(args.some((arg) => arg.startsWith('--')) ? ['--'] : []), ...args];

/** An event with its arguments as they stand in the URL of a panel that runs or emulates it. */
export const eventSearch = (event: string, args: readonly string[]): string =>
  new URLSearchParams([['event', event], ...args.map((arg) => ['arg', arg])]).toString();
