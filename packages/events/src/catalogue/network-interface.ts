import { NETWORK, NODE_OF_AN_INTERFACE } from './common-arguments.ts';
import type { EventArgument, PredefinedEvent } from './types.ts';

const label = (name: string, help: string): EventArgument => ({ name, kind: 'network_interface', required: true, help });
const LABEL = label('LABEL', 'The IP label or address of the network interface.');

const SWAPPED: readonly EventArgument[] = [
  NODE_OF_AN_INTERFACE,
  NETWORK,
  label('LABEL1', 'The IP label or address of the first of the two interfaces that are swapped.'),
  label('LABEL2', 'The IP label or address of the second of the two interfaces that are swapped.'),
];

export const NETWORK_INTERFACE_EVENTS: readonly PredefinedEvent[] = [
  {
    name: 'swap_adapter',
    eventClass: 'network_interface',
    slow: false,
    arguments: SWAPPED,
    meaning:
      'A service IP label moves to a non-service interface of the same node and network, together with a persistent node IP label, and the routes are set anew.',
    occurs: 'When the interface that hosts a service IP label fails and a non-service interface can take the label.',
    underParallelProcessing: 'once',
  },
  {
    name: 'swap_adapter_complete',
    eventClass: 'network_interface',
    slow: false,
    arguments: SWAPPED,
    meaning: 'The swap is done. The local ARP cache is brought up to date.',
    occurs: 'Only after swap_adapter has succeeded.',
    underParallelProcessing: 'once',
  },
  {
    name: 'fail_standby',
    eventClass: 'network_interface',
    slow: false,
    arguments: [NODE_OF_AN_INTERFACE, LABEL],
    meaning: 'A non-service interface has failed or is no longer available. A message says so.',
    occurs: 'When a non-service interface fails, or is taken for an IP address takeover.',
    underParallelProcessing: 'once',
  },
  {
    name: 'join_standby',
    eventClass: 'network_interface',
    slow: false,
    arguments: [NODE_OF_AN_INTERFACE, LABEL],
    meaning: 'A non-service interface has become available. A message says so, and resource groups may be brought back online.',
    occurs: 'When a non-service interface becomes available.',
    underParallelProcessing: 'once',
  },
  {
    name: 'fail_interface',
    eventClass: 'network_interface',
    slow: false,
    arguments: [NODE_OF_AN_INTERFACE, LABEL, NETWORK],
    meaning:
      'An interface has failed and no other interface of the node can take over its service address; an rg_move follows where a service IP label was on it.',
    occurs: 'When an interface fails and there is no non-service interface left, on networks that use IP aliases too.',
    underParallelProcessing: 'once',
  },
  {
    name: 'join_interface',
    eventClass: 'network_interface',
    slow: false,
    arguments: [NODE_OF_AN_INTERFACE, LABEL, NETWORK],
    meaning: 'An interface joins the cluster or has recovered.',
    occurs: 'When an interface becomes available or recovers, on networks that use IP aliases too.',
    underParallelProcessing: 'once',
  },
];
