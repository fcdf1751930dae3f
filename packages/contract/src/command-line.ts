import {
  CLMGR_ATTRIBUTES,
  CUSTOM_EVENT_FIELDS,
  type CustomEvent,
  type CustomEventField,
  cleanFields,
  EVENT_FIELDS,
  type EventCustomization,
  type EventField,
} from '@fallover/events';
import type { loadExample, synchronise } from './changes.ts';
import type { changeCustomEvent, changeEventCustomization } from './configuration.ts';
import type { BodyOf } from './endpoint.ts';
import type { abortRun, endProcesses, recover, runEvent } from './runs.ts';

type Fields = EventCustomization | CustomEvent;
type FieldName = EventField | CustomEventField;

/** For each write the lines of `fallover` that do the same; `before` is what the entry said before it, where that is known. */
const LINES = {
  runEvent: ({ body }: { body: BodyOf<typeof runEvent> }) => [runLine(body)],
  abortRun: ({ parameters: { run }, body: { step } }: { parameters: { run: string }; body: BodyOf<typeof abortRun> }) => [
    line('abort', run, ...(step === undefined ? [] : [step])),
  ],
  recover: ({ body: { run, as = 'skip', cancelQueue } }: { body: BodyOf<typeof recover> }) => [
    line(
      'recover',
      ...(run === undefined ? [] : [run]),
      ...(as === 'skip' ? [] : ['--as', as]),
      ...(cancelQueue ? ['--cancel-queue'] : []),
    ),
  ],
  endProcesses: ({ parameters, body }: { parameters: { run: string }; body: BodyOf<typeof endProcesses> }) => [
    line('end-processes', parameters.run, body.step),
  ],
  changeEventCustomization: (
    { parameters: { event }, body }: { parameters: { event: string }; body: BodyOf<typeof changeEventCustomization> },
    before?: Fields,
  ) => attributeLines(['modify', 'event', event], EVENT_FIELDS, body.fields as EventCustomization, before),
  changeCustomEvent: (
    { parameters: { name }, body }: { parameters: { name: string }; body: BodyOf<typeof changeCustomEvent> },
    before?: Fields,
  ) => customEventLines(name, body.revision, body.fields as CustomEvent, before),
  deleteCustomEvent: ({ parameters: { name } }: { parameters: { name: string } }) => [line('delete', 'event', name)],
  synchronise: ({ body: { comment } }: { body: BodyOf<typeof synchronise> }) => [
    line('sync', ...(comment === undefined ? [] : comment.startsWith('-') ? [`--comment=${comment}`] : ['--comment', comment])),
  ],
  loadExample: (_: { body: BodyOf<typeof loadExample> }) => [line('load-example')],
} as const;

export type CommandName = keyof typeof LINES;
export type CommandInput<Name extends CommandName> = Parameters<(typeof LINES)[Name]>[0];

export const hasCommandLine = (endpoint: string): endpoint is CommandName => Object.hasOwn(LINES, endpoint);

/**
 * The exact lines of `fallover` that do the same as a request to this endpoint; none when it changes nothing. Of an entry only
 * what differs from `before`; without that all its attributes, those too that are emptied.
 */
export function commandLine<Name extends CommandName>(endpoint: Name, input: CommandInput<Name>, before?: Fields): string[] {
  const lines = LINES[endpoint] as (input: CommandInput<Name>, before?: Fields) => string[];
  return lines(input, before);
}

/** A word as `sh` reads it back; one that needs no quotes has none. */
export const shellWord = (word: string): string =>
  /^[A-Za-z0-9_@%+:,./=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const line = (...words: string[]): string => ['fallover', ...words.map(shellWord)].join(' ');

/** Behind EVENT every word but three is an argument; behind `--` those are too. */
function runLine({ event, args, node, drill }: BodyOf<typeof runEvent>): string {
  const options = [...(node === undefined ? [] : ['--node', node]), ...(drill ? ['--drill'] : [])];
  const looksLikeOption = args.some((arg) => arg.startsWith('--'));
  return line('run', ...options, event, ...(looksLikeOption ? ['--'] : []), ...args);
}

function customEventLines(name: string, revision: number, fields: CustomEvent, before?: Fields): string[] {
  if (revision > 0) return attributeLines(['modify', 'event', name], CUSTOM_EVENT_FIELDS, fields, before);
  const [first, ...others] = attributeLines(['add', 'event', name], CUSTOM_EVENT_FIELDS, fields, {});
  return [first ?? line('add', 'event', name), ...others.map((other) => other.replace('fallover add', 'fallover modify'))];
}

/** A line for the cluster's values, and one for each node that has values of its own. */
function attributeLines(verb: string[], names: readonly FieldName[], fields: Fields, before?: Fields): string[] {
  const now = cleanFields(fields) as Values;
  const then = before && (cleanFields(before) as Values);
  const nodes = new Set(
    [now, then ?? {}].flatMap((values) => Object.values(values).flatMap(({ nodes = {} }) => Object.keys(nodes))),
  );
  const words = (valueIn: (values: Values, name: FieldName) => unknown, all: boolean): string[] =>
    names.flatMap((name) => {
      const [value, old] = [now, then ?? {}].map((values) => printed(valueIn(values, name))) as [string, string];
      if (value === old && !all) return [];
      return [`${CLMGR_ATTRIBUTES[name]}=${value === '' ? '' : shellWord(value)}`];
    });
  const wholeCluster = words((values, name) => values[name]?.cluster, then === undefined);
  return [
    ...(wholeCluster.length === 0 ? [] : [[line(...verb), ...wholeCluster].join(' ')]),
    ...[...nodes].sort().flatMap((node) => {
      const own = words((values, name) => values[name]?.nodes?.[node], false);
      return own.length === 0 ? [] : [[line(...verb), `NODE=${shellWord(node)}`, ...own].join(' ')];
    }),
  ];
}

type Values = { [Name in FieldName]?: { cluster?: unknown; nodes?: Record<string, unknown> } };

const printed = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : value === undefined ? '' : String(value));
