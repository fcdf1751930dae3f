import type { AcknowledgementView, NotificationMethodView, NotificationView, SilenceView } from '@fallover/contract';
import type { listNotifications, listRunNotifications } from './addresses.ts';
import { attribute, attributes, table } from './print.ts';
import { seconds } from './run-progress.ts';
import { shellTime } from './shell-time.ts';
import { visible, visibleLine } from './visible.ts';

type Notifications = NonNullable<(typeof listNotifications)['types']>['reply'];
type RunNotifications = NonNullable<(typeof listRunNotifications)['types']>['reply'];
type Recipient = NotificationView['recipients'][number];
type Attempt = Recipient['attempts'][number];

/** A line each, the newest first. */
export function notificationsLines({ notifications, next }: Notifications): string[] {
  if (notifications.length === 0) return ['There are no such notifications.'];
  const rows = notifications.map((one) => [
    one.id,
    shellTime(one.at),
    one.method,
    one.moment,
    one.state,
    eventOf(one),
    one.recipients.map((recipient) => recipientWord(recipient, one.state)).join(', '),
  ]);
  return [
    ...table(['NOTIFICATION', 'AT', 'METHOD', 'MOMENT', 'STATE', 'EVENT', 'TO'], rows),
    ...(next === undefined ? [] : [`There are older ones: add --before ${visibleLine(next)}`]),
  ];
}

const eventOf = ({ event, args, drill }: Pick<NotificationView, 'event' | 'args' | 'drill'>): string =>
  [event, ...args, ...(drill ? ['(drill)'] : [])].join(' ');

/** Where the settings say all, there is no recipient by name. */
const nameOf = ({ to }: Pick<Recipient, 'to'>): string => (to === '' ? '(by its settings)' : to);

/** Whoever waits in what is kept back, or told of elsewhere, waits for nothing. */
const recipientWord = (recipient: Recipient, state: NotificationView['state']): string =>
  `${nameOf(recipient)}${recipient.state === state || recipient.state === 'waiting' ? '' : ` (${recipient.state})`}`;

/** All of one: what it is, each attempt with what the other side said, then the text itself. */
export function notificationLines(one: NotificationView): string[] {
  return [
    ...attributes({
      NOTIFICATION: one.id,
      METHOD: one.method,
      MOMENT: one.moment,
      STATE: one.state,
      FAULT: one.fault?.sentence,
      RUN: one.run,
      EVENT: one.event,
      ARGS: one.args.length === 0 ? undefined : one.args.join(' '),
      NODE: one.node,
      DRILL: one.drill || undefined,
      SELFTEST: one.selfTest || undefined,
      AT: one.at,
      NOT_BEFORE: one.notBefore,
      EXPIRES: one.expiresAt,
      SEVERITY: one.severity,
      NODES: one.nodes.length === 0 ? undefined : one.nodes.join(' '),
      TOLD_BY: one.toldBy,
      TELLS_OF: one.tellsOf?.join(' '),
      SILENCE: one.silence,
      ESCALATED_FROM: one.escalatedFrom,
    }),
    ...one.recipients.flatMap((recipient) => [
      attribute('RECIPIENT', `${nameOf(recipient)} ${recipient.state}${nextTry(recipient)}`),
      ...recipient.attempts.map((attempt) => attribute('ATTEMPT', `${nameOf(recipient)} ${attemptWords(attempt)}`)),
    ]),
    attribute('SUBJECT', one.subject),
    '',
    ...visible(one.text).replace(/\n$/, '').split('\n'),
  ];
}

const nextTry = ({ state, notBefore }: Recipient): string =>
  state === 'waiting' && notBefore !== undefined ? ` until ${notBefore}` : '';

function attemptWords({ number, node, at, durationMs, outcome, code, answer }: Attempt): string {
  const took = durationMs === undefined ? '' : ` after ${seconds(durationMs)}`;
  const why = code === undefined || outcome === 'delivered' ? '' : ` (${code})`;
  return `${number} on ${node} at ${at} ${outcome ?? 'goes on'}${took}${why}${answer === undefined ? '' : `: ${answer}`}`;
}

/** What became of it for each recipient, for a person who waited for it. */
export const recipientLines = (one: NotificationView): string[] =>
  one.recipients.map((recipient) => {
    const last = recipient.attempts.at(-1);
    const answer = last?.answer === undefined ? '' : `: ${last.answer}`;
    return visibleLine(`${nameOf(recipient)} ${recipient.state}${answer}`);
  });

/** Behind a run: who knows of it, what was told, and to whom it goes next. */
export const runNotificationLines = ({ notifications, acknowledgement, escalations }: RunNotifications): string[] => [
  ...(acknowledgement ? [attribute('ACKNOWLEDGED', acknowledgedWords(acknowledgement))] : []),
  ...notifications.map((one) => attribute('NOTIFIED', toldWords(one))),
  ...escalations.map(({ from, to, at }) => attribute('ESCALATES', `from ${from} to ${to} at ${at}`)),
];

const acknowledgedWords = ({ by, at, comment }: AcknowledgementView): string =>
  `by ${by} at ${at}${comment === undefined ? '' : `: ${comment}`}`;

function toldWords({ id, moment, method, state, recipients }: NotificationView): string {
  const words = recipients.map((recipient) => recipientWord(recipient, state));
  return `${moment} by ${method}${words.length === 0 ? '' : ` to ${words.join(', ')}`}: ${state} (${id})`;
}

export function methodsLines(methods: readonly NotificationMethodView[]): string[] {
  if (methods.length === 0) return ['No remote notification method is configured.'];
  return table(
    ['NAME', 'TRANSPORT', 'LAST_PROVEN', 'NOTE'],
    methods.map((method) => [method.name, method.transport ?? '?', method.lastProven ?? 'never', notesOf(method).join('; ')]),
  );
}

const notesOf = ({ draft, stale, lastFailure, waiting }: NotificationMethodView): string[] => [
  ...(draft ? [] : ['deleted from the draft']),
  ...(stale ? ['STALE'] : []),
  ...(waiting === 0 ? [] : [`${waiting} waiting`]),
  ...(lastFailure ? [`failed at ${lastFailure.at}: ${lastFailure.sentence}`] : []),
];

/** Of a method, what is not configured but found. */
export const methodFacts = (method: NotificationMethodView): string[] =>
  attributes({
    SENDS_BY: method.transport,
    RECIPIENTS: method.recipients.join(' '),
    LAST_PROVEN: method.lastProven ?? 'never',
    STALE: method.stale,
    LAST_FAILURE: method.lastFailure && `${method.lastFailure.at}: ${method.lastFailure.sentence}`,
    WAITING: method.waiting,
  });

export function silencesLines(silences: readonly SilenceView[]): string[] {
  if (silences.length === 0) return ['Nothing is silenced.'];
  return table(
    ['SILENCE', 'STATE', 'UNTIL', 'METHOD', 'EVENT', 'KEPT', 'BY', 'REASON'],
    silences.map((one) => [
      one.id,
      one.active ? 'active' : 'ended',
      shellTime(one.until),
      one.method ?? '(all)',
      one.event ?? '(all)',
      String(one.kept),
      one.by,
      one.reason,
    ]),
  );
}
