import { NAME } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/**
 * Its answer is kept nowhere, since whoever has the token can join: asked again, it makes another one. It holds once, for a
 * quarter of an hour, for the node of this name.
 */
export const addJoinToken = {
  method: 'POST',
  path: '/api/v1/join-tokens/{node}',
  permission: 'admin',
  audit: 'access',
  status: 201,
  summary: 'A token by which a node joins the cluster and gets its certificate',
  parameters: z.object({ node: z.string().regex(NAME) }),
  reply: z.object({ token: z.string(), node: z.string(), expiresAt: z.iso.datetime() }),
} as const satisfies Endpoint;

/** On the node itself only, over its control socket. */
export const joinCluster = {
  method: 'POST',
  path: '/api/v1/join',
  permission: 'admin',
  audit: 'access',
  summary: 'This node gets its certificate, so that the other nodes and this one can ask each other',
  body: z.strictObject({ token: z.string().max(4096) }),
  reply: z.object({ node: z.string(), cluster: z.string() }),
} as const satisfies Endpoint;
