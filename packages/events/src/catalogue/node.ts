import { COMPONENT, HOW_A_NODE_LEAVES, NODE_JOINING, NODE_LEAVING, NODE_OF_A_COMPONENT } from './common-arguments.ts';
import type { PredefinedEvent } from './types.ts';

export const NODE_EVENTS: readonly PredefinedEvent[] = [
  {
    name: 'node_up',
    eventClass: 'node',
    slow: true,
    arguments: [NODE_JOINING],
    meaning: 'A node joins the cluster and acquires the resource groups that its policies give it.',
    occurs: 'When cluster services start on a node, at cluster startup or when it rejoins later.',
    underParallelProcessing: 'per_list',
  },
  {
    name: 'node_up_complete',
    eventClass: 'node',
    slow: false,
    arguments: [NODE_JOINING],
    meaning:
      'The node has become a member. Its application servers are started; other nodes may now mount from it what it exports by NFS.',
    occurs: 'After the resources are processed and node_up has succeeded.',
    underParallelProcessing: 'once',
  },
  {
    name: 'node_down',
    eventClass: 'node',
    slow: true,
    arguments: [NODE_LEAVING, HOW_A_NODE_LEAVES],
    meaning:
      'A node leaves the cluster. Its resource groups are brought offline, move to the surviving nodes of their node lists, or are left UNMANAGED.',
    occurs: 'When cluster services are stopped on a node, or when it no longer answers: then the surviving nodes initiate it.',
    underParallelProcessing: 'per_list',
  },
  {
    name: 'node_down_complete',
    eventClass: 'node',
    slow: false,
    arguments: [NODE_LEAVING, HOW_A_NODE_LEAVES],
    meaning: 'The node has left and its resources are where they belong. On the node itself cluster services now end.',
    occurs: 'After node_down and the resource group actions that it brought about.',
    underParallelProcessing: 'once',
  },
  {
    name: 'node_unhealthy',
    eventClass: 'node',
    slow: false,
    arguments: [NODE_OF_A_COMPONENT, COMPONENT],
    meaning:
      'The monitor event of a component has failed, or timed out too often: the node is UNHEALTHY, and what depends on the component should not be served from it.',
    occurs: 'When a monitor event changes what is known of the health of a node, in a component that is driven or observed.',
    underParallelProcessing: 'once',
  },
  {
    name: 'node_healthy',
    eventClass: 'node',
    slow: false,
    arguments: [NODE_OF_A_COMPONENT, COMPONENT],
    meaning:
      'The monitor event of a component succeeds again, or the component is not monitored any more: the node is healthy in it.',
    occurs:
      'When one monitor event succeeds on a node that node_unhealthy has told of, or when the component has been made manual or removed there.',
    underParallelProcessing: 'once',
  },
];
