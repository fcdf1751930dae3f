import { findEvent } from '../catalogue/catalogue.ts';

/** Running the event by hand takes something away from those who use the cluster. */
export interface Destruction {
  /** Why, in a sentence. */
  reason: string;
  /** What a person types to show that this is meant: the name of the node, or of the site. */
  typeToConfirm: string;
}

/** Whether an event stops or moves what the cluster serves, or ends cluster services; `nodes` are those that it runs on. */
export function destructionOf(event: string, args: readonly string[], nodes: readonly string[]): Destruction | undefined {
  const reason = reasonOf(event, args, nodes);
  return reason === undefined ? undefined : { reason, typeToConfirm: concerned(event, args) ?? nodes[0] ?? event };
}

function reasonOf(event: string, args: readonly string[], nodes: readonly string[]): string | undefined {
  const [first = '', second = '', third = ''] = args;
  switch (event) {
    case 'node_down':
      return leaving(first, second);
    case 'node_down_complete':
      return `Cluster services end on node ${first}.`;
    case 'node_down_local':
      return leaving(nodes[0] ?? '', first);
    case 'node_down_local_complete':
      return `Cluster services end on node ${nodes[0] ?? ''}.`;
    case 'site_down':
      return `Site ${first} is taken down: what its nodes serve stops there or moves to another site.`;
    case 'network_down':
      return first === '-1'
        ? undefined
        : `Node ${first} counts as cut off from network ${second}: the resource groups affected move to other nodes.`;
    case 'fail_interface':
      return `Interface ${second} of node ${first} counts as failed: a resource group with a service IP label on it moves away.`;
    case 'rg_move':
      return third === 'RELEASE' ? `Node ${first} gives up resource group ${second}: what it serves stops there.` : undefined;
    case 'reconfig_resource_release':
      return 'Resources that the reconfiguration concerns are released: what they serve stops.';
    case 'releasing':
    case 'rg_down':
      return `Resource group ${first} counts as given up: what it serves stops.`;
    case 'stop_server':
      return `Application servers are stopped${among(args)}.`;
    case 'release_service_addr':
    case 'release_svc_addr':
    case 'release_takeover_addr':
      return `Service IP labels are released${among(args)}: nobody is reached there any more.`;
    case 'release_vg_fs':
      return `File systems are unmounted and volume groups are given up${among(args)}.`;
    default:
      return undefined;
  }
}

function leaving(node: string, how: string): string {
  switch (how) {
    case 'graceful':
      return `Node ${node} leaves the cluster and its resource groups are brought offline: what they serve stops.`;
    case 'takeover':
      return `Node ${node} leaves the cluster and its resource groups move to other nodes: what they serve is interrupted.`;
    case 'forced':
      return `Node ${node} leaves the cluster and its resource groups stay as they are, UNMANAGED: nothing watches over them any more.`;
    default:
      return `Node ${node} counts as failed: other nodes take over its resource groups.`;
  }
}

const among = (names: readonly string[]): string => (names.length === 0 ? '' : ` (${names.join(' ')})`);

/** The node that the arguments name, else the site. */
function concerned(event: string, args: readonly string[]): string | undefined {
  const known = findEvent(event)?.arguments ?? [];
  const at = (kinds: readonly string[]): number => known.findIndex(({ kind }) => kinds.includes(kind));
  const node = at(['node', 'node_or_all']);
  return args[node === -1 ? at(['site']) : node];
}
