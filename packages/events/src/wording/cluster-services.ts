import { fencingSentence } from './fencing.ts';
import { type NodeState, STOP_ARGUMENT, type StopWay } from '../membership/node-state.ts';

/** What a request about cluster services can be refused for. */
export type ServicesRefusal =
  | { code: 'node_not_known'; node: string; known: readonly string[] }
  | { code: 'sole_node_stays'; node: string }
  | { code: 'typed_name_differs'; node: string; typed: string }
  | { code: 'nothing_to_confirm'; node: string; state: NodeState };

export function servicesRefusalSentence(refusal: ServicesRefusal): string {
  switch (refusal.code) {
    case 'node_not_known':
      return `There is no node ${refusal.node} in this cluster. Its nodes are ${refusal.known.join(', ')}.`;
    case 'sole_node_stays':
      return `Node ${refusal.node} is the only node and its store is embedded in its cluster manager, so it is always a member: its cluster services cannot be stopped. To take it out of service, stop the cluster manager itself.`;
    case 'typed_name_differs':
      return `"${refusal.typed}" was typed, and the node is ${refusal.node}. Nothing was confirmed: look again which node it is, and type its name.`;
    case 'nothing_to_confirm':
      return `Nothing waits for a confirmation that node ${refusal.node} is off: it is ${nodeStateWords(refusal.state)}.`;
  }
}

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
