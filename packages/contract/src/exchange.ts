import { EXPORT_FORMATS, IMPORT_FORMATS, LONGEST_IMPORT } from '@fallover/events';
import { z } from 'zod';
import { draftSeen, entryChange } from './changes.ts';
import type { Endpoint } from './endpoint.ts';

export { EXPORT_FORMATS, IMPORT_FORMATS, LONGEST_IMPORT };

export const exportConfiguration = {
  method: 'GET',
  path: '/api/v1/configuration/export',
  permission: 'monitor',
  audit: 'none',
  media: 'text/plain',
  summary: 'The configuration as a file: JSON, CSV, the worksheet as CSV, ODM stanzas, lines of clmgr or of fallover',
  query: z.object({
    format: z.enum(EXPORT_FORMATS).default('json'),
    /** A number, a snapshot's name, `active` or `draft`. */
    of: z.string().min(1).max(64).default('draft'),
  }),
  reply: z.unknown(),
} as const satisfies Endpoint;

export const importConfiguration = {
  method: 'POST',
  path: '/api/v1/configuration/import',
  permission: 'admin',
  audit: 'change',
  summary: 'Read a file into the draft, all of it or nothing; with dryRun only show what would change',
  body: z.strictObject({
    /** Told from the text unless said. */
    format: z.enum(IMPORT_FORMATS).optional(),
    /** LONGEST_IMPORT characters at most. */
    text: z.string(),
    /** The file is the whole configuration: what it does not have is deleted. Else it adds and changes. JSON is whole unless said. */
    whole: z.boolean().optional(),
    dryRun: z.boolean().default(false),
    draft: draftSeen.optional(),
  }),
  largestBody: '16mb',
  reply: z.object({
    format: z.enum(IMPORT_FORMATS),
    whole: z.boolean(),
    saved: z.boolean(),
    /** The draft that the file was read into: what was shown of it holds for this one only. */
    draft: draftSeen,
    count: z.number().int(),
    changes: z.array(entryChange),
    /** What the file has and the configuration cannot hold, by line; and what is worth knowing. */
    notes: z.array(z.object({ code: z.string(), line: z.number().int().optional(), sentence: z.string() })),
  }),
} as const satisfies Endpoint;
