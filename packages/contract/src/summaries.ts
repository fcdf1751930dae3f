import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { onNode } from './output.ts';
import { unansweredNodes } from './unanswered.ts';

export const eventSummary = z.object({
  /** Where it stands: file and byte offset of its first line. */
  file: z.string(),
  offset: z.number().int(),
  node: z.string(),
  event: z.string(),
  name: z.string(),
  outcome: z.enum(['succeeded', 'failed', 'unknown']),
  status: z.number().int().optional(),
  /** As the node's clock showed it: ISO 8601 without an offset, for a log does not tell its zone. Empty when not known. */
  startTime: z.string(),
  endTime: z.string().optional(),
  serialNumber: z.string().optional(),
  actions: z.array(
    z.object({ action: z.string(), resource: z.string(), scriptName: z.string(), searchOn: z.string().optional() }),
  ),
  text: z.string(),
});
export type EventSummaryView = z.infer<typeof eventSummary>;

/** As the node's clock shows it, to the minute or to the second: `2026-11-23T14:30`. */
const localTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/);

const filter = z.object({
  days: z.coerce.number().int().min(1).max(3650).default(7),
  /** Of this node only; else of all that the cluster knows. */
  ...onNode,
  event: z.string().optional(),
  outcome: z.enum(['succeeded', 'failed', 'unknown']).optional(),
  text: z.string().max(200).optional(),
  /** An event that goes on at this time or begins later, within the days. */
  since: localTime.optional(),
  /** An event that begins up to this time, the whole of its minute or second included. */
  until: localTime.optional(),
});

export const listEventSummaries = {
  method: 'GET',
  path: '/api/v1/event-summaries',
  permission: 'monitor',
  audit: 'none',
  summary: 'The event summaries of the last days, newest first, compiled from hacmp.out of all nodes',
  query: filter.extend({ limit: z.coerce.number().int().min(1).max(5000).default(500) }),
  reply: z.object({
    summaries: z.array(eventSummary),
    found: z.number().int(),
    resourceGroups: z.string(),
    /** Nodes whose summaries are missing here. */
    unanswered: unansweredNodes.optional(),
  }),
} as const satisfies Endpoint;

export const saveEventSummaries = {
  method: 'GET',
  path: '/api/v1/event-summaries/text',
  permission: 'monitor',
  audit: 'none',
  media: 'text/plain',
  summary: 'The same as a text file',
  query: filter,
  reply: z.unknown(),
} as const satisfies Endpoint;
