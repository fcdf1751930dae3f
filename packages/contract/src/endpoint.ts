import type { z } from 'zod';

/** From the least to the most: a role may ask whatever the roles before it may. */
export const ROLES = ['monitor', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const roleMay = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** `public` needs no session: sign in, set-up, health. `step` needs the id of a step that runs, over the control socket. */
export type Permission = Role | 'public' | 'step';

/** What goes to the audit trail: nothing, or an intent before the effect and the outcome after it. */
export type Audit = 'none' | 'change' | 'run' | 'access';

/** An endpoint is data: the daemon's router, its OpenAPI document and the clients are all made from it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parameters in braces: `/api/v1/runs/{run}`. */
  path: string;
  summary: string;
  permission: Permission;
  audit: Audit;
  /** Every value is text in the URL; the schema coerces. */
  parameters?: z.ZodType<Record<string, unknown>>;
  query?: z.ZodType<Record<string, unknown>>;
  body?: z.ZodType;
  /** A caller that goes away is told of by the signal, although it is a write: what it asked for is given up. */
  endsWithCaller?: true;
  /** Of the request's body as Express writes it; 1mb unless said. */
  largestBody?: '16mb';
  reply: z.ZodType;
  /** Of the reply; 200 unless said. */
  status?: 201 | 204;
  /** Not JSON: a stream of server-sent events, or bytes. */
  media?: 'text/event-stream' | 'text/plain' | 'application/octet-stream';
}

/** Every write carries this header with a UUID made by its client; a repeat gets the first answer. */
export const REQUEST_ID_HEADER = 'Idempotency-Key';

/**
 * Every reply has it while the store does not answer, with the state of the store as `getCluster` says it: `no_quorum` or
 * `out_of_reach`. What such a reply says of the cluster is as the node knew it last.
 */
export const STORE_HEADER = 'Fallover-Store';

/** What a client sends to an endpoint, before the defaults are filled in; and what it gets back. */
export type BodyOf<Of extends Endpoint> = Of extends { body: infer Body extends z.ZodType } ? z.input<Body> : undefined;
export type ReplyOf<Of extends Endpoint> = z.output<Of['reply']>;
