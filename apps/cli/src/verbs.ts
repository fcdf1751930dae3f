import type { RunVerb } from './shell.ts';

export interface Verb {
  name: string;
  usage: readonly string[];
  /** One sentence for the list of verbs. */
  summary: string;
  /** More for the verb's own help. */
  help?: readonly string[];
  /** An event's arguments follow: from EVENT on, nothing is an option of the shell's. */
  eventArguments?: true;
  /** What it exits with when it is not carried out; 2 or 3 unless said. */
  notRun?: 125;
  /** Only what is used is loaded, so that every verb starts fast. */
  load(): Promise<RunVerb>;
}

const EVENT_ATTRIBUTES = [
  'Attributes of a predefined event: COMMAND NOTIFYCOMMAND NOTIFICATIONTEXT NOTIFICATIONLOCATION PREEVENTCOMMAND',
  'POSTEVENTCOMMAND RECOVERYCOMMAND RECOVERYCOUNTER FAILONPREPOST TIMEUNTILWARNING (full pathnames; names of custom events, blank-separated; true or false; seconds).',
  'Attributes of a custom event: FILE (full pathname of its script) and DESCRIPTION.',
  'NODE=nodea sets the value of that node; ATTR= empties it. Changes land in the draft; "fallover sync" makes it active.',
];

const FOLLOWED_BY_ARGUMENTS =
  'Behind EVENT only these are options; every other word, such as -1, is an argument. Behind "--" all are.';

