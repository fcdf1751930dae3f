import { FOLLOWED_BY_ARGUMENTS } from './words.ts';
import type { Verb } from '../verb.ts';

/** Events and their runs: run, foresee, report, end, recover. */
export const EVENT_VERBS: readonly Verb[] = [
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
    load: async () => (await import('../verbs/run.ts')).run,
  },
  {
    name: 'emulate',
    usage: [
      'fallover emulate EVENT [ARG…] [--nodes A,B] [--by-hand | --node NODE] [--draft] [--json] [--]',
      'fallover emulate --node-dies NODE [--nodes A,B] [--draft] [--json]',
    ],
    summary: 'Shows who would run what, in which order, past which barriers; or what follows if a node dies. Runs nothing.',
    help: [
      FOLLOWED_BY_ARGUMENTS,
      'EVENT is shown as it is processed when it happens, by its recovery program; with --by-hand as "fallover run" does it, with',
      '--node on that node alone. --node-dies says what follows if the node dies now: who notices, who coordinates, whether it is',
      'fenced, what waits or is rolled up, and its node_down on the others.',
      'The cluster is taken as it is now; with --nodes as if these nodes, and no others, were its members.',
      'The active configuration is emulated; with --draft what is not synchronised yet. Words in capitals stand for what is known only',
      'when it runs: STATUS, TOKEN, RUN, and STATE for the state directory of another node. What a script calls by itself with',
      '"fallover call-event" is not known before it runs.',
    ],
    eventArguments: true,
    load: async () => (await import('../verbs/emulate.ts')).emulate,
  },
  {
    name: 'call-event',
    usage: ['fallover call-event EVENT [ARG…]'],
    summary: "Calls a sub-event from the script of a step that runs; exits with the sub-event's status.",
    help: ['Reads FALLOVER_STEP and FALLOVER_STATE, which a step has. Exits with 125 when Fallover itself refused.'],
    eventArguments: true,
    notRun: 125,
    load: async () => (await import('../verbs/call-event.ts')).callEvent,
  },
  {
    name: 'report',
    usage: ['fallover report EVENT [ARG…] --source S --id ID [--json] [--]'],
    summary: 'Reports an event that other software has seen: queued like any other, once for each source and id.',
    help: [
      'For scripts of Pacemaker, keepalived, PowerHA and the like; examples/reports has some. S is a name, such as pacemaker; ID is up',
      'to 200 printable characters, the same ones whenever the same thing is reported again. A repeat within 24 hours queues nothing.',
      'It does not wait for the event. Exits with 0 when it is queued, or was; 1 when it may be taken later (too many reports);',
      '2 when it is refused; 3 when no cluster manager was reached. After 1 and 3 report it again, by the same id.',
      FOLLOWED_BY_ARGUMENTS,
    ],
    eventArguments: true,
    load: async () => (await import('../verbs/report.ts')).report,
  },
  {
    name: 'abort',
    usage: ['fallover abort RUN [STEP] [--json]'],
    summary: 'Ends the steps of a run that run now, or one of them; the event then fails as aborted.',
    help: ['RUN may be the beginning or the end of its id, of at least 6 characters; STEP the end of its id, such as event/1.'],
    load: async () => (await import('../verbs/runs.ts')).abort,
  },
  {
    name: 'recover',
    usage: ['fallover recover [RUN] [--as skip|succeeded|again] [--cancel-queue] [--json]'],
    summary: 'Recovers from script failure: says what the failed or interrupted step counts as.',
    help: [
      'skip (the default) skips the rest of the event and lists the skipped steps; succeeded counts the step as succeeded;',
      'again runs it again. With --cancel-queue the events that wait are cancelled too.',
    ],
    load: async () => (await import('../verbs/runs.ts')).recover,
  },
  {
    name: 'end-processes',
    usage: ['fallover end-processes RUN STEP [--json]'],
    summary: 'Ends the processes that an interrupted step left running.',
    load: async () => (await import('../verbs/runs.ts')).endProcesses,
  },
];
