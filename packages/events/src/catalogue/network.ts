import { NETWORK, NODE_OR_ALL } from './common-arguments.ts';
import type { PredefinedEvent } from './types.ts';

export const NETWORK_EVENTS: readonly PredefinedEvent[] = [
  {
    name: 'network_down',
    eventClass: 'network',
    slow: false,
    arguments: [NODE_OR_ALL, NETWORK],
    meaning:
      'Contact with a network is lost. Local (a node): the resource groups affected move to other nodes. Global (-1): the administrator is told and nothing else is done, since what helps depends on the network.',
    occurs: 'When one node, or every node connected to it, has lost contact with a network.',
    underParallelProcessing: 'once',
  },
  {
    name: 'network_down_complete',
    eventClass: 'network',
    slow: false,
    arguments: [NODE_OR_ALL, NETWORK],
    meaning:
      'A network failure has been processed. Local: resource groups with a service interface on that network are recovered. Global (-1): nothing is done by default.',
    occurs: 'After network_down.',
    underParallelProcessing: 'once',
  },
  {
    name: 'network_up',
    eventClass: 'network',
    slow: false,
    arguments: [NODE_OR_ALL, NETWORK],
    meaning: 'A network can be used again. Resource groups with service IP labels on it are brought back online where possible.',
    occurs: 'When the cluster manager finds that a network has become available.',
    underParallelProcessing: 'once',
  },
  {
    name: 'network_up_complete',
    eventClass: 'network',
    slow: false,
    arguments: [NODE_OR_ALL, NETWORK],
    meaning:
      'The return of a network has been processed. Often customised to tell the administrator what needs attention by hand.',
    occurs: 'Only after network_up has succeeded.',
    underParallelProcessing: 'once',
  },
];
