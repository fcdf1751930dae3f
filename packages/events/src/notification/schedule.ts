import type { EffectiveMethod } from './methods.ts';
import type { Notification, NotificationAttempt, NotificationRecipient, NotificationState, Silence } from './types.ts';

/** Seconds before the first retry; each further one waits three times as long, up to the longest. */
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 600_000;
/** What happened longer ago is not news any more: it is recorded as expired and not sent. */
export const EXPIRES_AFTER_MS = 3_600_000;

export const retryAfterMs = (retry: number): number => Math.min(FIRST_RETRY_MS * 3 ** (retry - 1), LONGEST_RETRY_MS);

/** The node that sends to this recipient: the first of the list that lives and has not said that it cannot. */
export const senderOf = (
  { nodes }: Pick<Notification, 'nodes'>,
  { unable = [] }: Pick<NotificationRecipient, 'unable'>,
  live: readonly string[],
): string | undefined => (nodes.length === 0 ? live : nodes).find((node) => live.includes(node) && !unable.includes(node));

/** Whether no node of the list is left that could send, however long one waits. */
export const nobodyCan = (
  { nodes }: Pick<Notification, 'nodes'>,
  { unable = [] }: NotificationRecipient,
  live: readonly string[],
): boolean => unable.length > 0 && (nodes.length === 0 ? live : nodes).every((node) => unable.includes(node));

/** When something about it is due, in milliseconds since 1970; undefined when nothing is left to do. */
export function dueAt(notification: Notification): number | undefined {
  if (!isPending(notification)) return undefined;
  const earliest = notification.notBefore === undefined ? 0 : Date.parse(notification.notBefore);
  const waiting = notification.recipients.filter(({ state }) => state === 'waiting');
  const soonest = Math.min(...waiting.map(({ notBefore }) => (notBefore === undefined ? 0 : Date.parse(notBefore))));
  return Number.isFinite(soonest) ? Math.max(earliest, soonest) : undefined;
}

/** What the recipients make of the whole. */
export function stateOf({ recipients }: Pick<Notification, 'recipients'>): NotificationState {
  const has = (state: NotificationRecipient['state']): boolean => recipients.some((recipient) => recipient.state === state);
  if (has('sending')) return 'sending';
  if (has('waiting')) return 'waiting';
  if (has('failed')) return 'failed';
  return has('expired') ? 'expired' : 'delivered';
}

const PENDING: readonly NotificationState[] = ['waiting', 'held', 'sending'];
export const isPending = ({ state }: Pick<Notification, 'state'>): boolean => PENDING.includes(state);

/** Nothing of it has left yet, so that another one can tell of it instead. */
export const isUnsent = ({ state, recipients }: Notification): boolean =>
  (state === 'waiting' || state === 'held') && recipients.every(({ attempts }) => attempts.length === 0);

/** The notification with one recipient as it is now. */
export function withRecipient(notification: Notification, index: number, recipient: NotificationRecipient): Notification {
  const recipients = notification.recipients.with(index, recipient);
  return { ...notification, recipients, state: stateOf({ recipients }) };
}

/** The claim, durable before anything leaves this node. */
export function claimed(
  recipient: NotificationRecipient,
  attempt: Pick<NotificationAttempt, 'node' | 'at'>,
): NotificationRecipient {
  const { notBefore: _, ...rest } = recipient;
  return { ...rest, state: 'sending', attempts: [...recipient.attempts, { number: recipient.attempts.length + 1, ...attempt }] };
}

export interface AttemptEnd {
  outcome: NonNullable<NotificationAttempt['outcome']>;
  /** ISO 8601. */
  endedAt: string;
  code?: string;
  answer: string;
  next?: 'retry' | 'next_node' | 'give_up';
}

/** What becomes of a recipient when the attempt at it has ended. A node that cannot is not an attempt that counts. */
export function afterAttempt(
  recipient: NotificationRecipient,
  { outcome, endedAt, code, answer, next: then = 'retry' }: AttemptEnd,
  { retryCounter }: Pick<EffectiveMethod, 'retryCounter'>,
): NotificationRecipient {
  const last = recipient.attempts.at(-1);
  if (!last) return recipient;
  const ended: NotificationAttempt = {
    ...last,
    durationMs: Math.max(0, Date.parse(endedAt) - Date.parse(last.at)),
    outcome,
    answer,
    ...(code === undefined ? {} : { code }),
    ...(then === 'next_node' ? { unable: true as const } : {}),
  };
  const next: NotificationRecipient = { ...recipient, attempts: [...recipient.attempts.slice(0, -1), ended] };
  if (outcome === 'delivered') return { ...next, state: 'delivered' };
  // Whether it arrived is not known: it is sent again, once, at the cost of a possible repeat.
  if (outcome === 'interrupted') return { ...next, state: 'waiting' };
  if (then === 'next_node') return { ...next, state: 'waiting', unable: [...(recipient.unable ?? []), ended.node] };
  const tried = next.attempts.slice(recipient.attemptsBefore ?? 0).filter(countsAsTry).length;
  if (then === 'give_up' || tried > retryCounter) return { ...next, state: 'failed' };
  return { ...next, state: 'waiting', notBefore: new Date(Date.parse(endedAt) + retryAfterMs(tried)).toISOString() };
}

const countsAsTry = ({ outcome, unable }: NotificationAttempt): boolean => outcome === 'failed' && unable !== true;

/** The silence that keeps this one back, if one does. */
export const silencedBy = (
  { method, event }: Pick<Notification, 'method' | 'event'>,
  silences: readonly Silence[],
  now: number,
): Silence | undefined =>
  silences.find(
    (silence) =>
      Date.parse(silence.until) > now &&
      (silence.method === undefined || silence.method === method) &&
      (silence.event === undefined || silence.event === event),
  );
