import {
  NOTIFICATION_MOMENTS,
  NOTIFICATION_SEVERITIES,
  NOTIFICATION_STATES,
  NOTIFICATION_TRANSPORTS,
  RECIPIENT_STATES,
} from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { entryView } from './entries.ts';
import { entryFields } from './entry-fields.ts';

/** How a form asks for one setting of a transport; a JSON Schema property. */
const settingSchema = z.looseObject({
  title: z.string(),
  description: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  placeholder: z.string().optional(),
  /** It is sealed before it is stored, and never shown. */
  secret: z.boolean().optional(),
  /** A node can have another one: `name@node=value`. */
  perNode: z.boolean().optional(),
});

const transportView = z.object({
  kind: z.enum(NOTIFICATION_TRANSPORTS),
  title: z.string(),
  description: z.string(),
  contact: z.object({ label: z.string(), description: z.string(), placeholder: z.string(), required: z.boolean() }),
  /** JSON Schema of its settings: `properties` in the order of the form, `required` by name. */
  settings: z.object({ properties: z.record(z.string(), settingSchema), required: z.array(z.string()) }),
  /** Whether its text is counted in segments. */
  measured: z.boolean(),
});
export type TransportView = z.infer<typeof transportView>;

export const listNotificationTransports = {
  method: 'GET',
  path: '/api/v1/notification-transports',
  permission: 'monitor',
  audit: 'none',
  summary: 'How remote notification can reach people, and the settings that each way needs',
  reply: z.object({ transports: z.array(transportView) }),
} as const satisfies Endpoint;

const methodView = entryView.extend({
  /** Of the draft, else of the active revision; missing while its contact is not understood. */
  transport: z.enum(NOTIFICATION_TRANSPORTS).optional(),
  recipients: z.array(z.string()),
  /** When it last delivered something, a test included. */
  lastProven: z.string().optional(),
  /** It has delivered nothing for longer than Prove within. */
  stale: z.boolean(),
  /** When it last failed, if that is later than lastProven, and why. */
  lastFailure: z.object({ at: z.string(), sentence: z.string() }).optional(),
  /** How many notifications wait to be sent by it. */
  waiting: z.number().int(),
});
export type NotificationMethodView = z.infer<typeof methodView>;

export const listNotificationMethods = {
  method: 'GET',
  path: '/api/v1/notification-methods',
  permission: 'monitor',
  audit: 'none',
  summary: 'The remote notification methods, and when each was last proven',
  reply: z.object({ methods: z.array(methodView) }),
} as const satisfies Endpoint;

/** What somebody types into the form. Secrets may be sealed ones, as they were read. */
const typedMethod = z.strictObject({ name: z.string(), fields: entryFields.notification_method });

const about = {
  /** The event that it is about; the method's first one unless said. */
  event: z.string().optional(),
  args: z.array(z.string().max(1024)).max(64).optional(),
  /** A past run whose data are taken; the newest of the event unless said. */
  run: z.string().optional(),
  moment: z.enum(NOTIFICATION_MOMENTS).optional(),
};

const methodFault = z.object({ code: z.string(), field: z.string().optional(), sentence: z.string() });

/** It reads the message file as typed, whichever that is: for those who may save it. */
export const previewNotification = {
  method: 'POST',
  path: '/api/v1/notification-preview',
  permission: 'admin',
  audit: 'none',
  summary: 'What a method, as typed, would send about an event',
  body: z.strictObject({ method: typedMethod, ...about }),
  reply: z.object({
    transport: z.enum(NOTIFICATION_TRANSPORTS).optional(),
    recipients: z.array(z.string()),
    event: z.string(),
    /** The past run whose data are shown; missing when there is none and an example is shown. */
    run: z.string().optional(),
    moment: z.enum(NOTIFICATION_MOMENTS),
    subject: z.string(),
    text: z.string(),
    /** Where the text costs by the piece. */
    measure: z
      .object({
        encoding: z.string(),
        characters: z.number().int(),
        segments: z.number().int(),
        perSegment: z.number().int(),
      })
      .optional(),
    /** What is wrong in the form; `field` is a field's name or `settings.NAME`. */
    faults: z.array(methodFault),
    /** What this node lacks to send it, such as its tty. */
    warnings: z.array(methodFault),
  }),
} as const satisfies Endpoint;

/** Any method as typed: it can name any server and any command, so it is for those who may save it. */
export const testNotification = {
  method: 'POST',
  path: '/api/v1/notification-tests',
  permission: 'admin',
  audit: 'run',
  summary: 'Send a test notification with the values as typed, saved or not',
  body: z.strictObject({ method: typedMethod, ...about }),
  reply: z.object({ test: z.string() }),
  status: 201,
} as const satisfies Endpoint;

export const testNotificationMethod = {
  method: 'POST',
  path: '/api/v1/notification-methods/{name}/test',
  permission: 'operator',
  audit: 'run',
  summary: 'Send a test notification by a method as it is in the draft, or the active revision where the draft has none',
  parameters: z.object({ name: z.string() }),
  body: z.strictObject(about),
  reply: z.object({ test: z.string() }),
  status: 201,
} as const satisfies Endpoint;

/** A line of the conversation of a test, as its stream tells it. */
export const conversationLine = z.object({
  at: z.string(),
  recipient: z.string(),
  direction: z.enum(['sent', 'received', 'note']),
  text: z.string(),
});
export type ConversationLineView = z.infer<typeof conversationLine>;

const attempt = z.object({
  number: z.number().int(),
  node: z.string(),
  at: z.string(),
  durationMs: z.number().optional(),
  outcome: z.enum(['delivered', 'failed', 'interrupted']).optional(),
  code: z.string().optional(),
  answer: z.string().optional(),
});

