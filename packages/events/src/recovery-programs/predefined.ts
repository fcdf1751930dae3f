import { parseProgram } from './parse-program.ts';
import type { RecoveryProgram } from './types.ts';

/** An event on every node, and what follows it once all are through. */
const followedByComplete = (event: string): string => `all "${event}" 0 NULL
barrier
all "${event}_complete" X NULL
`;

const NODE_UP = `other "node_up" 0 NULL
barrier
event "node_up" 0 NULL
barrier
all "node_up_complete" X NULL
`;

/** The survivors initiate it: the node that failed runs nothing. */
const NODE_DOWN_FAILURE = `other "node_down" 0 NULL
barrier
other "node_down_complete" X NULL
`;

/** The node that leaves has released its resource groups before another acquires them: none is ever active twice. */
const NODE_DOWN_TAKEOVER = `event "node_down" 0 NULL
barrier
other "node_down" 0 NULL
barrier
all "node_down_complete" X NULL
`;

const SWAP_ADAPTER = `event "swap_adapter" 0 NULL
barrier
event "swap_adapter_complete" X NULL
`;

/** The nodes of the site run the event, those of the other sites its remote kind, afterwards. */
const atSites = (event: string, remote: string): string => `event "${event}" 0 NULL
barrier
other "${remote}" 0 NULL
`;

const RECONFIG_RESOURCE = `all "reconfig_resource_release" 0 NULL
barrier
all "reconfig_resource_acquire" 0 NULL
barrier
all "reconfig_resource_complete" X NULL
`;

const RECONFIG_TOPOLOGY = `all "reconfig_topology_start" 0 NULL
barrier
all "reconfig_topology_complete" X NULL
`;

const where = (event: string): string => `event "${event}" 0 NULL\n`;

const TEXTS: Readonly<Record<string, string>> = {
  node_up: NODE_UP,
  network_down: followedByComplete('network_down'),
  network_up: followedByComplete('network_up'),
  swap_adapter: SWAP_ADAPTER,
  fail_interface: where('fail_interface'),
  join_interface: where('join_interface'),
  fail_standby: where('fail_standby'),
  join_standby: where('join_standby'),
  site_up: atSites('site_up', 'site_up_remote'),
  site_up_complete: atSites('site_up_complete', 'site_up_remote_complete'),
  site_down: atSites('site_down', 'site_down_remote'),
  site_down_complete: atSites('site_down_complete', 'site_down_remote_complete'),
  reconfig_topology_start: RECONFIG_TOPOLOGY,
  reconfig_resource_release: RECONFIG_RESOURCE,
  rg_move: followedByComplete('rg_move'),
  resource_state_change: followedByComplete('resource_state_change'),
  external_resource_state_change: followedByComplete('external_resource_state_change'),
};

/** `graceful` and `forced` move nothing to another node, so no node waits for another. */
function nodeDownText(how: string | undefined): string {
  if (how === 'takeover') return NODE_DOWN_TAKEOVER;
  return how === undefined ? NODE_DOWN_FAILURE : followedByComplete('node_down');
}

/** The recovery program of an event that the cluster manager initiates, as text. */
export const programText = (event: string, args: readonly string[]): string => {
  if (event === 'node_down') return nodeDownText(args[1]);
  return TEXTS[event] ?? `all "${event}" 0 NULL\n`;
};

export function programOf(event: string, args: readonly string[]): RecoveryProgram {
  const program = parseProgram(programText(event, args));
  if (!program.ok) throw new Error(`The program of ${event} cannot be read: ${program.error[0]?.code}.`);
  return program.value;
}
