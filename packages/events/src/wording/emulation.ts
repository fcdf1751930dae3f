import type { NodeState } from '../membership/node-state.ts';
import { nodeStateWords } from './cluster-services.ts';
import { NOT_FENCED } from './fencing.ts';
import { listed } from './listed.ts';

/** An event in a sentence. */
export interface NamedEvent {
  event: string;
  args: readonly string[];
}

/** What an emulation foresees beside the plan, in the order in which it comes. */
export type Foreseeable =
  | { code: 'refused_by_hand'; sentence: string }
  | { code: 'starts_at_once' }
  | { code: 'run_first'; run: NamedEvent }
  | { code: 'rp_failed'; run: NamedEvent }
  | { code: 'events_first'; events: readonly NamedEvent[] }
  | { code: 'rolled_up'; waiting: NamedEvent; by: NamedEvent }
  | { code: 'events_after'; events: readonly NamedEvent[] }
  | { code: 'nobody_takes_part'; event: string }
  | { code: 'nobody_sends'; method: string; nodes: readonly string[] }
  | { code: 'sole_node'; node: string }
  | { code: 'nothing_follows'; node: string; state: NodeState }
  | {
      code: 'majority_lost';
      node: string;
      members: readonly string[];
      silent: readonly string[];
      left: number;
      of: number;
      needed: number;
    }
  | { code: 'majority_kept'; node: string; left: number; of: number; needed: number }
  | { code: 'majority_not_known'; node: string; hosts: readonly string[] }
  | { code: 'etcd_not_told'; node: string }
  | { code: 'lease_ends'; node: string; seconds: number }
  | { code: 'lost_already'; node: string }
  | { code: 'coordinator_stays'; node: string; coordinator: string }
  | { code: 'coordinator_follows'; node: string; candidates: readonly string[] }
  | { code: 'run_goes_on'; node: string; run: NamedEvent; lost: readonly NamedEvent[]; waitsFor: readonly string[] }
  | { code: 'fence_command'; node: string; argv: readonly string[]; on: readonly string[]; seconds: number }
  | { code: 'no_fence_command'; node: string; seconds: number }
  | { code: 'fenced_before'; node: string; sentence: string }
  | { code: 'node_down_queued'; node: string }
  | { code: 'nobody_left'; node: string };

/** `warning`: somebody should do something about it before it happens. */
export const FORESEEN_SEVERITIES = ['info', 'warning'] as const;
export type ForeseenSeverity = (typeof FORESEEN_SEVERITIES)[number];

const WARNINGS: readonly Foreseeable['code'][] = [
  'refused_by_hand',
  'rp_failed',
  'nobody_takes_part',
  'nobody_sends',
  'sole_node',
  'majority_lost',
  'majority_not_known',
  'etcd_not_told',
  'no_fence_command',
  'nobody_left',
];

/** With what a screen and the shell say of it. */
export const foreseen = (fact: Foreseeable): { code: Foreseeable['code']; severity: ForeseenSeverity; sentence: string } => ({
  code: fact.code,
  severity: WARNINGS.includes(fact.code) ? 'warning' : 'info',
  sentence: foreseenSentence(fact),
});

