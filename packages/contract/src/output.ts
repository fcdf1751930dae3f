import { NAME } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const run = z.object({ run: z.string() });
const step = z.string();
const offset = z.coerce.number().int().min(0);
const oneLine = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\n]*$/);

export const outputLine = z.object({
  /** From 0; missing while the lines before it are not counted yet. */
  line: z.number().int().optional(),
  /** The byte with which it begins. */
  offset: z.number().int(),
  /** At most 16 KiB of it; invalid UTF-8 as replacement characters. */
  text: z.string(),
  /** Without its newline. */
  bytes: z.number().int(),
  /** Bytes at its end that are not in `text`. */
  cut: z.number().int().optional(),
  /** It has not ended yet: there is no newline behind it. */
  open: z.literal(true).optional(),
  /** When its first byte came, or up to a tenth of a second before (in a step that runs for days, some seconds); missing where it is not known. */
  time: z.iso.datetime().optional(),
});
export type OutputLineView = z.infer<typeof outputLine>;

/** On which node it is looked for; this one unless said. Another one is asked by its cluster manager. */
export const onNode = { node: z.string().regex(NAME).optional() };

/** Which lines of a log: from a number, or with a byte. */
export const linesAsked = z.object({
  ...onNode,
  from: z.coerce.number().int().optional(),
  at: offset.optional(),
  before: z.coerce.number().int().min(0).max(1000).default(0),
  count: z.coerce.number().int().min(0).max(1000).default(200),
});

export const linesGiven = z.object({
  lines: z.array(outputLine),
  /** The byte with which the line behind the last of these begins; to follow the log, ask for `at=next`. */
  next: z.number().int(),
  /** Lines so far, exactly; at least so many while `indexing`. */
  total: z.number().int(),
  indexing: z.boolean(),
  /** Bytes so far. */
  size: z.number().int(),
});

/** What is searched for in a log, and where the search begins. */
export const searchAsked = z.object({
  ...onNode,
  text: oneLine,
  from: offset.optional(),
  at: offset.optional(),
  direction: z.enum(['forward', 'backward']).default('forward'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Each line once: its number where it is counted, the byte with which it begins, and that of the text. */
export const lineFound = z.object({ line: z.number().int().optional(), offset: z.number().int(), at: z.number().int() });

/**
 * Of a step's output that is on another node: the step's id says so, `node` need not.
 *
 * Lines from number `from`, counted from the end where it is negative; or, with `at`, the line that has that byte, with
 * `before` lines before it, for which nothing need be counted. A reply ends early once it has 2 MiB: go on with `at=next`.
 */
export const getOutputLines = {
  method: 'GET',
  path: '/api/v1/runs/{run}/output/lines',
  permission: 'monitor',
  audit: 'none',
  summary: "Lines of a step's output, by number, from its end or around a byte",
  parameters: run,
  query: linesAsked.extend({ step }),
  reply: linesGiven,
} as const satisfies Endpoint;

/**
 * Lines with a text; upper and lower case of A to Z are alike. Forward from line `from` or byte `at`, backward before it; without
 * either from the beginning, or backward from the end. A request reads 64 MiB at most: go on with `at=cursor` while there is one.
 */
export const searchOutput = {
  method: 'GET',
  path: '/api/v1/runs/{run}/output/search',
  permission: 'monitor',
  audit: 'none',
  summary: "The next lines of a step's output with a text",
  parameters: run,
  query: searchAsked.extend({ step }),
  reply: z.object({ matches: z.array(lineFound), cursor: z.number().int().optional(), indexing: z.boolean() }),
} as const satisfies Endpoint;

export const downloadOutput = {
  method: 'GET',
  path: '/api/v1/runs/{run}/output/download',
  permission: 'monitor',
  audit: 'none',
  media: 'application/octet-stream',
  summary: "All of a step's output so far as a file, raw or compressed with gzip",
  parameters: run,
  query: z.object({ step, ...onNode, gzip: z.stringbool().default(false) }),
  reply: z.unknown(),
} as const satisfies Endpoint;
