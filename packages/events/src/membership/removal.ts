import { CLASS_FIELDS } from '../definition/fields.ts';
import { entryUsers } from '../definition/names-of.ts';
import type { DefinitionDocument, Entry, Field } from '../definition/types.ts';
import type { RemovalRefusal, ServicesRefusal } from '../wording/cluster-services.ts';
import type { NodeState } from './node-state.ts';

type Configured = Pick<DefinitionDocument, 'entries'>;
type Named = Pick<Entry, 'class' | 'name'>;

/** What is known of a node that an administrator wants to be rid of. */
export interface NodeToRemove {
  node: string;
  /** The node whose cluster manager is asked. */
  here: string;
  state: NodeState;
  /** The shared store has something of it. */
  isStored: boolean;
  /** All nodes of the cluster, for whoever has mistyped one. */
  known: readonly string[];
  /** Root events that wait or are processed. */
  events: readonly { event: string; args: readonly string[] }[];
  draft: Configured;
  active: Configured;
  /** Those that this cluster manager was started with. */
  namedAtStart: readonly string[];
}

/** Why a node is not removed; undefined where the shared store may forget it. Whether its cluster manager answers is asked last. */
export function removalRefusal(wanted: NodeToRemove): ServicesRefusal | undefined {
  const { node, here, state } = wanted;
  if (node === here) return { code: 'removed_elsewhere', node };
  if (state !== 'down' && state !== 'unmanaged') return { code: 'not_down', node, state };
  // It is down from when its node_down is queued; what ends then notes something of it once more.
  const waiting = wanted.events.find(({ event, args }) => OF_MEMBERSHIP.includes(event) && args[0] === node);
  if (waiting) return { code: 'event_of_node_waits', node, event: waiting.event };
  const configured = stillConfigured(wanted);
  if (configured) return configured;
  if (wanted.namedAtStart.includes(node)) return { code: 'named_at_start', node, here };
  return wanted.isStored ? undefined : { code: 'node_not_known', node, known: wanted.known };
}

const OF_MEMBERSHIP = ['node_up', 'node_down'];

function stillConfigured({ node, draft, active }: NodeToRemove): RemovalRefusal | undefined {
  const hasEntry = (among: Configured): boolean => among.entries.some((entry) => entry.class === 'node' && entry.name === node);
  const namedBy = namesNode(draft, node);
  if (hasEntry(draft) || namedBy.length > 0) return { code: 'node_configured', node, hasEntry: hasEntry(draft), namedBy };
  return hasEntry(active) || namesNode(active, node).length > 0 ? { code: 'node_still_active', node } : undefined;
}

/** The entries that name the node in a field, or have a value of its own for it. */
function namesNode({ entries }: Configured, node: string): Named[] {
  const users = entryUsers(entries).ofEntry({ class: 'node', name: node });
  const withValue = entries.filter((entry) => {
    const fields = entry.fields as Record<string, Field<unknown> | undefined>;
    return CLASS_FIELDS[entry.class].some((field) => Object.hasOwn(fields[field]?.nodes ?? {}, node));
  });
  const named = new Map([...users, ...withValue].map((entry) => [`${entry.class}/${entry.name}`, entry]));
  return [...named.values()].map(({ class: entryClass, name }) => ({ class: entryClass, name }));
}
