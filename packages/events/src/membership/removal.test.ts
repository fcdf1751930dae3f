import { describe, expect, it } from 'vitest';
import type { Entry } from '../definition/types.ts';
import { type NodeToRemove, removalRefusal } from './removal.ts';

const NODE: Entry = { class: 'node', name: 'nodec', fields: {} };
const SITE: Entry = { class: 'site', name: 'east', fields: { siteNodes: { cluster: ['nodeb', 'nodec'] } } };
const OWN_VALUE: Entry = {
  class: 'event',
  name: 'node_up',
  fields: { timeUntilWarning: { cluster: 60, nodes: { nodec: 90 } } },
};
const entries = (...given: Entry[]) => ({ entries: given });

const down: NodeToRemove = {
  node: 'nodec',
  here: 'nodea',
  state: 'down',
  isStored: true,
  known: ['nodea', 'nodeb', 'nodec'],
  events: [],
  draft: entries(),
  active: entries(),
  namedAtStart: [],
};

describe('a node is removed', () => {
  it.each<[what: string, more: Partial<NodeToRemove>]>([
    ['that is down', {}],
    ['that was stopped and left its resource groups UNMANAGED', { state: 'unmanaged' }],
    ['while events of others wait', { events: [{ event: 'node_down', args: ['nodeb'] }] }],
    ['while a network event of it waits', { events: [{ event: 'network_down', args: ['nodec', 'net1'] }] }],
    ['of a cluster that is configured without it', { draft: entries({ ...NODE, name: 'nodeb' }), active: entries() }],
  ])('%s', (_, more) => {
    expect(removalRefusal({ ...down, ...more })).toBeUndefined();
  });
});

describe('a node is not removed', () => {
  it.each<[what: string, more: Partial<NodeToRemove>, refusal: object]>([
    ['that answers', { here: 'nodec' }, { code: 'removed_elsewhere', node: 'nodec' }],
    ['that is a member', { state: 'member' }, { code: 'not_down', node: 'nodec', state: 'member' }],
    ['that joins', { state: 'joining' }, { code: 'not_down', node: 'nodec', state: 'joining' }],
    ['that stops', { state: 'stopping' }, { code: 'not_down', node: 'nodec', state: 'stopping' }],
    ['that is lost', { state: 'lost' }, { code: 'not_down', node: 'nodec', state: 'lost' }],
    [
      'whose node_down is not over',
      { events: [{ event: 'node_down', args: ['nodec', 'graceful'] }] },
      { code: 'event_of_node_waits', node: 'nodec', event: 'node_down' },
    ],
    ['with an entry', { draft: entries(NODE) }, { code: 'node_configured', node: 'nodec', hasEntry: true, namedBy: [] }],
    [
      'that a site names, and an event has a value for',
      { draft: entries(SITE, OWN_VALUE), active: entries(NODE) },
      {
        code: 'node_configured',
        node: 'nodec',
        hasEntry: false,
        namedBy: [
          { class: 'site', name: 'east' },
          { class: 'event', name: 'node_up' },
        ],
      },
    ],
    ['that is still active', { active: entries(NODE) }, { code: 'node_still_active', node: 'nodec' }],
    ['that is still named in what is active', { active: entries(SITE) }, { code: 'node_still_active', node: 'nodec' }],
    ['that --nodes names', { namedAtStart: ['nodea', 'nodec'] }, { code: 'named_at_start', node: 'nodec', here: 'nodea' }],
    ['that nobody knows', { isStored: false }, { code: 'node_not_known', node: 'nodec', known: ['nodea', 'nodeb', 'nodec'] }],
  ])('%s', (_, more, refusal) => {
    expect(removalRefusal({ ...down, ...more })).toEqual(refusal);
  });
});
