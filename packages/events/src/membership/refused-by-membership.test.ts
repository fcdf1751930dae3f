import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membershipSentence, refusedByMembership } from './refused-by-membership.ts';

const sites = new Map([
  ['north', ['nodea', 'nodeb']],
  ['south', ['nodec']],
]);
const three = { live: ['nodea', 'nodeb', 'nodec'], sites };

describe('an event that would tell of the end of a member', () => {
  it.each<[string, string[], string[], boolean, string | undefined]>([
    ['node_down', ['nodea'], three.live, false, 'node_is_a_member'],
    ['node_down', ['nodea', 'graceful'], three.live, false, 'node_is_a_member'],
    ['node_down', ['nodea'], three.live, true, undefined],
    ['node_down', ['noded'], three.live, false, undefined],
    ['node_down', ['nodea'], ['nodea'], false, undefined],
    ['node_down', [], three.live, false, undefined],
    ['node_down_complete', ['nodea'], three.live, false, undefined],
    ['node_up', ['nodea'], three.live, false, undefined],
    ['site_down', ['north'], three.live, false, 'site_has_members'],
    ['site_down', ['north'], three.live, true, undefined],
    ['site_down', ['north'], ['nodec', 'noded'], false, undefined],
    ['site_down', ['west'], three.live, false, undefined],
    ['network_down', ['nodea', 'net1'], three.live, false, undefined],
  ])('%s %j among %j, drill %s: %s', (event, args, live, drill, code) => {
    expect(refusedByMembership(event, args, { live, sites }, drill)?.code).toBe(code);
  });

  it('says what goes on and what to do instead', () => {
    const node = refusedByMembership('node_down', ['nodea'], three, false);
    const site = refusedByMembership('site_down', ['north'], three, false);
    const small = refusedByMembership('site_down', ['south'], three, false);
    expect([node, site, small].map((refusal) => refusal && membershipSentence(refusal))).toEqual([
      'node_down nodea: node nodea is a member of the cluster and goes on; the event alone would not end that. Stop the cluster services of nodea instead. If it is to be tried out without that, mark the run as a drill (--drill).',
      'site_down north: its nodes nodea, nodeb are members of the cluster and go on; the event alone would not end that. Stop the cluster services of nodea, nodeb instead. If it is to be tried out without that, mark the run as a drill (--drill).',
      'site_down south: its node nodec is a member of the cluster and goes on; the event alone would not end that. Stop the cluster services of nodec instead. If it is to be tried out without that, mark the run as a drill (--drill).',
    ]);
  });

  it('refuses no drill, and nothing in a cluster of one', () => {
    const names = fc.constantFrom('nodea', 'nodeb', 'nodec', 'north', 'south');
    const events = fc.constantFrom('node_down', 'site_down', 'node_up', 'cluster_notify');
    fc.assert(
      fc.property(events, fc.array(names), fc.uniqueArray(names), fc.boolean(), (event, args, live, drill) => {
        const refused = refusedByMembership(event, args, { live, sites }, drill);
        if (drill || live.length < 2) expect(refused).toBeUndefined();
        if (refused) expect(['node_down', 'site_down']).toContain(event);
      }),
    );
  });
});
