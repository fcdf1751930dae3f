import {
  type AnyFields,
  attributeOf,
  type CustomEvent,
  classWord,
  type EntryClass,
  type EventCustomization,
} from '@fallover/events';
import type { loadExample, revertChanges, synchronise } from './changes.ts';
import { COMPONENT_LINES } from './component-lines.ts';
import { entryLines, line, lineWithInput, option, placeWord } from './command-words.ts';
import type { changeCustomEvent, changeEventCustomization } from './configuration.ts';
import type { BodyOf } from './endpoint.ts';
import type { changeEntry } from './entries.ts';
import type { importConfiguration } from './exchange.ts';
import type { confirmNodeOff, removeNode, startClusterServices, stopClusterServices } from './nodes.ts';
import type { acknowledgeRun, addSilence, redeliverNotification, testNotificationMethod } from './notification.ts';
import type { addSnapshot, restoreRevision } from './revisions.ts';
import type { abortRun, endProcesses, recover, reportEvent, runEvent } from './runs.ts';
import type { changeScript } from './script-library.ts';
import type { verify } from './verification.ts';

/** The audit trail keeps the lines and is read many entries at once, so that a longer file is not kept in it. */
const LONGEST_KEPT_FILE = 256 * 1024;

type OfEntry = { class: EntryClass; name: string };

/** For each write the lines of `fallover` that do the same; `before` is what the entry said before it, where that is known. */
const LINES = {
  runEvent: ({ body }: { body: BodyOf<typeof runEvent> }) => [runLine(body)],
  reportEvent: ({ body: { event, args, source, id } }: { body: BodyOf<typeof reportEvent> }) => [
    line('report', ...option('source', source), ...option('id', id), ...eventWords(event, args)),
  ],
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
    before?: AnyFields,
  ) => entryLines({ class: 'event', name: event }, body.revision, body.fields as EventCustomization, before),
  changeCustomEvent: (
    { parameters: { name }, body }: { parameters: { name: string }; body: BodyOf<typeof changeCustomEvent> },
    before?: AnyFields,
  ) => entryLines({ class: 'custom_event', name }, body.revision, body.fields as CustomEvent, before),
  deleteCustomEvent: ({ parameters: { name } }: { parameters: { name: string } }) => [line('delete', 'event', name)],
  changeEntry: ({ parameters, body }: { parameters: OfEntry; body: BodyOf<typeof changeEntry> }, before?: AnyFields) =>
    entryLines(parameters, body.revision, body.fields as AnyFields, before),
  deleteEntry: ({ parameters }: { parameters: OfEntry }, before?: AnyFields) =>
    // These two cannot be deleted in the shell: they are there always, with something configured or without.
    parameters.class === 'event' || parameters.class === 'cluster'
      ? entryLines(parameters, 1, {}, before)
      : [line('delete', classWord(parameters.class), parameters.name)],
  changeScript: ({ parameters: { name }, body }: { parameters: { name: string }; body: BodyOf<typeof changeScript> }) => {
    const remark = body.remark === undefined ? [] : [`DESCRIPTION=${body.remark}`];
    return [lineWithInput(line(body.revision === 0 ? 'add' : 'modify', 'script', name, 'FILE=-', ...remark), body.text)];
  },
  startClusterServices: ({ body: { nodes, when = 'now' } }: { body: BodyOf<typeof startClusterServices> }) => [
    line('online', 'node', nodes.join(','), ...whenWord(when)),
  ],
  stopClusterServices: ({ body: { nodes, how, when = 'now' } }: { body: BodyOf<typeof stopClusterServices> }) => [
    line('offline', 'node', nodes.join(','), `MANAGE=${how}`, ...whenWord(when)),
  ],
  // Whoever types this line types the name.
  confirmNodeOff: ({ parameters: { node } }: { parameters: { node: string }; body: BodyOf<typeof confirmNodeOff> }) => [
    line('confirm-off', node),
  ],
  removeNode: ({ parameters: { node } }: { parameters: { node: string }; body: BodyOf<typeof removeNode> }) => [
    line('remove-node', node),
  ],
  verify: ({ body: { of } }: { body: BodyOf<typeof verify> }) => [line('verify', ...(of === 'active' ? ['--active'] : []))],
  revertChanges: ({ body: { changes } }: { body: BodyOf<typeof revertChanges> }) => [revertLine(changes)],
  synchronise: ({ body: { comment, override = [] } }: { body: BodyOf<typeof synchronise> }) => [
    line('sync', ...option('comment', comment), ...override.flatMap((id) => option('override', id))),
  ],
  restoreRevision: ({
    parameters: { number },
    body: { discardChanges },
  }: {
    parameters: { number: number };
    body: BodyOf<typeof restoreRevision>;
  }) => [line('restore', String(number), ...(discardChanges ? ['--discard'] : []))],
  addSnapshot: ({
    parameters: { name },
    body: { revision, remark },
  }: {
    parameters: { name: string };
    body: BodyOf<typeof addSnapshot>;
  }) => [
    line(
      'add',
      'snapshot',
      name,
      ...(revision === undefined ? [] : [`REVISION=${revision}`]),
      ...(remark === undefined || remark === '' ? [] : [`DESCRIPTION=${remark}`]),
    ),
  ],
  deleteSnapshot: ({ parameters: { name } }: { parameters: { name: string } }) => [line('delete', 'snapshot', name)],
  importConfiguration: ({ body }: { body: BodyOf<typeof importConfiguration> }) => (body.dryRun ? [] : applyLines(body)),
  loadExample: (_: { body: BodyOf<typeof loadExample> }) => [line('load-example')],
  testNotificationMethod: ({
    parameters: { name },
    body,
  }: {
    parameters: { name: string };
    body: BodyOf<typeof testNotificationMethod>;
  }) => sendTestLines(name, body),
  acknowledgeRun: ({
    parameters: { run },
    body: { comment },
  }: {
    parameters: { run: string };
    body: BodyOf<typeof acknowledgeRun>;
  }) => [line('acknowledge', run, ...option('comment', comment === '' ? undefined : comment))],
  redeliverNotification: ({
    parameters: { notification },
    body: { all },
  }: {
    parameters: { notification: string };
    body: BodyOf<typeof redeliverNotification>;
  }) => [line('redeliver', notification, ...(all ? ['--all'] : []))],
  addSilence: ({ body: { method, event, minutes, reason } }: { body: BodyOf<typeof addSilence> }) => [
    line(
      'silence',
      ...option('method', method),
      ...option('event', event),
      ...option('minutes', String(minutes)),
      ...(reason.startsWith('-') ? ['--'] : []),
      reason,
    ),
  ],
  ...COMPONENT_LINES,
  endSilence: ({ parameters: { silence } }: { parameters: { silence: string } }) => [line('delete', 'silence', silence)],
} as const;