export const VERBS: readonly Verb[] = [
  {
    name: 'start',
    usage: [
      'fallover start [--listen HOST:PORT] [--state DIR] [--node NAME] [--cluster NAME] [--store sqlite:]',
      '               [--tls-cert FILE --tls-key FILE | --behind-tls-proxy] [--allow-host NAME]…',
      '               [--keep-days 30] [--keep-gb 10]',
    ],
    summary: 'Starts the cluster manager of this node.',
    help: [
      'It listens on 127.0.0.1:8770 unless told; beyond loopback only with TLS or behind a proxy that has it.',
      'The same as environment variables: FALLOVER_LISTEN, FALLOVER_STATE, FALLOVER_NODE, FALLOVER_CLUSTER, FALLOVER_STORE,',
      'FALLOVER_TLS_CERT, FALLOVER_TLS_KEY, FALLOVER_BEHIND_TLS_PROXY, FALLOVER_ALLOW_HOST (names separated by commas), FALLOVER_KEEP_DAYS, FALLOVER_KEEP_GB.',
      'Runs that ended are kept with their output for so many days, and as long as all output is not more than so many GB.',
    ],
    load: async () => (await import('./verbs/start.ts')).start,
  },
  {
    name: 'query',
    usage: ['fallover query event|custom|run|cluster|node|configuration|audit [NAME] [--json]'],
    summary: 'Shows what is configured, runs or has run.',
    help: [
      'query event [NAME]     the predefined and custom events; of one, what it is and what the draft says of it',
      'query custom [NAME]    the custom events alone',
      'query run [RUN]        the newest runs; of one, its steps',
      'query cluster          the cluster, its state, what runs and what waits',
      'query node [NAME]      the nodes',
      'query configuration    the active revision, and what is not synchronised',
      'query audit            the audit trail; exits with 1 when its chain of hashes is broken',
    ],
    load: async () => (await import('./verbs/query.ts')).query,
  },
  {
    name: 'add',
    usage: ['fallover add event NAME FILE=PATH [DESCRIPTION=TEXT] [--json]'],
    summary: 'Adds a custom event: a script with a name, to serve as pre- or post-event.',
    help: EVENT_ATTRIBUTES,
    load: async () => (await import('./verbs/event.ts')).add,
  },
  {
    name: 'modify',
    usage: ['fallover modify event NAME ATTR=VALUE… [NODE=NAME] [--json]'],
    summary: 'Changes what is customised on a predefined event, or a custom event.',
    help: EVENT_ATTRIBUTES,
    load: async () => (await import('./verbs/event.ts')).modify,
  },
  {
    name: 'delete',
    usage: ['fallover delete event NAME'],
    summary: 'Deletes a custom event from the draft.',
    load: async () => (await import('./verbs/event.ts')).remove,
  },
  {
    name: 'sync',
    usage: ['fallover sync [--comment TEXT] [--json]'],
    summary: 'Makes the draft active, as a new revision.',
    load: async () => (await import('./verbs/configuration.ts')).sync,
  },
  {
    name: 'load-example',
    usage: ['fallover load-example [--json]'],
    summary: 'Puts a sample configuration with harmless scripts in, on an empty cluster only.',
    load: async () => (await import('./verbs/configuration.ts')).loadExample,
  },
  {
    name: 'run',
    usage: ['fallover run EVENT [ARG…] [--node NODE] [--drill] [--json] [--]'],
    summary: "Runs an event, shows its steps as they go, exits with the event's status.",
    help: [
      FOLLOWED_BY_ARGUMENTS,
      'Exits with 125 when Fallover itself refused or found no daemon. Ctrl-C leaves the event running.',
    ],
    eventArguments: true,
    notRun: 125,
    load: async () => (await import('./verbs/run.ts')).run,
  },
  {
    name: 'emulate',
    usage: ['fallover emulate EVENT [ARG…] [--draft] [--json] [--]'],
    summary: 'Shows who would run what, in which order; runs nothing.',
    help: [FOLLOWED_BY_ARGUMENTS, 'The active configuration is emulated; with --draft what is not synchronised yet.'],
    eventArguments: true,
    load: async () => (await import('./verbs/emulate.ts')).emulate,
  },
  {
    name: 'call-event',
    usage: ['fallover call-event EVENT [ARG…]'],
    summary: "Calls a sub-event from the script of a step that runs; exits with the sub-event's status.",
    help: ['Reads FALLOVER_STEP and FALLOVER_STATE, which a step has. Exits with 125 when Fallover itself refused.'],
    eventArguments: true,
    notRun: 125,
    load: async () => (await import('./verbs/call-event.ts')).callEvent,
  },
  {
    name: 'abort',
    usage: ['fallover abort RUN [STEP] [--json]'],
    summary: 'Ends the steps of a run that run now, or one of them; the event then fails as aborted.',
    help: ['RUN may be the beginning or the end of its id, of at least 6 characters; STEP the end of its id, such as event/1.'],
    load: async () => (await import('./verbs/runs.ts')).abort,
  },
  {
    name: 'recover',
    usage: ['fallover recover [RUN] [--as skip|succeeded|again] [--cancel-queue] [--json]'],
    summary: 'Recovers from script failure: says what the failed or interrupted step counts as.',
    help: [
      'skip (the default) skips the rest of the event and lists the skipped steps; succeeded counts the step as succeeded;',
      'again runs it again. With --cancel-queue the events that wait are cancelled too.',
    ],
    load: async () => (await import('./verbs/runs.ts')).recover,
  },
  {
    name: 'end-processes',
    usage: ['fallover end-processes RUN STEP [--json]'],
    summary: 'Ends the processes that an interrupted step left running.',
    load: async () => (await import('./verbs/runs.ts')).endProcesses,
  },
  {
    name: 'summaries',
    usage: ['fallover summaries [--days 7] [--file hacmp.out…] [--node NAME] [--event EVENT] [--json] [--save FILE]'],
    summary: 'Shows event summaries, compiled from hacmp.out; with --file it needs no daemon.',
    load: async () => (await import('./verbs/summaries.ts')).summaries,
  },
];

/** The words for help and version that stand in a verb's place. */
export const HELP_WORDS: readonly string[] = ['help', '--help', '-h'];
export const VERSION_WORDS: readonly string[] = ['version', '--version', '-V'];
