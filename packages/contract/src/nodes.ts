import { NODE_STATES, START_WHEN, STOP_WAYS } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/** A step that ran on a node when that was lost: neither success nor failure. */
const lostStep = z.object({
  run: z.string(),
  step: z.string(),
  event: z.string(),
  args: z.array(z.string()),
  key: z.string(),
  customEvent: z.string().optional(),
});

/** Whether a node that was lost is proven off. */
export const FENCING_STATES = ['pending', 'off', 'not_configured', 'failed', 'confirmed', 'rejoined'] as const;

export const fencingView = z.object({
  node: z.string(),
  state: z.enum(FENCING_STATES),
  lostAt: z.string(),
  fencedAt: z.string().optional(),
  /** Who confirmed that the node is off. */
  by: z.string().optional(),
  /** What is so, and what to do. */
  sentence: z.string(),
});
export type FencingView = z.infer<typeof fencingView>;

const servicesStopped = z.object({ how: z.enum(STOP_WAYS), by: z.string(), at: z.string() });

export const nodeView = z.object({
  node: z.string(),
  state: z.enum(NODE_STATES),
  /** Since when it is in this state; missing of a node that was never a member. */
  since: z.string().optional(),
  /** The number of its membership: the store's revision at which that began. */
  membership: z.number().int().optional(),
  coordinator: z.boolean(),
  /** The node whose daemon answers. */
  here: z.boolean(),
  stopping: servicesStopped.optional(),
  stopped: servicesStopped.optional(),
  /** Whether its cluster services start with its daemon; missing: as they were. */
  atStart: z.boolean().optional(),
  release: z.string().optional(),
  protocol: z.number().int().optional(),
  /** Where its daemon answers other daemons, HOST:PORT. */
  address: z.string().optional(),
  /** Its console. */
  url: z.string().optional(),
  /** The newest active revision whose bytes it has. */
  revision: z.number().int().optional(),
  /** By how much its clock is ahead of this node's; missing where that is not known. */
  clockDifferenceMs: z.number().optional(),
  /** Of a node that was lost. */
  fencing: fencingView.optional(),
  /** Steps that were open when it was lost, as long as the runs are kept. */
  lostSteps: z.array(lostStep),
});
export type NodeView = z.infer<typeof nodeView>;

export const listNodes = {
  method: 'GET',
  path: '/api/v1/nodes',
  permission: 'monitor',
  audit: 'none',
  summary: 'The nodes: membership, cluster services, fencing, clocks',
  reply: z.object({ nodes: z.array(nodeView), at: z.string() }),
} as const satisfies Endpoint;

const nodes = z.array(z.string().max(64)).min(1).max(32);

/** What was done about each node, or why there was nothing to do. `undone`: nor does it come by itself; the sentence says what to do. */
const done = z.object({
  nodes: z.array(z.object({ node: z.string(), changed: z.boolean(), undone: z.boolean().optional(), sentence: z.string() })),
});
export type ServicesChanged = z.infer<typeof done>;

export const startClusterServices = {
  method: 'POST',
  path: '/api/v1/cluster-services/start',
  permission: 'operator',
  audit: 'run',
  summary: 'Start cluster services on nodes: now, whenever their daemon starts, or both; they join by node_up',
  body: z.strictObject({ nodes, when: z.enum(START_WHEN).default('now') }),
  reply: done,
} as const satisfies Endpoint;

export const stopClusterServices = {
  method: 'POST',
  path: '/api/v1/cluster-services/stop',
  permission: 'operator',
  audit: 'run',
  summary: 'Stop cluster services on nodes: resource groups are brought offline, moved, or left UNMANAGED',
  body: z.strictObject({ nodes, how: z.enum(STOP_WAYS), when: z.enum(START_WHEN).default('now') }),
  reply: done,
} as const satisfies Endpoint;

/** What the shared store knows of a node that is down is forgotten; one of that name that starts later joins as a new one. */
export const removeNode = {
  method: 'POST',
  path: '/api/v1/nodes/{node}/remove',
  permission: 'admin',
  audit: 'change',
  summary: 'Remove a node that is down from the cluster: it is no longer known',
  parameters: z.object({ node: z.string() }),
  body: z.strictObject({
    /** The name of the node, as the person has typed it. */
    typed: z.string().max(64),
  }),
  reply: z.object({ node: z.string(), sentence: z.string() }),
} as const satisfies Endpoint;

/** Where fencing failed nothing is taken over before a person has seen to it that the node is off. */
export const confirmNodeOff = {
  method: 'POST',
  path: '/api/v1/nodes/{node}/confirm-off',
  permission: 'operator',
  audit: 'run',
  summary: 'Confirm that a node is off, so that what it had is taken over',
  parameters: z.object({ node: z.string() }),
  body: z.strictObject({
    /** The name of the node, as the person has typed it. */
    typed: z.string().max(64),
  }),
  reply: z.object({ node: z.string(), sentence: z.string() }),
} as const satisfies Endpoint;
