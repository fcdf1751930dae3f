import type { RunState } from '@fallover/events';
import type { NodeDocument, NodeEffect, QueuedEvent } from '@fallover/store';
import { isMembershipEvent, type MembershipState } from '../membership/duties.ts';

/** What an emulation begins with: the cluster as this node knows it. It is looked at and never written. */
export interface ClusterNow extends MembershipState {
  coordinator: string | undefined;
  /** In the order in which the events were accepted. */
  queue: readonly QueuedEvent[];
  /** The root run that is processed now. */
  current: RunState | undefined;
  /** Seconds after which a node that says nothing is lost. Missing of a node on a store of its own. */
  leaseSeconds?: number;
}

/** A membership that nobody has. */
const SUPPOSED = 0;
const AT = new Date(0).toISOString();

/** As if these nodes, and no others, were members and up. */
export function supposing(now: ClusterNow, nodes: readonly string[]): ClusterNow {
  const members = new Map(nodes.map((node) => [node, now.members.get(node) ?? SUPPOSED]));
  const documents = new Map(
    nodes.map((node): [string, NodeDocument] => [node, { node, up: members.get(node) ?? SUPPOSED, upSince: AT }]),
  );
  const coordinator = now.coordinator !== undefined && members.has(now.coordinator) ? now.coordinator : undefined;
  return { ...now, members, nodes: documents, coordinator };
}

/**
 * With what an event says has happened, where the cluster itself raises it: the node of a `node_up` has come, that of a
 * `node_down` has gone, or is about to.
 */
export function happening(now: ClusterNow, event: QueuedEvent): ClusterNow {
  const [node, how] = event.args;
  if (node === undefined) return now;
  const members = new Map(now.members);
  const nodes = new Map(now.nodes);
  const membership = members.get(node) ?? SUPPOSED;
  if (isMembershipEvent(event, 'node_up')) {
    members.set(node, membership);
    nodes.set(node, { ...nodes.get(node), node, up: membership });
  } else if (isMembershipEvent(event, 'node_down')) {
    if (how === undefined) members.delete(node);
    else if (members.has(node)) nodes.set(node, { node, stopping: { how: 'graceful', by: '', at: AT, queued: true } });
  }
  return { ...now, members, nodes };
}

/** After a node has changed as it does when an event is queued or has been processed. */
export function changed(now: ClusterNow, { node, change }: NodeEffect): ClusterNow {
  const document = change(now.nodes.get(node) ?? { node });
  return document === undefined ? now : { ...now, nodes: new Map(now.nodes).set(node, document) };
}
