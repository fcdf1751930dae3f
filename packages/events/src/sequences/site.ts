import type { EventSequence } from './types.ts';

const LANES = { event: 'the site concerned', other: 'the other sites', all: 'all nodes' } as const;

export const SITE_SEQUENCES: readonly EventSequence[] = [
  {
    name: 'site_up',
    title: 'The first node of a site joins',
    lanes: LANES,
    steps: [
      { event: 'check_for_site_up', lane: 'all' },
      { event: 'site_up', lane: 'event', args: 'SITE' },
      { event: 'site_up_remote', lane: 'other', args: 'SITE' },
      { event: 'node_up', lane: 'all', args: 'NODE' },
      { event: 'rg_move', lane: 'all', says: 'for each resource group action' },
      { event: 'node_up_complete', lane: 'all', args: 'NODE' },
      { event: 'site_up_complete', lane: 'event', args: 'SITE' },
      { event: 'site_up_remote_complete', lane: 'other', args: 'SITE' },
    ],
  },
  {
    name: 'site_down',
    title: 'The last node of a site leaves',
    lanes: LANES,
    steps: [
      { event: 'check_for_site_down', lane: 'all' },
      { event: 'site_down', lane: 'event', args: 'SITE' },
      { event: 'site_down_remote', lane: 'other', args: 'SITE' },
      { event: 'node_down', lane: 'all', args: 'NODE' },
      { event: 'rg_move', lane: 'all', says: 'for each resource group action' },
      { event: 'node_down_complete', lane: 'all', args: 'NODE' },
      { event: 'site_down_complete', lane: 'event', args: 'SITE' },
      { event: 'site_down_remote_complete', lane: 'other', args: 'SITE' },
    ],
  },
  {
    name: 'site_isolation',
    title: 'Sites lose contact and find each other again',
    lanes: LANES,
    steps: [
      { event: 'site_isolation', lane: 'all', says: 'nothing is done by default, and no other event follows' },
      { lane: 'all', says: 'The contact between the sites is restored.' },
      { event: 'site_merge', lane: 'all', says: 'nothing is done by default, and no other event follows' },
    ],
  },
];
