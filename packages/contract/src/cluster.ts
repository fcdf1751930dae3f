import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { runSummary } from './runs.ts';

export const CLUSTER_MANAGER_STATES = [
  'NOT_CONFIGURED',
  'ST_INIT',
  'ST_JOINING',
  'ST_RP_RUNNING',
  'ST_BARRIER',
  'ST_CBARRIER',
  'ST_UNSTABLE',
  'ST_STABLE',
  'RP_FAILED',
] as const;

export const getCluster = {
  method: 'GET',
  path: '/api/v1/cluster',
  permission: 'monitor',
  audit: 'none',
  summary: 'The cluster, its state, what runs and what waits',
  reply: z.object({
    cluster: z.string(),
    node: z.string(),
    nodes: z.array(z.string()),
    state: z.enum(CLUSTER_MANAGER_STATES),
    version: z.string(),
    running: runSummary.optional(),
    beside: z.array(runSummary),
    queue: z.array(runSummary),
    last: z.array(runSummary),
    /** Sentences about what is not as it should be: a log that cannot be written, a disk that is full. */
    troubles: z.array(z.object({ code: z.string(), sentence: z.string() })),
    at: z.string(),
  }),
} as const satisfies Endpoint;

/** Server-sent events: `changed` with the names of what changed: cluster, runs, configuration, summaries. */
export const watchCluster = {
  method: 'GET',
  path: '/api/v1/stream',
  permission: 'monitor',
  audit: 'none',
  media: 'text/event-stream',
  summary: 'What changes, as it changes',
  reply: z.unknown(),
} as const satisfies Endpoint;
