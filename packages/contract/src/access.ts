import { z } from 'zod';
import { type Endpoint, ROLES } from './endpoint.ts';

export const principal = z.object({ name: z.string(), role: z.enum(ROLES), via: z.enum(['session', 'control_socket']) });
export type PrincipalView = z.infer<typeof principal>;

const account = z.object({ name: z.string().min(1).max(64), password: z.string().min(1).max(1024) });

export const getSession = {
  method: 'GET',
  path: '/api/v1/session',
  permission: 'public',
  audit: 'none',
  summary: 'Who is signed in, and whether the administrator has still to be created',
  reply: z.object({
    principal: principal.optional(),
    setUpNeeded: z.boolean(),
    cluster: z.string().optional(),
    node: z.string().optional(),
  }),
} as const satisfies Endpoint;

export const signIn = {
  method: 'POST',
  path: '/api/v1/session',
  permission: 'public',
  audit: 'access',
  summary: 'Sign in',
  body: account,
  reply: z.object({ principal }),
  status: 201,
} as const satisfies Endpoint;

export const signOut = {
  method: 'DELETE',
  path: '/api/v1/session',
  permission: 'monitor',
  audit: 'access',
  summary: 'Sign out',
  reply: z.undefined(),
  status: 204,
} as const satisfies Endpoint;

/** The one-time token stands in the URL that the first start prints. */
export const createAdministrator = {
  method: 'POST',
  path: '/api/v1/setup',
  permission: 'public',
  audit: 'access',
  summary: 'Create the administrator, with the one-time token of the first start',
  body: account.extend({ token: z.string().min(1).max(200) }),
  reply: z.object({ principal }),
  status: 201,
} as const satisfies Endpoint;

export const auditEntry = z.object({
  number: z.number().int(),
  at: z.string(),
  principal: z.string(),
  via: z.string(),
  action: z.string(),
  target: z.string(),
  phase: z.enum(['intent', 'effect']),
  outcome: z.string().optional(),
  requestId: z.string().optional(),
  address: z.string().optional(),
  detail: z.string().optional(),
  hash: z.string(),
});

export const getAuditTrail = {
  method: 'GET',
  path: '/api/v1/audit',
  permission: 'admin',
  audit: 'none',
  summary: 'The audit trail, newest first, and whether its chain of hashes is whole',
  query: z.object({ before: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
  reply: z.object({ entries: z.array(auditEntry), whole: z.boolean(), brokenAt: z.number().int().optional() }),
} as const satisfies Endpoint;

/** `me`: of whoever is signed in. `all`: of everybody, for administrators. */
const who = z.object({ who: z.enum(['me', 'all']).default('me') });

export const getSmitScript = {
  method: 'GET',
  path: '/api/v1/smit-script',
  permission: 'monitor',
  audit: 'none',
  media: 'text/plain',
  summary: 'smit.script: the lines of fallover that do again what was done and succeeded, for sh',
  query: who,
  reply: z.unknown(),
} as const satisfies Endpoint;

export const getSmitLog = {
  method: 'GET',
  path: '/api/v1/smit-log',
  permission: 'monitor',
  audit: 'none',
  media: 'text/plain',
  summary: 'smit.log: all that was done, by whom and when, and what came of it',
  query: who,
  reply: z.unknown(),
} as const satisfies Endpoint;
