import { describe, expect, it } from 'vitest';
import {
  confirmedSentence,
  type FencingState,
  fencingStateSentence,
  nodeStateWords,
  removedSentence,
  type ServicesAnswer,
  type ServicesRefusal,
  servicesRefusalSentence,
  servicesSentence,
} from './cluster-services.ts';

describe('a request about cluster services is refused', () => {
  it.each<[ServicesRefusal, string]>([
    [
      { code: 'node_not_known', node: 'nodex', known: ['nodea', 'nodeb'] },
      'There is no node nodex in this cluster. Its nodes are nodea, nodeb.',
    ],
    [
      { code: 'sole_node_stays', node: 'nodea' },
      'Node nodea is the only node and its store is embedded in its cluster manager, so it is always a member: its cluster services cannot be stopped. To take it out of service, stop the cluster manager itself.',
    ],
    [
      { code: 'typed_name_differs', node: 'nodeb', typed: 'nodea' },
      '"nodea" was typed, and the node is nodeb. Nothing was done: look again which node it is, and type its name.',
    ],
    [
      { code: 'nothing_to_confirm', node: 'nodeb', state: 'member' },
      'Nothing waits for a confirmation that node nodeb is off: it is a member of the cluster.',
    ],
    [
      { code: 'removed_elsewhere', node: 'nodea' },
      'Node nodea is the node whose cluster manager answers you. Stop its cluster services and its cluster manager, then remove it on another node: fallover remove-node nodea',
    ],
    [
      { code: 'not_down', node: 'nodeb', state: 'member' },
      'Node nodeb is a member of the cluster, and only a node that is down is removed. Stop its cluster services ("fallover offline node nodeb MANAGE=move") and its cluster manager first.',
    ],
    [
      { code: 'not_down', node: 'nodeb', state: 'joining' },
      'Node nodeb is joining the cluster, and only a node that is down is removed. Wait until it is a member, stop its cluster services ("fallover offline node nodeb MANAGE=move") and its cluster manager, then remove it.',
    ],
    [
      { code: 'not_down', node: 'nodeb', state: 'stopping' },
      'Node nodeb is stopping its cluster services, and only a node that is down is removed. Wait until node_down nodeb has been processed, then stop its cluster manager and remove it.',
    ],
    [
      { code: 'not_down', node: 'nodeb', state: 'lost' },
      'Node nodeb is lost, and its node_down has not been processed, and only a node that is down is removed. Wait until node_down nodeb has been processed. Where fencing failed, make sure that it is off and confirm that: fallover confirm-off nodeb',
    ],
    [
      { code: 'event_of_node_waits', node: 'nodeb', event: 'node_down' },
      'node_down nodeb waits or is being processed. Remove node nodeb when that has ended.',
    ],
    [
      { code: 'node_configured', node: 'nodeb', hasEntry: true, namedBy: [] },
      'Node nodeb is in the configuration. Delete it ("fallover delete node nodeb") and Synchronise ("fallover sync"), then remove it.',
    ],
    [
      {
        code: 'node_configured',
        node: 'nodeb',
        hasEntry: true,
        namedBy: [
          { class: 'site', name: 'east' },
          { class: 'event', name: 'node_up' },
        ],
      },
      'Node nodeb is in the configuration. It is named by site east and event node_up. Take it out of there, delete it ("fallover delete node nodeb") and Synchronise ("fallover sync"), then remove it.',
    ],
    [
      {
        code: 'node_configured',
        node: 'nodeb',
        hasEntry: false,
        namedBy: Array.from({ length: 12 }, (_, index) => ({ class: 'site' as const, name: `s${index}` })),
      },
      'Node nodeb is in the configuration. It is named by site s0, site s1, site s2, site s3, site s4, site s5, site s6, site s7, site s8, site s9 and 2 more. Take it out of there and Synchronise ("fallover sync"), then remove it.',
    ],
    [
      { code: 'node_still_active', node: 'nodeb' },
      'Node nodeb is out of the draft and still in the active revision. Synchronise ("fallover sync"), then remove it.',
    ],
    [
      { code: 'named_at_start', node: 'nodeb', here: 'nodea' },
      'The cluster manager of nodea was started with --nodes, and nodeb is among these. Take it out there, start the cluster manager of nodea again, then remove it. Do the same on every node whose --nodes names it.',
    ],
    [
      { code: 'cluster_manager_runs', node: 'nodeb' },
      'The cluster manager of nodeb answers, so it would be back at once. Stop it there ("systemctl stop fallover"), then remove it.',
    ],
  ])('%o', (refusal, sentence) => {
    expect(servicesRefusalSentence(refusal)).toBe(sentence);
  });
});

