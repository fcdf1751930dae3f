import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREDEFINED_EVENTS } from '../catalogue/catalogue.ts';
import { queuedByMembership } from './queued-by-membership.ts';

const sites = new Map([
  ['north', ['nodea', 'nodeb']],
  ['far', ['nodex']],
]);
const three = ['nodea', 'nodeb', 'nodec'];

describe('an event that other software reports, of what membership tells itself', () => {
  it.each<[string, string[], string[], object | undefined]>([
    ['node_down', ['nodea'], three, { node: 'nodea' }],
    ['node_down', ['nodea', 'graceful'], three, { node: 'nodea' }],
    ['node_down_complete', ['nodea'], three, { node: 'nodea' }],
    ['node_up', ['nodea'], three, { node: 'nodea' }],
    ['node_up_complete', ['nodea'], three, { node: 'nodea' }],
    ['node_down', ['nodex'], three, undefined],
    ['node_down', ['nodea'], ['nodea'], undefined],
    ['node_down', [], three, undefined],
    ['site_down', ['north'], three, { site: 'north', node: 'nodea' }],
    ['site_up', ['north'], ['nodeb', 'nodec'], { site: 'north', node: 'nodeb' }],
    ['site_down', ['far'], three, undefined],
    ['site_down', ['nowhere'], three, undefined],
    ['network_down', ['nodea', 'net1'], three, undefined],
    ['fail_interface', ['nodea', 'en0', 'net1'], three, undefined],
  ])('%s %j, where %j have a cluster manager: %j', (event, args, managed, of) => {
    expect(queuedByMembership(event, args, { managed, sites })?.of).toEqual(of);
  });

  it('keeps back no event of a network, an interface or a resource group', () => {
    const others = PREDEFINED_EVENTS.filter(({ eventClass }) => eventClass !== 'node' && eventClass !== 'site');
    fc.assert(
      fc.property(fc.constantFrom(...others), fc.array(fc.constantFrom(...three, 'north')), ({ name }, args) => {
        expect(queuedByMembership(name, args, { managed: three, sites })).toBeUndefined();
      }),
    );
  });
});
