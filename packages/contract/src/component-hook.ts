import { NAME, textFault } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/**
 * What the hook of a component asks for each event that a `ctdbd` runs. The record of the event is its trail: an audit of a
 * monitor every 15 seconds would bury what people do. Of an event that was handed over before, nothing is recorded again.
 */
export const handOverComponentEvent = {
  method: 'POST',
  path: '/api/v1/components/{component}/handed-over',
  permission: 'admin',
  audit: 'none',
  status: 201,
  summary: 'Hand over an event that CTDB runs on this node; for its hook',
  parameters: z.object({ component: z.string().regex(NAME) }),
  body: z.strictObject({
    /** Made by the hook: milliseconds since 1970, and its pid. */
    id: z.string().regex(/^\d{13}-\d{1,10}$/),
    /** Milliseconds since 1970. */
    at: z.number().int().min(0),
    event: z.string().regex(NAME),
    /** Plain text: they come into logs, and into the arguments of commands. */
    args: z.array(z.string().refine((text) => textFault(text, 'args') === undefined)).max(64),
  }),
  reply: z.object({ component: z.string(), event: z.string() }),
} as const satisfies Endpoint;
