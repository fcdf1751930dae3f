import { z } from 'zod';
import { activeRevision, draftSeen, entryChange } from './changes.ts';
import type { Endpoint } from './endpoint.ts';
import { entry } from './entry-fields.ts';

export const revisionView = activeRevision.extend({
  active: z.boolean(),
  /** The names that it was given. */
  snapshots: z.array(z.string()),
});
export type RevisionView = z.infer<typeof revisionView>;

export const snapshotView = z.object({
  name: z.string(),
  revision: z.number().int(),
  at: z.string(),
  by: z.string(),
  remark: z.string().optional(),
});

export const listRevisions = {
  method: 'GET',
  path: '/api/v1/configuration/revisions',
  permission: 'monitor',
  audit: 'none',
  summary: 'The revisions that were made active, newest first, and the snapshots',
  query: z.object({
    before: z.coerce.number().int().min(1).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  reply: z.object({ revisions: z.array(revisionView), more: z.boolean(), snapshots: z.array(snapshotView) }),
} as const satisfies Endpoint;

const number = z.object({ number: z.coerce.number().int().min(1) });

export const getRevision = {
  method: 'GET',
  path: '/api/v1/configuration/revisions/{number}',
  permission: 'monitor',
  audit: 'none',
  summary: 'One revision with all its entries',
  parameters: number,
  reply: revisionView.extend({ cluster: z.string(), entries: z.array(entry) }),
} as const satisfies Endpoint;

/** A number, a snapshot's name, `active` or `draft`; `0` is the empty configuration before the first revision. */
const which = z.string().min(1).max(64);

export const compareRevisions = {
  method: 'GET',
  path: '/api/v1/configuration/compare',
  permission: 'monitor',
  audit: 'none',
  summary: 'In what two revisions differ, value by value: by number, by snapshot, or active and draft',
  query: z.object({ from: which, to: which }),
  reply: z.object({ from: z.string(), to: z.string(), count: z.number().int(), changes: z.array(entryChange) }),
} as const satisfies Endpoint;

export const restoreRevision = {
  method: 'POST',
  path: '/api/v1/configuration/revisions/{number}/restore',
  permission: 'admin',
  audit: 'change',
  summary: 'Make the draft what this revision says; nothing becomes active by it',
  parameters: number,
  body: z.strictObject({
    /** The draft may have changes that are not synchronised: they are lost. Refused when it has and this is not said. */
    discardChanges: z.boolean().default(false),
    draft: draftSeen.optional(),
  }),
  reply: z.object({ number: z.number().int(), count: z.number().int(), changes: z.array(entryChange) }),
} as const satisfies Endpoint;

const snapshotName = z.object({ name: z.string() });

export const addSnapshot = {
  method: 'PUT',
  path: '/api/v1/configuration/snapshots/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Give a revision a name',
  parameters: snapshotName,
  body: z.strictObject({
    /** The active one unless said. */
    revision: z.number().int().min(1).optional(),
    remark: z.string().max(500).optional(),
  }),
  reply: snapshotView,
} as const satisfies Endpoint;

export const deleteSnapshot = {
  method: 'DELETE',
  path: '/api/v1/configuration/snapshots/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Take the name of a revision away; the revision stays',
  parameters: snapshotName,
  reply: z.undefined(),
  status: 204,
} as const satisfies Endpoint;