function foreseenSentence(fact: Foreseeable): string {
  switch (fact.code) {
    case 'refused_by_hand':
      return `A person who runs it now is refused: ${fact.sentence}`;
    case 'starts_at_once':
      return 'No other event is processed now or waits before it: it starts at once.';
    case 'run_first':
      return `${named(fact.run)} is processed now and comes to its end first.`;
    case 'rp_failed':
      return `${named(fact.run)} has not succeeded and waits for a decision (RP_FAILED): nothing is started, and the cluster does not fail over, before somebody recovers from script failure with: fallover recover`;
    case 'events_first':
      return `Before it comes what waits already: ${events(fact.events)}.`;
    case 'rolled_up':
      return `${named(fact.waiting)}, which waits, is rolled up by ${named(fact.by)} and is not processed.`;
    case 'events_after':
      return `Behind it comes what waits: ${events(fact.events)}.`;
    case 'nobody_takes_part':
      return `No node takes part in ${fact.event}: it waits in the queue until one does.`;
    case 'nobody_sends':
      return `Remote notification method ${fact.method} may be sent by ${listed(fact.nodes, 'or')} only, and ${fact.nodes.length === 1 ? 'that is' : 'these are'} away: nobody is told by it. Let it be sent by another node too.`;
    case 'sole_node':
      return `Node ${fact.node} is the only node: while it is away no event is processed, nothing is taken over and nobody is told. Its cluster manager goes on where it was once it is started again.`;
    case 'nothing_follows':
      return `Node ${fact.node} is ${nodeStateWords(fact.state)}${fact.state === 'joining' ? ', and its node_up is not in the queue yet' : ''}: no event follows from its end.`;
    case 'majority_lost':
      return majorityLost(fact);
    case 'majority_kept':
      return `etcd keeps its majority without node ${fact.node}: ${fact.left} of ${fact.of} members are left, and it takes ${fact.needed}.${fact.left === fact.needed ? ' When one more is lost, event processing stops.' : ''}`;
    case 'majority_not_known':
      return `Whether etcd keeps its majority without node ${fact.node} is not known: its members at ${listed(fact.hosts)} are on no node that is known. If ${fact.hosts.length === 1 ? 'that' : 'one of them'} is ${fact.node}, event processing stops with it, and nothing that follows here happens. Name that node's address with: fallover modify node ${fact.node} COMMPATH=…`;
    case 'etcd_not_told':
      return `Whether etcd keeps its majority without node ${fact.node} is not known: it did not tell where its members run. If it does not keep it, event processing stops, and nothing that follows here happens. See "etcdctl member list".`;
    case 'lease_ends':
      return `The others notice within ${secondsOf(fact.seconds)}: then the lease of node ${fact.node} has ended, and it counts as lost.`;
    case 'lost_already':
      return `Node ${fact.node} is lost already, and its node_down has not been processed.`;
    case 'coordinator_stays':
      return `${fact.coordinator} coordinates now, and stays the coordinator.`;
    case 'coordinator_follows':
      return nextCoordinator(fact);
    case 'run_goes_on':
      return `${named(fact.run)}, which is processed now, goes on without ${fact.node}. ${lostWords(fact)}${waitsWords(fact)}`;
    case 'fence_command':
      return `Fencing: ${fact.argv.join(' ')} is run on ${listed(fact.on, 'or')}, for ${secondsOf(fact.seconds)} at most. With status 0 node ${fact.node} is proven off and node_down follows; with any other, nothing of ${fact.node} is taken over until somebody makes sure that it is off, and confirms it with: fallover confirm-off ${fact.node}`;
    case 'no_fence_command':
      return `No fence command is named: ${secondsOf(fact.seconds)} later the others act as if node ${fact.node} were off, though nothing proves it: ${NOT_FENCED}. Name one with: fallover modify cluster FENCE_COMMAND=…`;
    case 'fenced_before':
      return fact.sentence;
    case 'node_down_queued':
      return `node_down ${fact.node} is queued, to be processed by those who are left.`;
    case 'nobody_left':
      return `Nobody is left: no event is processed and nothing is taken over. Whoever comes back begins with its node_up.`;
  }
}

const named = ({ event, args }: NamedEvent): string => [event, ...args].join(' ');

/** Of a long list the first ones. */
const MOST_NAMED = 5;

function events(all: readonly NamedEvent[]): string {
  const more = all.length - MOST_NAMED;
  const names = all.slice(0, more > 1 ? MOST_NAMED : all.length).map(named);
  return names.join(', ') + (more > 1 ? ` and ${more} more` : '');
}

const secondsOf = (seconds: number): string => `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;

function majorityLost({ node, members, silent, left, of, needed }: Extract<Foreseeable, { code: 'majority_lost' }>): string {
  const there = members.length === 0 ? [] : [`${listed(members)} ${members.length === 1 ? 'runs' : 'run'} there`];
  const gone = silent.length === 0 ? [] : [`${listed(silent)} ${silent.length === 1 ? 'does' : 'do'} not answer now`];
  const why = [...there, ...gone].join(', ');
  return `Event processing stops: without node ${node} etcd has no majority. ${of === 1 ? 'Its one member' : `Of its ${of} members`} ${why}; ${left === 0 ? 'none is' : left === 1 ? 'one is' : `${left} are`} left, and it takes ${needed}. Nothing that follows here happens, nothing is started and nothing is taken over, before etcd has its majority again.`;
}

function nextCoordinator({ node, candidates }: Extract<Foreseeable, { code: 'coordinator_follows' }>): string {
  if (candidates.length === 0) return `${node} coordinates, and nobody is left to do it after it.`;
  if (candidates.length === 1) return `${node} coordinates; the next one is ${candidates[0]}.`;
  return `${node} coordinates; the next one is ${listed(candidates, 'or')}, whichever asks the store first.`;
}

function lostWords({ node, lost }: Extract<Foreseeable, { code: 'run_goes_on' }>): string {
  if (lost.length === 0) return `No step of it runs on ${node}. `;
  const steps = lost.map(named);
  return `${listed(steps)} on ${node} ${lost.length === 1 ? 'is' : 'are'} lost with it, neither success nor failure. `;
}

const waitsWords = ({ node, waitsFor }: Extract<Foreseeable, { code: 'run_goes_on' }>): string =>
  waitsFor.length === 0
    ? `No barrier waits for ${node} any more.`
    : `Its barrier waits for ${listed(waitsFor)}, and no longer for ${node}.`;