describe('what came of starting and stopping is said', () => {
  it.each<[ServicesAnswer, string]>([
    [
      { code: 'sole_node_is_a_member' },
      'Node nodeb is the only node and its store is embedded in its cluster manager, so it is always a member: there is nothing to start.',
    ],
    [
      { code: 'starting' },
      'The cluster services of nodeb may start: it joins by node_up nodeb as soon as its cluster manager runs and reaches the store.',
    ],
    [{ code: 'is_a_member' }, 'The cluster services of nodeb run already.'],
    [
      { code: 'daemon_away' },
      'The cluster services of nodeb are not stopped, but its cluster manager does not run or does not reach the store. Start that on nodeb: systemctl start fallover, or fallover start with the options of that node',
    ],
    [
      { code: 'stopping', how: 'offline' },
      'The cluster services of nodeb stop: node_down nodeb graceful is queued, and its resource groups are brought offline.',
    ],
    [
      { code: 'stopping', how: 'move' },
      'The cluster services of nodeb stop: node_down nodeb takeover is queued, and its resource groups move to other nodes.',
    ],
    [
      { code: 'stopping', how: 'unmanage' },
      'The cluster services of nodeb stop: node_down nodeb forced is queued, and its resource groups stay as they are, UNMANAGED.',
    ],
    [{ code: 'stops_already' }, 'The cluster services of nodeb are being stopped already; how they are stopped is not changed.'],
    [
      { code: 'stops_first' },
      'The cluster services of nodeb are being stopped. Start them again once node_down nodeb has been processed.',
    ],
    [
      { code: 'not_up_yet' },
      'Node nodeb is joining, and its node_up is not in the queue yet. Stop its cluster services in a moment.',
    ],
    [{ code: 'is_not_a_member' }, 'The cluster services of nodeb do not run: there is nothing to stop.'],
    [
      { code: 'is_lost' },
      'Node nodeb was lost and its node_down has not been processed: there are no cluster services to stop on it.',
    ],
    [{ code: 'at_start', starts: true }, 'From now on the cluster services of nodeb start whenever its cluster manager does.'],
    [{ code: 'at_start', starts: false }, 'From now on the cluster services of nodeb do not start with its cluster manager.'],
  ])('%o', (answer, sentence) => {
    expect(servicesSentence('nodeb', [answer])).toBe(sentence);
  });

  it('a sentence each where two things were asked for', () => {
    expect(servicesSentence('nodeb', [{ code: 'is_a_member' }, { code: 'at_start', starts: true }])).toBe(
      'The cluster services of nodeb run already. From now on the cluster services of nodeb start whenever its cluster manager does.',
    );
  });

  it('and what follows from a confirmation', () => {
    expect(confirmedSentence('nodeb', 'anna')).toBe(
      'anna confirmed that node nodeb is off: node_down nodeb is queued, and what it had is taken over.',
    );
  });
});

describe('after a node was removed', () => {
  const removed = 'Node nodeb is removed from the cluster. A cluster manager of that name that starts later joins as a new node.';

  it('it is said that it can come back, and what else went with it', () => {
    expect(removedSentence('nodeb', { hasAuthority: false })).toBe(removed);
    expect(removedSentence('nodeb', { hasAuthority: true })).toBe(
      `${removed} Node nodeb has the key of the authority, without which no other node gets a certificate: put its peer-authority.json, or a backup of it, into the state directory of a member, readable for its user only.`,
    );
  });
});

describe('the words for a node', () => {
  it('say what it is', () => {
    expect((['member', 'joining', 'stopping', 'lost', 'down', 'unmanaged'] as const).map(nodeStateWords)).toEqual([
      'a member of the cluster',
      'joining the cluster',
      'stopping its cluster services',
      'lost, and its node_down has not been processed',
      'down',
      'stopped, with its resource groups UNMANAGED',
    ]);
  });

  it.each<[FencingState, string]>([
    [
      'pending',
      'Node nodeb was lost: nothing of it is taken over before it is fenced or, where no fence command is named, two seconds have passed.',
    ],
    ['off', 'Node nodeb was lost and fenced: it is off.'],
    [
      'not_configured',
      'Node nodeb was lost and is not fenced: resources may be active twice. The cluster names no fence command, so nothing proves that the node is off. Switch it off by hand if you can; name a fence command with: fallover modify cluster FENCE_COMMAND=…',
    ],
    [
      'failed',
      'Node nodeb was lost and fencing it failed. Nothing of it is taken over until somebody confirms that it is off. Switch node nodeb off by hand, make sure of it, then confirm.',
    ],
    ['confirmed', 'Node nodeb was lost, and anna confirmed that it is off.'],
    ['rejoined', 'Node nodeb was lost and is back: it has ended what it ran.'],
  ])('fencing: %s', (state, sentence) => {
    expect(fencingStateSentence('nodeb', state, 'anna')).toBe(sentence);
  });
});
