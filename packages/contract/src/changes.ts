import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { entryRef } from './entries.ts';
import { revision, warning } from './entry-fields.ts';
import { finding } from './verification.ts';

/** SHA-256 of the draft that somebody was shown: what they then do is refused when it is another one by now. */
export const draftSeen = z.string().regex(/^[0-9a-f]{64}$/);

/** One entry in which draft and active revision differ. */
export const change = z.object({
  class: z.string(),
  name: z.string(),
  kind: z.enum(['added', 'changed', 'deleted']),
  fields: z.array(z.string()),
});

/** The same value by value; a side that is missing is empty there. */
export const entryChange = entryRef.extend({
  kind: z.enum(['added', 'changed', 'deleted']),
  values: z.array(
    z.object({
      field: z.string(),
      node: z.string().optional(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
    }),
  ),
});
export type EntryChangeView = z.infer<typeof entryChange>;

export const activeRevision = z.object({
  number: z.number().int(),
  hash: z.string(),
  at: z.string(),
  by: z.string(),
  comment: z.string().optional(),
  /** What verification had found when it became active; the errors that somebody overrode, by their ids. */
  verification: z.object({ errors: z.number().int(), warnings: z.number().int(), overridden: z.array(z.string()) }).optional(),
});

export const getConfiguration = {
  method: 'GET',
  path: '/api/v1/configuration',
  permission: 'monitor',
  audit: 'none',
  summary: 'The active revision, and what in the draft is not synchronised',
  reply: z.object({
    active: activeRevision.optional(),
    changes: z.array(change),
    /** How many values differ: what every panel shows as not synchronised. */
    changeCount: z.number().int(),
    exampleLoadable: z.boolean(),
    /** The directory of the script library; missing when the cluster manager was not started with --script-library. */
    scriptLibrary: z.string().optional(),
  }),
} as const satisfies Endpoint;

export const getChanges = {
  method: 'GET',
  path: '/api/v1/configuration/changes',
  permission: 'monitor',
  audit: 'none',
  summary: 'Draft against active revision, value by value',
  reply: z.object({
    active: activeRevision.optional(),
    /** Of the draft as it is shown here. */
    draft: draftSeen,
    count: z.number().int(),
    /** `revision` is of the entry in the draft, 0 where it is deleted there: it goes back with a revert. */
    changes: z.array(entryChange.extend({ revision })),
  }),
} as const satisfies Endpoint;

export const revertChanges = {
  method: 'POST',
  path: '/api/v1/configuration/revert',
  permission: 'admin',
  audit: 'change',
  summary: 'Take changes of the draft back, all at once: a value, or without a field a whole entry, is then as it is active',
  body: z.strictObject({
    changes: z
      .array(entryRef.extend({ revision, field: z.string().optional(), node: z.string().optional() }))
      .min(1)
      .max(20_000),
  }),
  reply: z.object({ reverted: z.number().int(), count: z.number().int() }),
} as const satisfies Endpoint;

export const synchronise = {
  method: 'POST',
  path: '/api/v1/configuration/synchronise',
  permission: 'admin',
  audit: 'change',
  summary: 'Verify the draft, and make it active as a new revision unless there are errors',
  body: z.strictObject({
    comment: z.string().max(500).optional(),
    /** The ids of the errors for all of which it is made active nevertheless. */
    override: z.array(z.string().max(400)).max(1000).default([]),
    draft: draftSeen.optional(),
  }),
  reply: z.object({
    number: z.number().int(),
    hash: z.string(),
    changes: z.array(change),
    warnings: z.array(warning),
    findings: z.array(finding),
  }),
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
