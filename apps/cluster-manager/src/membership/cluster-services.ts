import type { getCluster, NodeView, ReplyOf, ServicesChanged } from '@fallover/contract';
import { err, ok, type Result, type ServicesRefusal, type StartWhen, type StopWay, servicesSentence } from '@fallover/events';
import type { NodeRemoval } from './node-removal.ts';

/** Cluster services of the nodes, as people see and change them. */
export interface ClusterServices {
  /** Every node that is known of, by name. */
  nodes(): NodeView[];
  /** The node that coordinates. */
  coordinator(): string | undefined;
  /** Whether the shared store is reached; what it says of the others is as old as `since` otherwise. */
  connection(): ReplyOf<typeof getCluster>['store'];
  start(nodes: readonly string[], when: StartWhen, by: string): Promise<Result<ServicesChanged['nodes'], ServicesRefusal>>;
  stop(
    nodes: readonly string[],
    how: StopWay,
    when: StartWhen,
    by: string,
  ): Promise<Result<ServicesChanged['nodes'], ServicesRefusal>>;
  /** A person says that a node is off whose fencing failed; answered with what happens now. */
  confirmOff(node: string, by: string): Promise<Result<string, ServicesRefusal>>;
  /** A node that is down is no longer known; answered with what is so now. */
  remove: NodeRemoval;
}

/** A node on a store of its own: it is a member as long as its daemon runs, and there is nobody else. */
export function soleClusterServices(own: {
  node: string;
  release: string;
  /** When the daemon has started, ISO 8601. */
  since: string;
}): ClusterServices {
  const { node, release, since } = own;
  const stranger = (nodes: readonly string[]): ServicesRefusal | undefined => {
    const other = nodes.find((name) => name !== node);
    return other === undefined ? undefined : { code: 'node_not_known', node: other, known: [node] };
  };
  return {
    nodes: () => [{ node, state: 'member', since, coordinator: true, here: true, release, lostSteps: [] }],
    coordinator: () => node,
    connection: () => ({ state: 'connected' }),
    async start(nodes) {
      const unknown = stranger(nodes);
      if (unknown) return err(unknown);
      return ok([{ node, changed: false, sentence: servicesSentence(node, [{ code: 'sole_node_is_a_member' }]) }]);
    },
    stop: async (nodes) => err(stranger(nodes) ?? { code: 'sole_node_stays', node }),
    confirmOff: async (other) => err(stranger([other]) ?? { code: 'nothing_to_confirm', node, state: 'member' }),
    remove: async (other) => err(stranger([other]) ?? { code: 'sole_node_stays', node }),
  };
}
