/**
 * Built-in event commands: functions of the cluster manager with the effect that the manual gives. What an event does to
 * resource groups is not decided here; as long as none is configured, the command says so in its output. What is in the context
 * is all that they can do: nothing of it needs the node's own deadline, which the launcher keeps (decision 0010).
 */
export interface BuiltInContext {
  event: string;
  args: readonly string[];
  node: string;
  failedNode?: string | undefined;
  /** A line of the step's output. */
  say(line: string): void;
  /** What the last automatic verification found, in lines. */
  automaticFindings(): Promise<readonly string[]>;
  /** Calls a sub-event through its own pipeline; its STATUS. */
  call(event: string, args: readonly string[]): Promise<number>;
  signal: AbortSignal;
}

export type BuiltIn = (context: BuiltInContext) => Promise<number>;

const NO_GROUPS = 'No resource group is configured: there is nothing to acquire or to release.';

const RESOURCE_GROUP_EVENTS = new Set([
  'process_resources',
  'process_resources_complete',
  'rg_move',
  'rg_move_complete',
  'reconfig_resource_acquire',
  'reconfig_resource_release',
  'reconfig_resource_complete',
  'resource_state_change',
  'resource_state_change_complete',
  'external_resource_state_change',
  'external_resource_state_change_complete',
  'network_up',
  'network_up_complete',
]);

/** The sub-events that a built-in command calls, in order. */
export function subEventsOf(event: string, args: readonly string[]): readonly string[] {
  const processesResources = event === 'node_up' || (event === 'node_down' && !args.includes('forced'));
  return processesResources ? ['process_resources', 'process_resources_complete'] : [];
}

export const builtIn: BuiltIn = async (context) => {
  const { event, args, say } = context;
  switch (event) {
    case 'node_up':
    case 'node_down':
      if (event === 'node_down' && args.includes('forced'))
        say('Cluster services stop with resource groups UNMANAGED: no resource group is released or taken over.');
      return callInOrder(context, subEventsOf(event, args));
    case 'network_down':
    case 'network_down_complete':
      if (args[0] === '-1')
        say(`Network ${args[1] ?? ''} is down on all nodes. What to do depends on the local network: no action is taken.`);
      else say(`Node ${args[0] ?? ''} has lost contact with network ${args[1] ?? ''}. ${NO_GROUPS}`);
      return 0;
    case 'config_too_long':
      say(`Event ${args[1] ?? ''} has been running for ${args[0] ?? ''} seconds. Please check its status.`);
      return 0;
    case 'event_error':
      say(`Event ${args.slice(1).join(' ')} failed with status ${args[0] ?? ''} on node ${context.failedNode ?? 'unknown'}.`);
      return 0;
    case 'cluster_notify':
      // hacmp.out is written from the runs of its node alone, so that the event brings what was found to every node.
      for (const line of [...args, ...(await context.automaticFindings())]) say(line);
      return 0;
    case 'node_unhealthy':
      say(`Node ${args[0] ?? ''} is UNHEALTHY: monitor in component ${args[1] ?? ''} has failed there. ${NO_GROUPS}`);
      return 0;
    case 'node_healthy':
      say(`Node ${args[0] ?? ''} is not UNHEALTHY any more in component ${args[1] ?? ''}. ${NO_GROUPS}`);
      return 0;
    case 'ctdb_event':
      say(`CTDB on node ${args[0] ?? ''} has run in component ${args[1] ?? ''}: ${args.slice(2).join(' ')}.`);
      return 0;
    case 'fail_standby':
    case 'fail_interface':
      say(`Interface ${args[1] ?? ''} of node ${args[0] ?? ''} has failed or is no longer available.`);
      return 0;
    case 'join_standby':
    case 'join_interface':
      say(`Interface ${args[1] ?? ''} of node ${args[0] ?? ''} has become available.`);
      return 0;
    default:
      say(RESOURCE_GROUP_EVENTS.has(event) ? NO_GROUPS : `The built-in command of ${event} takes no action on this node.`);
      return 0;
  }
};

async function callInOrder({ call, signal, say }: BuiltInContext, events: readonly string[]): Promise<number> {
  for (const event of events) {
    if (signal.aborted) return 128 + 15;
    const status = await call(event, []);
    if (status === 0) continue;
    say(`Sub-event ${event} ended with status ${status}: the rest of the event is not processed.`);
    return status;
  }
  return 0;
}
