import type { NotificationMoment } from './transports.ts';

/** What a message is made of. */
export interface MessageFacts {
  cluster: string;
  node: string;
  event: string;
  args: readonly string[];
  moment: NotificationMoment;
  status?: number;
  drill: boolean;
  /** The moment on the node's own clock, such as `2026-11-25 20:14:03 CET`. */
  time: string;
  /** Further sentences: why it failed, that the cluster does not fail over. */
  sentences: readonly string[];
  link?: string;
}

/** The message text with its substitutions made: one pass, so that what is put in is never read as a substitution itself. */
export const substituted = (
  text: string,
  { time, node, event, args }: Pick<MessageFacts, 'time' | 'node' | 'event' | 'args'>,
): string =>
  text.replace(/%([dneo%])/g, (_, letter: string) => {
    switch (letter) {
      case 'd':
        return time;
      case 'n':
        return node;
      case 'e':
        return event;
      case 'o':
        return args.join(' ');
      default:
        return '%';
    }
  });

/** In one line: what happened, to what, where. */
export function subjectOf({ cluster, node, event, args, moment, status, drill }: MessageFacts): string {
  const what = [event, ...args].join(' ');
  return oneLine(`${drill ? 'Drill: ' : ''}${cluster}: ${what} ${MOMENT_WORDS[moment](status)} on ${node}`);
}

const MOMENT_WORDS: Record<NotificationMoment, (status: number | undefined) => string> = {
  start: () => 'begins',
  success: () => 'was processed',
  failure: (status) => (status === undefined || status === 0 ? 'FAILED' : `FAILED with status ${status}`),
  warning: () => 'takes longer than its time until warning',
};

/** What is said where nobody has written a text. `short` for whoever pays by the character or reads a pager. */
export function defaultText(facts: MessageFacts, length: 'long' | 'short'): string {
  const subject = subjectOf(facts);
  if (length === 'short') return [`${subject}.`, facts.time, ...facts.sentences].join(' ');
  const { sentences, time, link } = facts;
  return [`${subject}.`, ...sentences, `Time: ${time}`, ...(link === undefined ? [] : [link])].join('\n');
}

/** Without what would end a line or a field. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .toWellFormed()
    .trim();

/** Events that undo each other, by the word in which their names differ. */
const OPPOSITES: readonly [string, string][] = [
  ['_down', '_up'],
  ['fail_', 'join_'],
  ['isolation', 'merge'],
  ['server_down', 'server_restart'],
  ['suspend_', 'resume_'],
];

/** The event that undoes this one, `node_up` of `node_down`; undefined when nothing does. */
export function counterpartOf(event: string): string | undefined {
  for (const [one, other] of OPPOSITES.toReversed()) {
    if (event.includes(one)) return event.replace(one, other);
    if (event.includes(other)) return event.replace(other, one);
  }
  return undefined;
}
