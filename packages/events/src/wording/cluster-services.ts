import { CLASS_WORDS } from '../definition/fields.ts';
import type { Entry } from '../definition/types.ts';
import { type NodeState, STOP_ARGUMENT, type StopWay } from '../membership/node-state.ts';
import { fencingSentence } from './fencing.ts';
import { listed } from './listed.ts';

/** What a request about cluster services can be refused for. */
export type ServicesRefusal =
  | { code: 'node_not_known'; node: string; known: readonly string[] }
  | { code: 'sole_node_stays'; node: string }
  | { code: 'typed_name_differs'; node: string; typed: string }
  | { code: 'nothing_to_confirm'; node: string; state: NodeState }
  | RemovalRefusal;

/** Why a node is not removed. */
export type RemovalRefusal =
  | { code: 'removed_elsewhere'; node: string }
  | { code: 'not_down'; node: string; state: Exclude<NodeState, 'down' | 'unmanaged'> }
  | { code: 'event_of_node_waits'; node: string; event: string }
  /** By its own entry, or by the others that name it; in the draft. */
  | { code: 'node_configured'; node: string; hasEntry: boolean; namedBy: readonly Pick<Entry, 'class' | 'name'>[] }
  | { code: 'node_still_active'; node: string }
  | { code: 'named_at_start'; node: string; here: string }
  | { code: 'cluster_manager_runs'; node: string };

export function servicesRefusalSentence(refusal: ServicesRefusal): string {
  switch (refusal.code) {
    case 'node_not_known':
      return `There is no node ${refusal.node} in this cluster. Its nodes are ${refusal.known.join(', ')}.`;
    case 'sole_node_stays':
      return `Node ${refusal.node} is the only node and its store is embedded in its cluster manager, so it is always a member: its cluster services cannot be stopped. To take it out of service, stop the cluster manager itself.`;
    case 'typed_name_differs':
      return `"${refusal.typed}" was typed, and the node is ${refusal.node}. Nothing was done: look again which node it is, and type its name.`;
    case 'nothing_to_confirm':
      return `Nothing waits for a confirmation that node ${refusal.node} is off: it is ${nodeStateWords(refusal.state)}.`;
    case 'removed_elsewhere':
      return `Node ${refusal.node} is the node whose cluster manager answers you. Stop its cluster services and its cluster manager, then remove it on another node: fallover remove-node ${refusal.node}`;
    case 'not_down':
      return `Node ${refusal.node} is ${nodeStateWords(refusal.state)}, and only a node that is down is removed. ${UNTIL_DOWN[refusal.state](refusal.node)}`;
    case 'event_of_node_waits':
      return `${refusal.event} ${refusal.node} waits or is being processed. Remove node ${refusal.node} when that has ended.`;
    case 'node_configured':
      return configuredSentence(refusal);
    case 'node_still_active':
      return `Node ${refusal.node} is out of the draft and still in the active revision. Synchronise ("fallover sync"), then remove it.`;
    case 'named_at_start':
      return `The cluster manager of ${refusal.here} was started with --nodes, and ${refusal.node} is among these. Take it out there, start the cluster manager of ${refusal.here} again, then remove it. Do the same on every node whose --nodes names it.`;
    case 'cluster_manager_runs':
      return `The cluster manager of ${refusal.node} answers, so it would be back at once. Stop it there ("systemctl stop fallover"), then remove it.`;
  }
}

const UNTIL_DOWN: Record<Extract<RemovalRefusal, { code: 'not_down' }>['state'], (node: string) => string> = {
  member: (node) => `Stop its cluster services ("fallover offline node ${node} MANAGE=move") and its cluster manager first.`,
  joining: (node) =>
    `Wait until it is a member, stop its cluster services ("fallover offline node ${node} MANAGE=move") and its cluster manager, then remove it.`,
  stopping: (node) => `Wait until node_down ${node} has been processed, then stop its cluster manager and remove it.`,
  lost: (node) =>
    `Wait until node_down ${node} has been processed. Where fencing failed, make sure that it is off and confirm that: fallover confirm-off ${node}`,
};

/** Of those that name a node the first ones are said. */
const MOST_NAMED = 10;

function configuredSentence({ node, hasEntry, namedBy }: Extract<RemovalRefusal, { code: 'node_configured' }>): string {
  const said = namedBy.slice(0, MOST_NAMED).map((entry) => `${CLASS_WORDS[entry.class].one} ${entry.name}`);
  const more = namedBy.length > MOST_NAMED ? [`${namedBy.length - MOST_NAMED} more`] : [];
  const named = said.length === 0 ? '' : ` It is named by ${listed([...said, ...more])}.`;
  const steps = [
    ...(said.length === 0 ? [] : ['take it out of there']),
    ...(hasEntry ? [`delete it ("fallover delete node ${node}")`] : []),
    'Synchronise ("fallover sync")',
  ];
  const [first = ''] = steps;
  const way = listed([first.charAt(0).toUpperCase() + first.slice(1), ...steps.slice(1)]);
  return `Node ${node} is in the configuration.${named} ${way}, then remove it.`;
}

