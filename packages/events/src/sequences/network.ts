import type { EventSequence } from './types.ts';

const NETWORK_LANES = { event: 'the node concerned', other: 'the other nodes', all: 'all nodes' } as const;
const INTERFACE_LANES = { event: 'the node of the interface', other: 'the other nodes', all: 'all nodes' } as const;

export const NETWORK_SEQUENCES: readonly EventSequence[] = [
  {
    name: 'network_down_local',
    title: 'One node loses a network',
    lanes: NETWORK_LANES,
    steps: [
      { event: 'network_down', lane: 'all', args: 'NODE NETWORK' },
      { event: 'rg_move', lane: 'all', says: 'the resource groups affected move to other nodes', when: 'where there are any' },
      { event: 'network_down_complete', lane: 'all', args: 'NODE NETWORK' },
    ],
  },
  {
    name: 'network_down_global',
    title: 'All nodes lose a network',
    lanes: NETWORK_LANES,
    steps: [
      { event: 'network_down', lane: 'all', args: '-1 NETWORK', says: 'the administrator is told, and nothing else is done' },
      { event: 'network_down_complete', lane: 'all', args: '-1 NETWORK', says: 'nothing is done by default' },
    ],
  },
  {
    name: 'network_up',
    title: 'A network is available again',
    lanes: NETWORK_LANES,
    steps: [
      {
        event: 'network_up',
        lane: 'all',
        args: 'NODE|-1 NETWORK',
        says: 'resource groups with service IP labels on it come back online',
      },
      {
        event: 'network_up_complete',
        lane: 'all',
        args: 'NODE|-1 NETWORK',
        says: 'often customised to tell the administrator',
        when: 'only when network_up has succeeded',
      },
    ],
  },
];

export const NETWORK_INTERFACE_SEQUENCES: readonly EventSequence[] = [
  {
    name: 'swap_adapter',
    title: 'An interface with a service IP label fails, another takes over',
    lanes: INTERFACE_LANES,
    steps: [
      {
        event: 'swap_adapter',
        lane: 'event',
        args: 'NODE NETWORK LABEL1 LABEL2',
        says: 'the label and the routes move to the other interface',
      },
      {
        event: 'swap_adapter_complete',
        lane: 'event',
        args: 'NODE NETWORK LABEL1 LABEL2',
        says: 'the local ARP cache is brought up to date',
        when: 'only when swap_adapter has succeeded',
      },
    ],
  },
  {
    name: 'fail_interface',
    title: 'An interface fails, and none of the node can take over',
    lanes: INTERFACE_LANES,
    steps: [
      { event: 'fail_interface', lane: 'event', args: 'NODE LABEL NETWORK' },
      { event: 'rg_move', lane: 'all', says: 'the resource group moves', when: 'where a service IP label was on it' },
      { lane: 'event', says: 'The interface is repaired.' },
      { event: 'join_interface', lane: 'event', args: 'NODE LABEL NETWORK' },
    ],
  },
  {
    name: 'fail_standby',
    title: 'A non-service interface fails and comes back',
    lanes: INTERFACE_LANES,
    steps: [
      { event: 'fail_standby', lane: 'event', args: 'NODE LABEL', says: 'a message says so' },
      { lane: 'event', says: 'The interface is repaired.' },
      { event: 'join_standby', lane: 'event', args: 'NODE LABEL', says: 'resource groups may be brought back online' },
    ],
  },
];
