import { CLUSTER_STATES, CLUSTER_SUBSTATES, HEALTH_STATES, NODE_STATES } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { fencingView } from './nodes.ts';
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

/** Without quorum, or without the store, nothing new is started and every shared write is refused. */
const storeConnection = z.discriminatedUnion('state', [
  z.object({ state: z.literal('connected') }),
  z.object({ state: z.enum(['no_quorum', 'out_of_reach']), since: z.string(), sentence: z.string() }),
]);

const componentHealthOfNode = z.object({
  node: z.string(),
  component: z.string(),
  /** Missing of another node. */
  mode: z.enum(['driven', 'observed']).optional(),
  state: z.enum(HEALTH_STATES),
  since: z.string().optional(),
  /** UNHEALTHY, or not started: somebody has to look. */
  isTrouble: z.boolean(),
  sentence: z.string(),
});

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
    /** As clstat has them: of the cluster, not of this node's cluster manager. */
    clusterState: z.enum(CLUSTER_STATES),
    substate: z.enum(CLUSTER_SUBSTATES),
    members: z.array(z.object({ node: z.string(), state: z.enum(NODE_STATES), since: z.string().optional() })),
    coordinator: z.string().optional(),
    store: storeConnection,
    /** Nodes that were lost and are not proven off: resources may be active twice, or nothing is taken over. */
    fencing: z.array(fencingView),
    /** Of each node what is known of its health in a component that is driven or observed; of other nodes only what is UNHEALTHY. */
    health: z.array(componentHealthOfNode),
    /** Said where network events would come from, unless a monitor sees to it. */
    networkEvents: z.string().optional(),
    running: runSummary.optional(),
    beside: z.array(runSummary),
    queue: z.array(runSummary),
    last: z.array(runSummary),
    /** Sentences about what is not as it should be: a log that cannot be written, a disk that is full. */
    troubles: z.array(z.object({ code: z.string(), sentence: z.string() })),
    at: z.string(),
  }),
} as const satisfies Endpoint;

/** Server-sent events: `changed` with the names of what changed: cluster, runs, configuration, summaries, notifications, components. */
export const watchCluster = {
  method: 'GET',
  path: '/api/v1/stream',
  permission: 'monitor',
  audit: 'none',
  media: 'text/event-stream',
  summary: 'What changes, as it changes',
  reply: z.unknown(),
} as const satisfies Endpoint;
