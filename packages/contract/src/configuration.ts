import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { customEvent, eventCustomization, revision, warning } from './entry-fields.ts';

export const eventArgument = z.object({
  name: z.string(),
  kind: z.string(),
  required: z.boolean(),
  several: z.literal(true).optional(),
  choices: z.array(z.string()).readonly().optional(),
  help: z.string(),
});

export const eventView = z.object({
  name: z.string(),
  eventClass: z.string(),
  slow: z.boolean(),
  arguments: z.array(eventArgument),
  meaning: z.string(),
  occurs: z.string(),
  underParallelProcessing: z.enum(['once', 'per_list', 'never']),
  defaultTimeUntilWarning: z.number(),
  /** What the draft says of it, and whether that differs from what is active. */
  draft: z.object({ revision, fields: eventCustomization }).optional(),
  active: eventCustomization.optional(),
  synchronised: z.boolean(),
});
export type EventView = z.infer<typeof eventView>;

export const listEvents = {
  method: 'GET',
  path: '/api/v1/events',
  permission: 'monitor',
  audit: 'none',
  summary: 'The predefined events, with what is customised on each',
  reply: z.object({ events: z.array(eventView) }),
} as const satisfies Endpoint;

const eventName = z.object({ event: z.string() });

export const getEvent = {
  method: 'GET',
  path: '/api/v1/events/{event}',
  permission: 'monitor',
  audit: 'none',
  summary: 'One predefined event',
  parameters: eventName,
  reply: eventView,
} as const satisfies Endpoint;

export const recoveryProgramView = z.object({
  event: z.string(),
  /** Those that the cluster manager has of itself: one, or one for each way in which the event happens. */
  predefined: z.array(z.object({ how: z.string().optional(), when: z.string().optional(), text: z.string() })),
  /** The text that replaces them, in the draft and in what is active; missing: the predefined one is in force. */
  draft: z.string().optional(),
  active: z.string().optional(),
  synchronised: z.boolean(),
});
export type RecoveryProgramView = z.infer<typeof recoveryProgramView>;

export const getRecoveryProgram = {
  method: 'GET',
  path: '/api/v1/events/{event}/program',
  permission: 'monitor',
  audit: 'none',
  summary: 'The recovery program of a predefined event: the predefined one, and what replaces it',
  parameters: eventName,
  reply: recoveryProgramView,
} as const satisfies Endpoint;

export const changeEventCustomization = {
  method: 'PUT',
  path: '/api/v1/events/{event}/customization',
  permission: 'admin',
  audit: 'change',
  summary: 'Change in the draft what is customised on a predefined event; no fields: nothing is',
  parameters: eventName,
  body: z.strictObject({ revision, fields: eventCustomization }),
  reply: z.object({ event: eventView, warnings: z.array(warning) }),
} as const satisfies Endpoint;

export const customEventView = z.object({
  name: z.string(),
  draft: z.object({ revision, fields: customEvent }).optional(),
  active: customEvent.optional(),
  synchronised: z.boolean(),
  usedBy: z.array(z.string()),
});
export type CustomEventView = z.infer<typeof customEventView>;

const customEventName = z.object({ name: z.string() });

export const listCustomEvents = {
  method: 'GET',
  path: '/api/v1/custom-events',
  permission: 'monitor',
  audit: 'none',
  summary: 'The custom events',
  reply: z.object({ customEvents: z.array(customEventView) }),
} as const satisfies Endpoint;

export const changeCustomEvent = {
  method: 'PUT',
  path: '/api/v1/custom-events/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Add or change a custom event in the draft',
  parameters: customEventName,
  body: z.strictObject({ revision, fields: customEvent }),
  reply: z.object({ customEvent: customEventView, warnings: z.array(warning) }),
} as const satisfies Endpoint;

export const deleteCustomEvent = {
  method: 'DELETE',
  path: '/api/v1/custom-events/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Delete a custom event from the draft',
  parameters: customEventName,
  query: z.object({ revision: z.coerce.number().int().min(0) }),
  reply: z.undefined(),
  status: 204,
} as const satisfies Endpoint;
