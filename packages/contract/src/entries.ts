import { ENTRY_CLASSES } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { entryClass, revision, warning } from './entry-fields.ts';

/** Fields of any class, as the panels and the shell handle them; what is allowed in a class its schema says. */
const fields = z.record(
  z.string(),
  z.object({ cluster: z.unknown().optional(), nodes: z.record(z.string(), z.unknown()).optional() }),
);

/** Which entry: by class and name. */
export const entryRef = z.object({ class: z.enum(ENTRY_CLASSES), name: z.string() });

export const entryView = entryRef.extend({
  draft: z.object({ revision, fields }).optional(),
  active: fields.optional(),
  synchronised: z.boolean(),
  /** The entries of the draft that name this one. */
  usedBy: z.array(entryRef),
});
export type EntryView = z.infer<typeof entryView>;

export const listEntries = {
  method: 'GET',
  path: '/api/v1/entries/{class}',
  permission: 'monitor',
  audit: 'none',
  summary: 'The entries of one class: nodes, sites, networks, network interfaces, service IP labels …',
  parameters: z.object({ class: entryClass }),
  reply: z.object({ entries: z.array(entryView) }),
} as const satisfies Endpoint;

const classAndName = z.object({ class: entryClass, name: z.string() });

export const changeEntry = {
  method: 'PUT',
  path: '/api/v1/entries/{class}/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Add or change an entry of any class in the draft; revision 0 adds it',
  parameters: classAndName,
  body: z.strictObject({ revision, fields }),
  reply: z.object({ entry: entryView, warnings: z.array(warning) }),
} as const satisfies Endpoint;

export const deleteEntry = {
  method: 'DELETE',
  path: '/api/v1/entries/{class}/{name}',
  permission: 'admin',
  audit: 'change',
  summary: 'Delete an entry from the draft; refused while another entry names it',
  parameters: classAndName,
  query: z.object({ revision: z.coerce.number().int().min(0) }),
  reply: z.undefined(),
  status: 204,
} as const satisfies Endpoint;
