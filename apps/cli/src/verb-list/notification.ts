import { FOLLOWED_BY_ARGUMENTS } from './words.ts';
import type { Verb } from '../verb.ts';

/** Remote notification. */
export const NOTIFICATION_VERBS: readonly Verb[] = [
  {
    name: 'send-test',
    usage: ['fallover send-test METHOD [EVENT [ARG…]] [--moment start|success|failure|warning] [--run RUN] [--json] [--]'],
    summary: 'Sends a test notification by a method, shows the conversation as it goes; exits with 0 when all got it.',
    help: [
      'What is sent stands behind >, what comes back behind <, what Fallover has to say behind *; secrets are masked.',
      'The method is taken as it is in the draft, so that it can be tested before it is active. Without EVENT it is about the',
      "method's first event. The data are those of the newest run of the event, or of --run RUN.",
      'Exits with 1 when not everybody got it, with 2 when it was refused, such as a test too soon after another.',
      FOLLOWED_BY_ARGUMENTS,
    ],
    eventArguments: true,
    load: async () => (await import('../verbs/send-test.ts')).sendTest,
  },
  {
    name: 'acknowledge',
    usage: ['fallover acknowledge RUN [COMMENT…] [--json]', 'fallover acknowledge RUN --comment TEXT [--json]'],
    summary: 'Says that you know of a run: nothing about it is escalated any further.',
    help: ['RUN may be the beginning or the end of its id, of at least 6 characters.'],
    load: async () => (await import('../verbs/notification.ts')).acknowledge,
  },
  {
    name: 'redeliver',
    usage: ['fallover redeliver NOTIFICATION [--all] [--json]'],
    summary: 'Sends a notification again to those who did not get it; with --all to all of them.',
    help: ['NOTIFICATION is an id as "fallover query notification" lists it, or its beginning or end of at least 6 characters.'],
    load: async () => (await import('../verbs/notification.ts')).redeliver,
  },
  {
    name: 'silence',
    usage: ['fallover silence [--method M] [--event E] --minutes N REASON… [--json]'],
    summary: 'Keeps notifications back for a while: of one method or all, about one event or all.',
    help: ['It holds for a week at most. "fallover query silence" lists them, "fallover delete silence ID" ends one.'],
    load: async () => (await import('../verbs/silence.ts')).silence,
  },
];