export const notificationView = z.object({
  id: z.string(),
  method: z.string(),
  moment: z.enum([...NOTIFICATION_MOMENTS, 'test', 'digest']),
  run: z.string().optional(),
  event: z.string(),
  args: z.array(z.string()),
  node: z.string(),
  drill: z.boolean(),
  at: z.string(),
  expiresAt: z.string(),
  notBefore: z.string().optional(),
  severity: z.enum(NOTIFICATION_SEVERITIES),
  subject: z.string(),
  text: z.string(),
  state: z.enum(NOTIFICATION_STATES),
  nodes: z.array(z.string()),
  recipients: z.array(
    z.object({
      to: z.string(),
      state: z.enum(RECIPIENT_STATES),
      notBefore: z.string().optional(),
      attempts: z.array(attempt),
    }),
  ),
  toldBy: z.string().optional(),
  tellsOf: z.array(z.string()).optional(),
  silence: z.string().optional(),
  escalatedFrom: z.string().optional(),
  redeliveredBy: z.string().optional(),
  selfTest: z.boolean().optional(),
  fault: z.object({ code: z.string(), sentence: z.string() }).optional(),
});
export type NotificationView = z.infer<typeof notificationView>;

/**
 * Server-sent events: `line` (a conversationLine, all of them from the first), then `end` (a notificationView) once every
 * recipient is done. A test that is over is kept for ten minutes.
 */
export const watchNotificationTest = {
  method: 'GET',
  path: '/api/v1/notification-tests/{test}/stream',
  permission: 'operator',
  audit: 'none',
  media: 'text/event-stream',
  summary: 'The conversation of a test notification as it happens',
  parameters: z.object({ test: z.string() }),
  reply: z.unknown(),
} as const satisfies Endpoint;

export const listNotifications = {
  method: 'GET',
  path: '/api/v1/notifications',
  permission: 'monitor',
  audit: 'none',
  summary: 'The delivery log of remote notification, newest first, with what is still to be sent',
  query: z.object({
    before: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    method: z.string().optional(),
    event: z.string().optional(),
    run: z.string().optional(),
    state: z.enum(NOTIFICATION_STATES).optional(),
    /** In a recipient, the subject or an answer. */
    text: z.string().max(200).optional(),
  }),
  reply: z.object({
    notifications: z.array(notificationView),
    /** Give it as `before` for older ones; missing when there are none. */
    next: z.string().optional(),
  }),
} as const satisfies Endpoint;

const acknowledgement = z.object({ run: z.string(), by: z.string(), at: z.string(), comment: z.string().optional() });
export type AcknowledgementView = z.infer<typeof acknowledgement>;

export const listRunNotifications = {
  method: 'GET',
  path: '/api/v1/runs/{run}/notifications',
  permission: 'monitor',
  audit: 'none',
  summary: 'What was told of a run, who has acknowledged it, and to whom it escalates next',
  parameters: z.object({ run: z.string() }),
  reply: z.object({
    notifications: z.array(notificationView),
    acknowledgement: acknowledgement.optional(),
    /** What is told next unless somebody acknowledges. */
    escalations: z.array(z.object({ from: z.string(), to: z.string(), at: z.string() })),
  }),
} as const satisfies Endpoint;

export const acknowledgeRun = {
  method: 'POST',
  path: '/api/v1/runs/{run}/acknowledge',
  permission: 'operator',
  audit: 'run',
  summary: 'Say that you know of a run: nothing about it is escalated any further',
  parameters: z.object({ run: z.string() }),
  body: z.strictObject({ comment: z.string().max(1024).optional() }),
  reply: z.object({ acknowledgement }),
} as const satisfies Endpoint;

export const redeliverNotification = {
  method: 'POST',
  path: '/api/v1/notifications/{notification}/redeliver',
  permission: 'operator',
  audit: 'run',
  summary: 'Send a notification again to those recipients who did not get it, or to all of them',
  parameters: z.object({ notification: z.string() }),
  body: z.strictObject({ all: z.boolean().default(false) }),
  reply: z.object({ notification: notificationView }),
} as const satisfies Endpoint;

const silence = z.object({
  id: z.string(),
  method: z.string().optional(),
  event: z.string().optional(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  until: z.string(),
  /** Whether it holds now; an ended one is listed for a week. */
  active: z.boolean(),
  /** How many notifications it has kept back. */
  kept: z.number().int(),
});
export type SilenceView = z.infer<typeof silence>;

export const listSilences = {
  method: 'GET',
  path: '/api/v1/silences',
  permission: 'monitor',
  audit: 'none',
  summary: 'What keeps notifications back, and until when',
  reply: z.object({ silences: z.array(silence) }),
} as const satisfies Endpoint;

/** A week: whoever forgets a silence learns of it by then. */
export const LONGEST_SILENCE_MINUTES = 7 * 24 * 60;

export const addSilence = {
  method: 'POST',
  path: '/api/v1/silences',
  permission: 'operator',
  audit: 'run',
  summary: 'Keep notifications back for a while: of one method or all, about one event or all',
  body: z.strictObject({
    method: z.string().optional(),
    event: z.string().optional(),
    minutes: z.number().int().min(1).max(LONGEST_SILENCE_MINUTES),
    reason: z.string().min(1).max(1024),
  }),
  reply: z.object({ silence }),
  status: 201,
} as const satisfies Endpoint;

export const endSilence = {
  method: 'DELETE',
  path: '/api/v1/silences/{silence}',
  permission: 'operator',
  audit: 'run',
  summary: 'End a silence now',
  parameters: z.object({ silence: z.string() }),
  reply: z.undefined(),
  status: 204,
} as const satisfies Endpoint;
