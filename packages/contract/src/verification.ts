import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { entryClass } from './entry-fields.ts';

/** What verification has to say about one place of a definition. */
export const finding = z.object({
  /** `CODE:CLASS/NAME/FIELD@NODE`, as far as there is a place: what an error is overridden by. */
  id: z.string(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  class: entryClass.optional(),
  name: z.string().optional(),
  field: z.string().optional(),
  node: z.string().optional(),
  sentence: z.string(),
  /** An error for which the draft can be made active all the same, when somebody names it. */
  overridable: z.boolean(),
});
export type FindingView = z.infer<typeof finding>;

export const verificationResult = z.object({
  of: z.enum(['draft', 'active']),
  /** SHA-256 of the document that was looked at; a draft that was changed since has another one. */
  hash: z.string(),
  at: z.string(),
  by: z.string(),
  automatic: z.boolean(),
  durationMs: z.number(),
  /** On which nodes the commands were looked at. */
  nodes: z.array(z.object({ node: z.string(), looked: z.boolean() })),
  /** How many different commands. */
  commands: z.number().int(),
  /** Where the members of etcd run, and what may be lost of them; missing with an embedded store. */
  etcd: z.string().optional(),
  errors: z.number().int(),
  warnings: z.number().int(),
  findings: z.array(finding),
});
export type VerificationResult = z.infer<typeof verificationResult>;

export const verify = {
  method: 'POST',
  path: '/api/v1/configuration/verify',
  permission: 'operator',
  audit: 'change',
  summary: 'Verify the draft, or the active revision, on every node',
  body: z.strictObject({ of: z.enum(['draft', 'active']).default('draft') }),
  reply: verificationResult,
} as const satisfies Endpoint;

export const getVerification = {
  method: 'GET',
  path: '/api/v1/configuration/verification',
  permission: 'monitor',
  audit: 'none',
  summary: 'What the last verification of the draft found, and the last one of the active revision',
  reply: z.object({
    draft: verificationResult.extend({ upToDate: z.boolean() }).optional(),
    active: verificationResult.extend({ upToDate: z.boolean() }).optional(),
    /** When the active revision is verified by itself, and where; missing when it is not. */
    daily: z.object({ hour: z.number().int(), node: z.string(), next: z.string() }).optional(),
  }),
} as const satisfies Endpoint;
