import type { EventSequence, SequenceStep } from './types.ts';

const JOINING = { event: 'the node that joins', other: 'the other nodes', all: 'all nodes' } as const;
const LEAVING = { event: 'the node that leaves', other: 'the other nodes', all: 'all nodes' } as const;

const GROUPS_BY_MOVES: SequenceStep = {
  event: 'rg_move',
  lane: 'all',
  says: 'for each resource group action',
  when: 'with sites or dependencies between resource groups',
};

export const NODE_SEQUENCES: readonly EventSequence[] = [
  {
    name: 'node_up',
    title: 'A node joins',
    lanes: JOINING,
    steps: [
      { event: 'node_up', lane: 'other', args: 'NODE', says: 'groups that fall back are released' },
      { event: 'process_resources', lane: 'other' },
      { event: 'node_up', lane: 'event', args: 'NODE', says: 'the node acquires its resource groups' },
      {
        event: 'process_resources',
        lane: 'event',
        calls: ['acquire_svc_addr', 'acquire_takeover_addr', 'start_server'],
      },
      { event: 'process_resources_complete', lane: 'event' },
      GROUPS_BY_MOVES,
      { event: 'node_up_complete', lane: 'all', args: 'NODE', calls: ['start_server'] },
    ],
  },
  {
    name: 'node_down_graceful',
    title: 'Cluster services stop, resource groups offline',
    lanes: LEAVING,
    steps: [
      { event: 'node_down', lane: 'all', args: 'NODE graceful' },
      {
        event: 'process_resources',
        lane: 'event',
        calls: ['stop_server', 'release_takeover_addr', 'release_svc_addr'],
        says: 'its resource groups are brought offline',
      },
      { event: 'process_resources', lane: 'other', says: 'nothing is taken over' },
      { event: 'process_resources_complete', lane: 'all' },
      { event: 'node_down_complete', lane: 'all', args: 'NODE graceful' },
      { lane: 'event', says: 'Cluster services end.' },
    ],
  },
  {
    name: 'node_down_takeover',
    title: 'Cluster services stop, resource groups move',
    lanes: LEAVING,
    steps: [
      { event: 'node_down', lane: 'all', args: 'NODE takeover' },
      {
        event: 'process_resources',
        lane: 'event',
        calls: ['stop_server', 'release_takeover_addr', 'release_svc_addr'],
        says: 'its resource groups are released',
      },
      {
        event: 'process_resources',
        lane: 'other',
        calls: ['acquire_takeover_addr', 'start_server'],
        says: 'nodes of their node lists take them over',
      },
      { event: 'process_resources_complete', lane: 'all' },
      GROUPS_BY_MOVES,
      { event: 'node_down_complete', lane: 'all', args: 'NODE takeover' },
      { lane: 'event', says: 'Cluster services end.' },
    ],
  },
  {
    name: 'node_down_forced',
    title: 'Cluster services stop, resource groups UNMANAGED',
    lanes: LEAVING,
    steps: [
      { lane: 'event', says: 'Cluster services stop at once; no resource group is released.' },
      {
        event: 'node_down',
        lane: 'all',
        args: 'NODE forced',
        says: 'no notify, pre-event, post-event or recovery command runs, and nothing is taken over',
      },
      { event: 'node_down_complete', lane: 'all', args: 'NODE forced' },
    ],
  },
  {
    name: 'node_down_failure',
    title: 'A node fails',
    lanes: { ...LEAVING, event: 'the node that failed', all: 'all nodes that are left' },
    steps: [
      { lane: 'event', says: 'The node no longer answers: it runs nothing.' },
      { event: 'node_down', lane: 'other', args: 'NODE', says: 'the surviving nodes initiate it' },
      {
        event: 'process_resources',
        lane: 'other',
        calls: ['acquire_takeover_addr', 'start_server'],
        says: 'nodes of the node lists take its resource groups over',
      },
      { event: 'process_resources_complete', lane: 'other' },
      { ...GROUPS_BY_MOVES, lane: 'other' },
      { event: 'node_down_complete', lane: 'other', args: 'NODE' },
    ],
  },
];
