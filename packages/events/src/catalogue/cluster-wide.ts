import { COMPONENT, NODE_OF_A_COMPONENT } from './common-arguments.ts';
import type { PredefinedEvent } from './types.ts';

export const CLUSTER_WIDE_EVENTS: readonly PredefinedEvent[] = [
  {
    name: 'config_too_long',
    eventClass: 'cluster_wide',
    slow: false,
    arguments: [
      { name: 'SECONDS', kind: 'seconds', required: true, help: 'How long the event has been processed so far.' },
      { name: 'EVENT', kind: 'event', required: true, help: 'The event that takes too long.' },
    ],
    meaning: 'A warning: an event takes longer than its time until warning. The event goes on; nothing is ended.',
    occurs:
      'Beside the event that takes too long, on its node, once its time until warning is over and again at growing intervals.',
    underParallelProcessing: 'once',
  },
  {
    name: 'reconfig_topology_start',
    eventClass: 'cluster_wide',
    slow: false,
    arguments: [],
    meaning: 'A dynamic reconfiguration of the cluster topology begins.',
    occurs: 'When a changed topology is synchronised while cluster services run.',
    underParallelProcessing: 'once',
  },
  {
    name: 'reconfig_topology_complete',
    eventClass: 'cluster_wide',
    slow: false,
    arguments: [],
    meaning: 'The dynamic reconfiguration of the cluster topology is done.',
    occurs: 'After reconfig_topology_start, when every node uses the new topology.',
    underParallelProcessing: 'once',
  },
  {
    name: 'reconfig_resource_acquire',
    eventClass: 'cluster_wide',
    slow: true,
    arguments: [],
    meaning: 'Resources that a dynamic reconfiguration concerns are acquired by the nodes that are to have them.',
    occurs: 'During a dynamic reconfiguration of resources, after they were released.',
    underParallelProcessing: 'once',
  },
  {
    name: 'reconfig_resource_release',
    eventClass: 'cluster_wide',
    slow: true,
    arguments: [],
    meaning: 'Resources that a dynamic reconfiguration concerns are released.',
    occurs: 'When changed resources or resource groups are synchronised while cluster services run.',
    underParallelProcessing: 'once',
  },
  {
    name: 'reconfig_resource_complete',
    eventClass: 'cluster_wide',
    slow: true,
    arguments: [],
    meaning: 'The dynamic reconfiguration of resources has succeeded.',
    occurs: 'After reconfig_resource_acquire has ended on every node.',
    underParallelProcessing: 'once',
  },
  {
    name: 'cluster_notify',
    eventClass: 'cluster_wide',
    slow: false,
    arguments: [{ name: 'MESSAGE', kind: 'text', required: false, help: 'What verification found.' }],
    meaning:
      'Verification found errors in the configuration. Every node that runs cluster services writes them to its hacmp.out.',
    occurs: 'When automatic verification of the cluster configuration detects errors.',
    underParallelProcessing: 'once',
  },
  {
    name: 'event_error',
    eventClass: 'cluster_wide',
    slow: false,
    arguments: [
      { name: 'STATUS', kind: 'status', required: true, help: 'The status of the event that failed.' },
      { name: 'EVENT', kind: 'event', required: true, help: 'The event that failed.' },
      { name: 'ARGUMENT', kind: 'text', required: false, several: true, help: 'The arguments of the event that failed.' },
    ],
    meaning:
      'An event failed and could not be recovered. Every node writes the name of the failing node to its hacmp.out; scripts find it as EVENT_FAILED_NODE.',
    occurs: 'On every node that can be reached, when an event has failed on any of them.',
    underParallelProcessing: 'once',
  },
  {
    name: 'ctdb_event',
    eventClass: 'cluster_wide',
    slow: false,
    arguments: [
      NODE_OF_A_COMPONENT,
      COMPONENT,
      {
        name: 'EVENT',
        kind: 'text',
        required: true,
        help: 'The event that the CTDB of that node has run in the component.',
      },
      { name: 'ARGUMENT', kind: 'text', required: false, several: true, help: 'The arguments of that event.' },
    ],
    meaning:
      'A CTDB cluster that Fallover observes has run an event. It is processed on the node where CTDB has run it, and changes nothing there.',
    occurs:
      'When the hook in a component hands over an event other than monitor, and this event is customised or a notification method names it.',
    underParallelProcessing: 'once',
  },
];
