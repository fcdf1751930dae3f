import type { Verb } from '../verb.ts';

/** Cluster services of nodes. */
export const SERVICES_VERBS: readonly Verb[] = [
  {
    name: 'online',
    usage: ['fallover online node NAME[,NAME…] [WHEN=now|restart|both] [--json]'],
    summary: 'Starts cluster services on nodes: they join the cluster by node_up.',
    help: [
      'WHEN=restart starts them from now on whenever the cluster manager of the node starts, and nothing now; both does both.',
      '"fallover query services" shows how it goes. It exits with 1 when a node was not started and does not come by itself.',
    ],
    load: async () => (await import('../verbs/services.ts')).online,
  },
  {
    name: 'offline',
    usage: ['fallover offline node NAME[,NAME…] MANAGE=offline|move|unmanage [WHEN=now|restart|both] [--json]'],
    summary: 'Stops cluster services on nodes: they leave the cluster by node_down.',
    help: [
      'MANAGE says what becomes of the resource groups: offline brings them offline (node_down graceful), move moves them to other',
      'nodes (takeover), unmanage leaves them as they are (forced). The cluster manager goes on; "fallover online" starts them again.',
      'HOW=graceful|takeover|forced says the same by the argument of node_down.',
      'With WHEN=restart they are from now on not started with the cluster manager of the node, and nothing happens now.',
    ],
    load: async () => (await import('../verbs/services.ts')).offline,
  },
  {
    name: 'confirm-off',
    usage: ['fallover confirm-off NODE [--json]'],
    summary: 'Confirms that a lost node is off whose fencing failed: what it had is then taken over.',
    help: ['Look at the machine first. If it still runs, resources are active twice from now on, and data are lost.'],
    load: async () => (await import('../verbs/services.ts')).confirmOff,
  },
  {
    name: 'remove-node',
    usage: ['fallover remove-node NODE [--json]'],
    summary: 'Removes a node that is down from the cluster: it is no longer known.',
    help: [
      'Typed on another node, once the cluster manager of NODE is stopped for good. A node that is configured is deleted and that',
      'synchronised first: "fallover delete node NODE", "fallover sync". Its runs stay. If it starts again, it joins as a new node.',
    ],
    load: async () => (await import('../verbs/services.ts')).removeNode,
  },
];
