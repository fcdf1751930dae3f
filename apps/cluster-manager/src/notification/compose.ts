import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import {
  clockTime,
  type DefinitionDocument,
  type DueNotification,
  defaultText,
  type EffectiveMethod,
  type Entry,
  EXPIRES_AFTER_MS,
  localClock,
  localDate,
  type MessageFacts,
  type Notification,
  type NotificationMoment,
  notificationId,
  oneLine,
  subjectOf,
  substituted,
  valueOn,
} from '@fallover/events';
import { isPaid, isVerbatim } from './method-settings.ts';

/** What a notification is made of besides what is due. */
export interface ComposeContext {
  cluster: string;
  /** This node: the file of a message is read here. */
  node: string;
  document: Pick<DefinitionDocument, 'entries'>;
  drill: boolean;
  /** ISO 8601, UTC: when it happened. */
  at: string;
  /** Why it failed: said where nobody has written a text. */
  sentences: readonly string[];
  /** Said whatever somebody has written: that the cluster does not fail over, that nobody has acknowledged. */
  always: readonly string[];
  link?: string | undefined;
  /** The recipients of a method; of one whose contact is not understood the contact itself, so that it is recorded as failed. */
  recipients(method: EffectiveMethod): string[];
  /** All methods of the document. */
  methods: readonly EffectiveMethod[];
}

const LONGEST_FILE = 64 * 1024;
/** Longer ones no transport is for; a message file can be a mistake. */
const LONGEST_TEXT = 32 * 1024;
const wallClock = localClock();

export function localTime(at: string): string {
  const time = wallClock(Date.parse(at));
  return `${localDate(time)} ${clockTime(time)} ${time.zone}`;
}

export interface Composed {
  subject: string;
  text: string;
}

/** The words of a notification: the text of the method, else that of the event on the worksheet, else what happened in a sentence. */
export function words(
  due: Pick<DueNotification, 'method' | 'moment' | 'event' | 'args' | 'node' | 'status'>,
  { cluster, node, document, drill, at, sentences, always, link }: Omit<ComposeContext, 'recipients' | 'methods'>,
): Composed {
  const { method, moment, event, args, status } = due;
  const facts: MessageFacts = {
    cluster,
    node: due.node,
    event,
    args,
    moment,
    ...(status === undefined ? {} : { status }),
    drill,
    time: localTime(at),
    sentences: [...sentences, ...always],
    ...(link === undefined ? {} : { link }),
  };
  const subject = subjectOf(facts);
  const length = isPaid(method.transport) ? 'short' : 'long';
  const source = textSource(method, document, due, node);
  if (source === undefined) return { subject, text: defaultText(facts, length) };
  if ('unread' in source)
    return { subject, text: [defaultText(facts, length), source.unread].join(length === 'short' ? ' ' : '\n') };
  const text = substituted(source.text, facts).slice(0, LONGEST_TEXT).toWellFormed();
  if (isVerbatim(method.transport)) return { subject, text };
  return { subject, text: [text, ...(drill ? ['This is a drill.'] : []), ...always].join(length === 'short' ? ' ' : '\n') };
}

type EventEntry = Extract<Entry, { class: 'event' }>;

function textSource(
  method: EffectiveMethod,
  { entries }: Pick<DefinitionDocument, 'entries'>,
  { event, node }: Pick<DueNotification, 'event' | 'node'>,
  here: string,
): { text: string } | { unread: string } | undefined {
  if (method.text !== undefined) return { text: method.text };
  if (method.file !== undefined) return textOfFile(method.file, here);
  const entry = entries.find((one): one is EventEntry => one.class === 'event' && one.name === event);
  const text = valueOn(entry?.fields.notificationText, node);
  if (text !== undefined) return { text };
  const file = valueOn(entry?.fields.notificationLocation, node);
  return file === undefined ? undefined : textOfFile(file, here);
}

function textOfFile(path: string, node: string): { text: string } | { unread: string } {
  try {
    // Neither a pipe nor a terminal keeps the daemon waiting.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      if (!fstatSync(fd).isFile()) return unread(path, node, 'it is not a regular file');
      const bytes = Buffer.alloc(LONGEST_FILE);
      return { text: bytes.toString('utf8', 0, readSync(fd, bytes, 0, LONGEST_FILE, 0)).trimEnd() };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return unread(path, node, (error as NodeJS.ErrnoException).code ?? (error as Error).message);
  }
}

const unread = (path: string, node: string, reason: string): { unread: string } => ({
  unread: `(The message file ${path} could not be read on ${node}: ${reason}.)`,
});

/** The notification of what is due, and those that it escalates to unless somebody acknowledges the run. */
export function compose(due: DueNotification, context: ComposeContext): Notification[] {
  const { method } = due;
  const own = notification(due, context);
  const afterwards = (isEscalated(due) ? method.escalation : []).flatMap(({ method: name, afterMs }): Notification[] => {
    const target = context.methods.find((one) => one.name === name);
    if (!target) return [];
    const notBefore = Date.parse(context.at) + afterMs;
    const sentence = `Nobody has acknowledged it for ${minutes(afterMs)}; ${method.name} was told first.`;
    const escalated = notification({ ...due, method: target }, { ...context, always: [sentence, ...context.always] });
    return [
      {
        ...escalated,
        id: `${due.run}.${due.moment}.${name}.after.${method.name}`,
        subject: oneLine(`Not acknowledged: ${escalated.subject}`),
        notBefore: new Date(notBefore).toISOString(),
        expiresAt: new Date(notBefore + EXPIRES_AFTER_MS).toISOString(),
        escalatedFrom: method.name,
      },
    ];
  });
  return [own, ...afterwards];
}

/** A failure and a warning; where a method tells neither, what it tells. That all went well wakes nobody else. */
const isEscalated = ({ moment, method: { when } }: Pick<DueNotification, 'moment' | 'method'>): boolean =>
  GRAVE.includes(moment) || !when.some((one) => GRAVE.includes(one));
const GRAVE: readonly NotificationMoment[] = ['failure', 'warning'];

function notification(due: DueNotification, context: ComposeContext): Notification {
  const { method, moment, run, event, args, node } = due;
  const happened = Date.parse(context.at);
  return {
    id: notificationId(due),
    method: method.name,
    moment,
    run,
    event,
    args: [...args],
    node,
    drill: context.drill,
    at: context.at,
    expiresAt: new Date(happened + method.holdMs + EXPIRES_AFTER_MS).toISOString(),
    ...(method.holdMs > 0 ? { notBefore: new Date(happened + method.holdMs).toISOString() } : {}),
    severity: method.severity,
    ...words(due, context),
    thread: run,
    state: 'waiting',
    nodes: [...method.nodes],
    recipients: context.recipients(method).map((to) => ({ to, state: 'waiting', attempts: [] })),
  };
}

const minutes = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
};
