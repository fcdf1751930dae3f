import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { lineFound, linesAsked, linesGiven, onNode, searchAsked } from './output.ts';

/** One of `listLogs`: `hacmp.out`, one that it was rotated to, or `daemon.log`. */
const log = z.object({ log: z.string().max(64) });

const nodeLog = z.object({
  name: z.string(),
  /** Bytes. */
  size: z.number().int(),
  changedAt: z.iso.datetime(),
});
export type NodeLogView = z.infer<typeof nodeLog>;

export const listLogs = {
  method: 'GET',
  path: '/api/v1/logs',
  permission: 'monitor',
  audit: 'none',
  summary: 'The log files of a node: hacmp.out, newest first, and for administrators daemon.log',
  query: z.object(onNode),
  reply: z.object({ node: z.string(), logs: z.array(nodeLog) }),
} as const satisfies Endpoint;

/** As the lines of a step's output. A name can come to mean another file, for the log is rotated: `identity` then changes. */
export const getLogLines = {
  method: 'GET',
  path: '/api/v1/logs/{log}/lines',
  permission: 'monitor',
  audit: 'none',
  summary: 'Lines of a log of a node, by number, from its end or around a byte; daemon.log for administrators',
  parameters: log,
  query: linesAsked,
  reply: linesGiven.extend({ identity: z.string() }),
} as const satisfies Endpoint;

/** As the search of a step's output; each line with its beginning. */
export const searchLog = {
  method: 'GET',
  path: '/api/v1/logs/{log}/search',
  permission: 'monitor',
  audit: 'none',
  summary: 'The next lines of a log of a node with a text; daemon.log for administrators',
  parameters: log,
  query: searchAsked,
  reply: z.object({
    matches: z.array(lineFound.extend({ text: z.string(), cut: z.number().int().optional() })),
    cursor: z.number().int().optional(),
    indexing: z.boolean(),
  }),
} as const satisfies Endpoint;

export const downloadLog = {
  method: 'GET',
  path: '/api/v1/logs/{log}/download',
  permission: 'monitor',
  audit: 'none',
  media: 'application/octet-stream',
  summary: 'A log of a node as a file, raw or compressed with gzip; daemon.log for administrators',
  parameters: log,
  query: z.object({ ...onNode, gzip: z.stringbool().default(false) }),
  reply: z.unknown(),
} as const satisfies Endpoint;
