import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const field = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ cluster: value.optional(), nodes: z.record(z.string(), value).optional() });

export const eventCustomization = z.strictObject({
  eventCommand: field(z.string()).optional(),
  notifyCommand: field(z.string()).optional(),
  notificationText: field(z.string()).optional(),
  notificationLocation: field(z.string()).optional(),
  preEventCommand: field(z.array(z.string())).optional(),
  postEventCommand: field(z.array(z.string())).optional(),
  recoveryCommand: field(z.string()).optional(),
  recoveryCounter: field(z.number()).optional(),
  failOnPrePost: field(z.boolean()).optional(),
  timeUntilWarning: field(z.number()).optional(),
});

export const customEvent = z.strictObject({ description: field(z.string()).optional(), script: field(z.string()).optional() });

/** Something that is allowed but worth knowing before it is saved. */
export const warning = z.object({ code: z.string(), field: z.string().optional(), sentence: z.string() });

/** `revision` 0 stands for an entry that does not exist. */
const revision = z.number().int().min(0);

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

/** One entry in which draft and active revision differ. */
export const change = z.object({
  class: z.string(),
  name: z.string(),
  kind: z.enum(['added', 'changed', 'deleted']),
  fields: z.array(z.string()),
});

export const getConfiguration = {
  method: 'GET',
  path: '/api/v1/configuration',
  permission: 'monitor',
  audit: 'none',
  summary: 'The active revision, and what in the draft is not synchronised',
  reply: z.object({
    active: z
      .object({ number: z.number().int(), hash: z.string(), at: z.string(), by: z.string(), comment: z.string().optional() })
      .optional(),
    changes: z.array(change),
    exampleLoadable: z.boolean(),
  }),
} as const satisfies Endpoint;

export const synchronise = {
  method: 'POST',
  path: '/api/v1/configuration/synchronise',
  permission: 'admin',
  audit: 'change',
  summary: 'Make the draft active, as a new revision',
  body: z.strictObject({ comment: z.string().max(500).optional() }),
  reply: z.object({ number: z.number().int(), hash: z.string(), changes: z.array(change), warnings: z.array(warning) }),
  status: 201,
} as const satisfies Endpoint;

export const loadExample = {
  method: 'POST',
  path: '/api/v1/configuration/load-example',
  permission: 'admin',
  audit: 'change',
  summary: 'Copy the example scripts into the state directory and make their configuration active; only on an empty cluster',
  body: z.strictObject({}),
  reply: z.object({ number: z.number().int(), directory: z.string() }),
  status: 201,
} as const satisfies Endpoint;
