import type { NotificationMoment, NotificationSeverity } from './transports.ts';

/** One attempt at one recipient, from its claim on. Without an outcome it is under way. */
export interface NotificationAttempt {
  number: number;
  node: string;
  /** ISO 8601, UTC. */
  at: string;
  durationMs?: number;
  /** `interrupted`: the node went away while it was sending; whether the message arrived is not known. */
  outcome?: 'delivered' | 'failed' | 'interrupted';
  /** The node cannot send it at all; this is no try that counts. */
  unable?: true;
  code?: string;
  /** What the other side said, or what is wrong and what to do. */
  answer?: string;
}

export const RECIPIENT_STATES = ['waiting', 'sending', 'delivered', 'failed', 'expired'] as const;

export interface NotificationRecipient {
  /** `''` where the method's settings say all. */
  to: string;
  state: (typeof RECIPIENT_STATES)[number];
  /** ISO 8601: the next attempt is not before this. */
  notBefore?: string;
  /** Nodes that said that they cannot, and are not asked again. */
  unable?: string[];
  /** Attempts before these belong to an earlier delivery. */
  attemptsBefore?: number;
  attempts: NotificationAttempt[];
}

/**
 * `waiting` to be sent, `held` by the hourly limit until its digest, `sending`, or over: `delivered` to all, `failed` for at
 * least one, `expired`; `grouped` into another one, `digested` in one, `silenced`, or an escalation
 * that was not needed because somebody had `acknowledged` the run.
 */
export const NOTIFICATION_STATES = [
  'waiting',
  'held',
  'sending',
  'delivered',
  'failed',
  'expired',
  'grouped',
  'digested',
  'silenced',
  'acknowledged',
] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** One notification: of one run, method and moment, for the whole cluster. What the outbox keeps, and the delivery log. */
export interface Notification {
  id: string;
  method: string;
  moment: NotificationMoment | 'test' | 'digest';
  run?: string;
  event: string;
  args: string[];
  /** Where it happened. */
  node: string;
  drill: boolean;
  /** ISO 8601, UTC: when it happened. */
  at: string;
  expiresAt: string;
  /** Held back until then, in case it is undone meanwhile. */
  notBefore?: string;
  severity: NotificationSeverity;
  subject: string;
  text: string;
  /** The same for all that is told of one run. */
  thread: string;
  state: NotificationState;
  /** The nodes that may send it, in order. */
  nodes: string[];
  recipients: NotificationRecipient[];
  /** The notification that tells of it instead. */
  toldBy?: string;
  /** Those that this one tells of as well. */
  tellsOf?: string[];
  /** The silence that keeps it back. */
  silence?: string;
  /** The method that it was escalated from. */
  escalatedFrom?: string;
  /** Who had it sent again; silences and limits do not keep that back. */
  redeliveredBy?: string;
  /** Sent by itself, to prove the method. */
  selfTest?: boolean;
  /** Why nothing could be tried, such as a method that is gone. */
  fault?: { code: string; sentence: string };
}

/** Keeps notifications back until it ends; without a method those of all, without an event those about all. */
export interface Silence {
  id: string;
  method?: string;
  event?: string;
  reason: string;
  by: string;
  at: string;
  until: string;
}

/** That somebody knows of a run: nothing about it is escalated any further. */
export interface Acknowledgement {
  run: string;
  by: string;
  at: string;
  comment?: string;
}