/** After a node was removed. */
export const removedSentence = (node: string, { hasAuthority }: { hasAuthority: boolean }): string =>
  [
    `Node ${node} is removed from the cluster. A cluster manager of that name that starts later joins as a new node.`,
    ...(hasAuthority
      ? [
          `Node ${node} has the key of the authority, without which no other node gets a certificate: put its peer-authority.json, or a backup of it, into the state directory of a member, readable for its user only.`,
        ]
      : []),
  ].join(' ');

/** What came of starting or stopping the cluster services of one node. */
export type ServicesAnswer =
  | { code: 'sole_node_is_a_member' }
  | { code: 'starting' }
  | { code: 'is_a_member' }
  | { code: 'daemon_away' }
  | { code: 'stopping'; how: StopWay }
  | { code: 'stops_already' }
  | { code: 'stops_first' }
  | { code: 'not_up_yet' }
  | { code: 'is_not_a_member' }
  | { code: 'is_lost' }
  | { code: 'at_start'; starts: boolean };

/** One sentence for each thing that was done or found, as `when` asked for it. */
export const servicesSentence = (node: string, answers: readonly ServicesAnswer[]): string =>
  answers.map((answer) => sentenceOf(node, answer)).join(' ');

function sentenceOf(node: string, answer: ServicesAnswer): string {
  switch (answer.code) {
    case 'sole_node_is_a_member':
      return `Node ${node} is the only node and its store is embedded in its cluster manager, so it is always a member: there is nothing to start.`;
    case 'starting':
      return `The cluster services of ${node} may start: it joins by node_up ${node} as soon as its cluster manager runs and reaches the store.`;
    case 'is_a_member':
      return `The cluster services of ${node} run already.`;
    case 'daemon_away':
      return `The cluster services of ${node} are not stopped, but its cluster manager does not run or does not reach the store. Start that on ${node}: systemctl start fallover, or fallover start with the options of that node`;
    case 'stopping':
      return `The cluster services of ${node} stop: node_down ${node} ${STOP_ARGUMENT[answer.how]} is queued, and ${STOP_WORDS[answer.how]}.`;
    case 'stops_already':
      return `The cluster services of ${node} are being stopped already; how they are stopped is not changed.`;
    case 'stops_first':
      return `The cluster services of ${node} are being stopped. Start them again once node_down ${node} has been processed.`;
    case 'not_up_yet':
      return `Node ${node} is joining, and its node_up is not in the queue yet. Stop its cluster services in a moment.`;
    case 'is_not_a_member':
      return `The cluster services of ${node} do not run: there is nothing to stop.`;
    case 'is_lost':
      return `Node ${node} was lost and its node_down has not been processed: there are no cluster services to stop on it.`;
    case 'at_start':
      return answer.starts
        ? `From now on the cluster services of ${node} start whenever its cluster manager does.`
        : `From now on the cluster services of ${node} do not start with its cluster manager.`;
  }
}

/** After a person has confirmed that a node is off whose fencing had failed. */
export const confirmedSentence = (node: string, by: string): string =>
  `${by} confirmed that node ${node} is off: node_down ${node} is queued, and what it had is taken over.`;

/** What becomes of the resource groups. */
const STOP_WORDS: Record<StopWay, string> = {
  offline: 'its resource groups are brought offline',
  move: 'its resource groups move to other nodes',
  unmanage: 'its resource groups stay as they are, UNMANAGED',
};

/** What a node is, in a sentence. */
export function nodeStateWords(state: NodeState): string {
  switch (state) {
    case 'member':
      return 'a member of the cluster';
    case 'joining':
      return 'joining the cluster';
    case 'stopping':
      return 'stopping its cluster services';
    case 'lost':
      return 'lost, and its node_down has not been processed';
    case 'down':
      return 'down';
    case 'unmanaged':
      return 'stopped, with its resource groups UNMANAGED';
  }
}

/** What became of fencing, where it left no sentence of its own. */
export type FencingState = 'pending' | 'off' | 'not_configured' | 'failed' | 'confirmed' | 'rejoined';

export function fencingStateSentence(node: string, state: FencingState, by: string | undefined): string {
  switch (state) {
    case 'pending':
      return `Node ${node} was lost: nothing of it is taken over before it is fenced or, where no fence command is named, two seconds have passed.`;
    case 'off':
      return `Node ${node} was lost and fenced: it is off.`;
    case 'not_configured':
      return fencingSentence(node, { kind: 'not_fenced' });
    case 'failed':
      return `Node ${node} was lost and fencing it failed. Nothing of it is taken over until somebody confirms that it is off. Switch node ${node} off by hand, make sure of it, then confirm.`;
    case 'confirmed':
      return `Node ${node} was lost, and ${by ?? 'somebody'} confirmed that it is off.`;
    case 'rejoined':
      return `Node ${node} was lost and is back: it has ended what it ran.`;
  }
}
