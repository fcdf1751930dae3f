import { describe, expect, it } from 'vitest';
import { type Foreseeable, foreseen } from './emulation.ts';

const run = { event: 'node_up', args: ['nodeb'] };
const node = 'nodec';

describe('what an emulation foresees', () => {
  it.each<[Foreseeable, 'info' | 'warning', string]>([
    [{ code: 'refused_by_hand', sentence: 'Because.' }, 'warning', 'A person who runs it now is refused: Because.'],
    [{ code: 'starts_at_once' }, 'info', 'No other event is processed now or waits before it: it starts at once.'],
    [{ code: 'run_first', run }, 'info', 'node_up nodeb is processed now and comes to its end first.'],
    [
      { code: 'rp_failed', run },
      'warning',
      'node_up nodeb has not succeeded and waits for a decision (RP_FAILED): nothing is started, and the cluster does not fail over, before somebody recovers from script failure with: fallover recover',
    ],
    [{ code: 'events_first', events: [run, run] }, 'info', 'Before it comes what waits already: node_up nodeb, node_up nodeb.'],
    [
      { code: 'events_after', events: Array.from({ length: 7 }, () => ({ event: 'site_up', args: [] })) },
      'info',
      'Behind it comes what waits: site_up, site_up, site_up, site_up, site_up and 2 more.',
    ],
    [
      { code: 'rolled_up', waiting: { event: 'network_down', args: [node, 'net1'] }, by: { event: 'node_down', args: [node] } },
      'info',
      'network_down nodec net1, which waits, is rolled up by node_down nodec and is not processed.',
    ],
    [
      { code: 'nobody_takes_part', event: 'network_up' },
      'warning',
      'No node takes part in network_up: it waits in the queue until one does.',
    ],
    [
      { code: 'nobody_sends', method: 'oncall', nodes: ['nodeb', 'nodec'] },
      'warning',
      'Remote notification method oncall may be sent by nodeb or nodec only, and these are away: nobody is told by it. Let it be sent by another node too.',
    ],
    [
      { code: 'sole_node', node },
      'warning',
      'Node nodec is the only node: while it is away no event is processed, nothing is taken over and nobody is told. Its cluster manager goes on where it was once it is started again.',
    ],
    [
      { code: 'majority_lost', node, members: ['etcd1'], silent: [], left: 1, of: 2, needed: 2 },
      'warning',
      'Event processing stops: without node nodec etcd has no majority. Of its 2 members etcd1 runs there; one is left, and it takes 2. Nothing that follows here happens, nothing is started and nothing is taken over, before etcd has its majority again.',
    ],
    [
      { code: 'majority_lost', node, members: ['etcd1', 'etcd2'], silent: ['etcd3', 'etcd4'], left: 1, of: 5, needed: 3 },
      'warning',
      'Event processing stops: without node nodec etcd has no majority. Of its 5 members etcd1 and etcd2 run there, etcd3 and etcd4 do not answer now; one is left, and it takes 3. Nothing that follows here happens, nothing is started and nothing is taken over, before etcd has its majority again.',
    ],
    [
      { code: 'majority_lost', node, members: ['etcd1'], silent: [], left: 0, of: 1, needed: 1 },
      'warning',
      'Event processing stops: without node nodec etcd has no majority. Its one member etcd1 runs there; none is left, and it takes 1. Nothing that follows here happens, nothing is started and nothing is taken over, before etcd has its majority again.',
    ],
    [
      { code: 'majority_kept', node, left: 2, of: 3, needed: 2 },
      'info',
      'etcd keeps its majority without node nodec: 2 of 3 members are left, and it takes 2. When one more is lost, event processing stops.',
    ],
    [
      { code: 'majority_kept', node, left: 4, of: 5, needed: 3 },
      'info',
      'etcd keeps its majority without node nodec: 4 of 5 members are left, and it takes 3.',
    ],
    [
      { code: 'majority_not_known', node, hosts: ['10.0.0.1', '10.0.0.2'] },
      'warning',
      "Whether etcd keeps its majority without node nodec is not known: its members at 10.0.0.1 and 10.0.0.2 are on no node that is known. If one of them is nodec, event processing stops with it, and nothing that follows here happens. Name that node's address with: fallover modify node nodec COMMPATH=…",
    ],
    [
      { code: 'etcd_not_told', node },
      'warning',
      'Whether etcd keeps its majority without node nodec is not known: it did not tell where its members run. If it does not keep it, event processing stops, and nothing that follows here happens. See "etcdctl member list".',
    ],
    [{ code: 'nothing_follows', node, state: 'down' }, 'info', 'Node nodec is down: no event follows from its end.'],
    [
      { code: 'nothing_follows', node, state: 'joining' },
      'info',
      'Node nodec is joining the cluster, and its node_up is not in the queue yet: no event follows from its end.',
    ],
    [
      { code: 'lease_ends', node, seconds: 1 },
      'info',
      'The others notice within 1 second: then the lease of node nodec has ended, and it counts as lost.',
    ],
    [{ code: 'lost_already', node }, 'info', 'Node nodec is lost already, and its node_down has not been processed.'],
    [{ code: 'coordinator_stays', node, coordinator: 'nodea' }, 'info', 'nodea coordinates now, and stays the coordinator.'],
    [
      { code: 'coordinator_follows', node, candidates: ['nodea', 'nodeb'] },
      'info',
      'nodec coordinates; the next one is nodea or nodeb, whichever asks the store first.',
    ],
    [{ code: 'coordinator_follows', node, candidates: ['nodea'] }, 'info', 'nodec coordinates; the next one is nodea.'],
    [{ code: 'coordinator_follows', node, candidates: [] }, 'info', 'nodec coordinates, and nobody is left to do it after it.'],
    [
      { code: 'run_goes_on', node, run, lost: [], waitsFor: [] },
      'info',
      'node_up nodeb, which is processed now, goes on without nodec. No step of it runs on nodec. No barrier waits for nodec any more.',
    ],
    [
      { code: 'run_goes_on', node, run, lost: [{ event: 'node_up', args: ['pre_event.1'] }], waitsFor: ['nodea'] },
      'info',
      'node_up nodeb, which is processed now, goes on without nodec. node_up pre_event.1 on nodec is lost with it, neither success nor failure. Its barrier waits for nodea, and no longer for nodec.',
    ],
    [
      { code: 'fence_command', node, argv: ['/usr/sbin/fence', node], on: ['nodea'], seconds: 60 },
      'info',
      'Fencing: /usr/sbin/fence nodec is run on nodea, for 60 seconds at most. With status 0 node nodec is proven off and node_down follows; with any other, nothing of nodec is taken over until somebody makes sure that it is off, and confirms it with: fallover confirm-off nodec',
    ],
    [
      { code: 'no_fence_command', node, seconds: 2 },
      'warning',
      'No fence command is named: 2 seconds later the others act as if node nodec were off, though nothing proves it: not fenced: resources may be active twice. Name one with: fallover modify cluster FENCE_COMMAND=…',
    ],
    [{ code: 'fenced_before', node, sentence: 'It is off.' }, 'info', 'It is off.'],
    [{ code: 'node_down_queued', node }, 'info', 'node_down nodec is queued, to be processed by those who are left.'],
    [
      { code: 'nobody_left', node },
      'warning',
      'Nobody is left: no event is processed and nothing is taken over. Whoever comes back begins with its node_up.',
    ],
  ])('%o', (fact, severity, sentence) => {
    expect(foreseen(fact)).toEqual({ code: fact.code, severity, sentence });
  });
});
