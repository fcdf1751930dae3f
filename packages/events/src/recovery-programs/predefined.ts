import { findEvent } from '../catalogue/catalogue.ts';
import { parseProgram } from './parse-program.ts';
import type { NodeSet, RecoveryProgram } from './types.ts';

/** One of the programs of an event. Most events have one; of `node_down` it depends on how the node leaves. */
export interface PredefinedProgram {
  /** The argument of the event behind the node; `failure`: the node is gone and runs nothing. */
  how?: 'graceful' | 'takeover' | 'forced' | 'failure';
  /** When it is this one, in a few words. */
  when?: string;
  text: string;
}

const program = (...phases: string[][]): string => `${phases.map((lines) => lines.join('\n')).join('\nbarrier\n')}\n`;
const on = (nodeSet: NodeSet, event: string): string[] => [`${nodeSet} "${event}" 0 NULL`];
/** The event has done its work by then: what is told of its end does not fail it, as in the example of the manual. */
const complete = (nodeSet: NodeSet, event: string): string[] => [`${nodeSet} "${event}_complete" X NULL`];
const thenComplete = (nodeSet: NodeSet, event: string): string => program(on(nodeSet, event), complete(nodeSet, event));

/** The nodes of the site, then those of the others. The events of its first or last node stand between the two pairs. */
const ofSite = (event: string): string =>
  program(on('event', event), on('other', `${event}_remote`), complete('event', event), complete('other', `${event}_remote`));
const ofSiteComplete = (event: string): string =>
  program(on('event', `${event}_complete`), on('other', `${event}_remote_complete`));

const NODE_DOWN: readonly PredefinedProgram[] = [
  {
    how: 'failure',
    when: 'the node has failed: the others process it, and the node that failed runs nothing',
    text: program(on('other', 'node_down'), complete('other', 'node_down')),
  },
  {
    how: 'graceful',
    when: 'cluster services are stopped and resource groups brought offline: nothing moves, and no node waits for another',
    text: thenComplete('all', 'node_down'),
  },
  {
    how: 'takeover',
    when: 'cluster services are stopped and resource groups move: the node has released them before another acquires them',
    text: program(on('event', 'node_down'), on('other', 'node_down'), complete('all', 'node_down')),
  },
  {
    how: 'forced',
    when: 'cluster services are stopped and resource groups left UNMANAGED: nothing moves, and no node waits for another',
    text: thenComplete('all', 'node_down'),
  },
];

const TEXTS: Readonly<Record<string, string>> = {
  node_up: program(on('other', 'node_up'), on('event', 'node_up'), complete('all', 'node_up')),
  network_down: thenComplete('all', 'network_down'),
  network_up: thenComplete('all', 'network_up'),
  swap_adapter: thenComplete('event', 'swap_adapter'),
  fail_interface: program(on('event', 'fail_interface')),
  join_interface: program(on('event', 'join_interface')),
  fail_standby: program(on('event', 'fail_standby')),
  join_standby: program(on('event', 'join_standby')),
  ctdb_event: program(on('event', 'ctdb_event')),
  site_up: ofSite('site_up'),
  site_up_complete: ofSiteComplete('site_up'),
  site_down: ofSite('site_down'),
  site_down_complete: ofSiteComplete('site_down'),
  reconfig_topology_start: program(on('all', 'reconfig_topology_start'), complete('all', 'reconfig_topology')),
  reconfig_resource_release: program(
    on('all', 'reconfig_resource_release'),
    on('all', 'reconfig_resource_acquire'),
    complete('all', 'reconfig_resource'),
  ),
  rg_move: thenComplete('all', 'rg_move'),
  resource_state_change: thenComplete('all', 'resource_state_change'),
  external_resource_state_change: thenComplete('all', 'external_resource_state_change'),
};

/** The predefined programs of an event, as they are shown; none when there is no such event. */
export function predefinedPrograms(event: string): readonly PredefinedProgram[] {
  if (!findEvent(event)) return [];
  return event === 'node_down' ? NODE_DOWN : [{ text: TEXTS[event] ?? program(on('all', event)) }];
}

/** The recovery program of an event that the cluster manager initiates, as text. */
export function programText(event: string, args: readonly string[]): string {
  const programs = predefinedPrograms(event);
  const chosen = programs.find(({ how }) => how !== undefined && how === args[1]) ?? programs[0];
  return chosen?.text ?? program(on('all', event));
}

/** The same, read. */
export function predefinedProgram(event: string, args: readonly string[]): RecoveryProgram {
  const read = parseProgram(programText(event, args));
  if (!read.ok) throw new Error(`The program of ${event} cannot be read: ${read.error[0]?.code}.`);
  return read.value;
}