export type CommandName = keyof typeof LINES;
export type CommandInput<Name extends CommandName> = Parameters<(typeof LINES)[Name]>[0];

export const hasCommandLine = (endpoint: string): endpoint is CommandName => Object.hasOwn(LINES, endpoint);

/**
 * The exact lines of `fallover` that do the same as a request to this endpoint; none when it changes nothing. Of an entry only
 * what differs from `before`; without that all its attributes, those too that are emptied.
 */
export function commandLine<Name extends CommandName>(endpoint: Name, input: CommandInput<Name>, before?: AnyFields): string[] {
  const lines = LINES[endpoint] as (input: CommandInput<Name>, before?: AnyFields) => string[];
  return lines(input, before);
}

/** Behind EVENT as with `run`. Arguments without an event have no place in a line. */
function sendTestLines(method: string, { event, args = [], run, moment }: BodyOf<typeof testNotificationMethod>): string[] {
  if (event === undefined && args.length > 0) return [];
  const options = [...option('moment', moment), ...option('run', run)];
  const words = event === undefined ? args : eventWords(event, args);
  return [line('send-test', ...options, method, ...words)];
}

/** Behind EVENT every word but three is an argument; behind `--` those are too. */
function runLine({ event, args, node, drill }: BodyOf<typeof runEvent>): string {
  const options = [...(node === undefined ? [] : ['--node', node]), ...(drill ? ['--drill'] : [])];
  return line('run', ...options, ...eventWords(event, args));
}

const eventWords = (event: string, args: readonly string[]): string[] => [
  event,
  ...(args.some(looksLikeOption) ? ['--'] : []),
  ...args,
];

const whenWord = (when: string): string[] => (when === 'now' ? [] : [`WHEN=${when}`]);

const looksLikeOption = (arg: string): boolean => arg.startsWith('--');

/** Several changes are taken back by one line, for one of them alone may leave the draft with a fault. */
function revertLine(changes: BodyOf<typeof revertChanges>['changes']): string {
  const [first, ...others] = changes;
  if (!first || others.length > 0) return line('revert', ...changes.map(placeWord));
  const { class: entryClass, name, field, node } = first;
  return line(
    'revert',
    classWord(entryClass),
    name,
    ...(field === undefined ? [] : [attributeOf(field)]),
    ...(node === undefined ? [] : [`NODE=${node}`]),
  );
}

/** The line that reads a text as a file, with the text itself; with `dryRun` only shows what would change. */
export function applyLines({ format, text, whole, dryRun }: BodyOf<typeof importConfiguration>): string[] {
  const length = whole === undefined ? [] : [whole ? '--whole' : '--part'];
  const command = line('apply', '-', ...option('format', format), ...length, ...(dryRun ? ['--dry-run'] : []));
  if (text.length > LONGEST_KEPT_FILE)
    return [
      `# ${command} was given a file of ${text.length} characters; one of more than ${LONGEST_KEPT_FILE} is not kept here.`,
    ];
  return [lineWithInput(command, text)];
}
