import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { onNode, outputLine } from './output.ts';

/** `hacmp.out` or one that it was rotated to, `hacmp.out.1` to `hacmp.out.7`; or the same as a summary's `file` names it. */
const file = z.string().max(4096);

export const getHacmpOut = {
  method: 'GET',
  path: '/api/v1/hacmp-out',
  permission: 'monitor',
  audit: 'none',
  summary: 'Lines of hacmp.out around a byte, such as the one with which an event summary begins',
  query: z.object({
    ...onNode,
    file: file.default('hacmp.out'),
    /** The line that has this byte is the first, behind `before` lines; left out: the end of the file. */
    from: z.coerce.number().int().min(0).optional(),
    before: z.coerce.number().int().min(0).max(1000).default(0),
    /** Lines that begin within so many bytes. */
    length: z.coerce.number().int().min(0).max(1_048_576).default(65_536),
  }),
  reply: z.object({
    file: z.string(),
    /** The log's own files that there are, newest first. */
    files: z.array(z.string()),
    lines: z.array(outputLine),
    next: z.number().int(),
    size: z.number().int(),
  }),
} as const satisfies Endpoint;

export const searchHacmpOut = {
  method: 'GET',
  path: '/api/v1/hacmp-out/search',
  permission: 'monitor',
  audit: 'none',
  summary: 'Where a text stands in hacmp.out, such as the one behind "Search on:"; without a file in all of them, newest first',
  query: z.object({
    ...onNode,
    text: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\n]*$/),
    file: file.optional(),
    /** In the file, or in the first of them. */
    from: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  reply: z.object({
    matches: z.array(z.object({ file: z.string(), offset: z.number().int(), at: z.number().int(), text: z.string() })),
    /** The search goes on with this file and byte; no request reads more than some 64 MiB. */
    cursor: z.object({ file: z.string(), from: z.number().int() }).optional(),
  }),
} as const satisfies Endpoint;
