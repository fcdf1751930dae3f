import type { QueuedEvent, NodeDocument, NodeEffect, Stop } from '@fallover/store';

/** What the coordinator is to do about membership now (docs/decisions/0010-many-nodes.md). */
export type Duty =
  /** A node that is up has left without being stopped: that is noted, and it is fenced before anybody acts on it. */
  | { kind: 'note_lost'; node: string; membership: number }
  | { kind: 'fence'; node: string; membership: number; isBack: boolean }
  | { kind: 'node_up'; node: string; membership: number }
  | { kind: 'node_down'; node: string; how?: Stop; by?: string };

export interface MembershipState {
  /** By name of node; the numbers of their memberships. */
  members: ReadonlyMap<string, number>;
  nodes: ReadonlyMap<string, NodeDocument>;
}

/**
 * Follows from the state alone, so that another coordinator goes on where one has died; each is noted in the commit that does
 * it, so that it is done once. `node_down` before the `node_up` of the same node: both are processed.
 */
export function membershipDuties({ members, nodes }: MembershipState): Duty[] {
  const known = new Set([...nodes.keys(), ...members.keys()]);
  return [...known].sort().flatMap((node): Duty[] => {
    const document = nodes.get(node) ?? { node };
    const member = members.get(node);
    const { up, lost, stopping } = document;
    if (up !== undefined && up !== member) {
      if (lost?.membership !== up) return [{ kind: 'note_lost', node, membership: up }];
      if (lost.fencing === 'pending') return [{ kind: 'fence', node, membership: up, isBack: member !== undefined }];
      // A node that is back has ended what it ran, whatever became of fencing it.
      if (lost.fencing === 'failed') return member === undefined ? [] : [{ kind: 'fence', node, membership: up, isBack: true }];
      return [{ kind: 'node_down', node }];
    }
    if (member === undefined) return [];
    if (stopping)
      return stopping.queued || up === undefined ? [] : [{ kind: 'node_down', node, how: stopping.how, by: stopping.by }];
    return up === undefined && document.stopped === undefined ? [{ kind: 'node_up', node, membership: member }] : [];
  });
}

/** How the documents of nodes change with what is done; undefined where it is done already. */
export const effects = {
  noteLost: (node: string, membership: number, at: string): NodeEffect => ({
    node,
    change: (document) =>
      document.up === membership && document.lost?.membership !== membership
        ? withoutStop({ ...document, lost: { membership, at, fencing: 'pending' } })
        : undefined,
  }),
  fenced: (
    node: string,
    membership: number,
    result: Pick<NonNullable<NodeDocument['lost']>, 'fencing' | 'fencedAt' | 'by' | 'sentence'>,
  ): NodeEffect => ({
    node,
    change: ({ lost, ...document }) => {
      if (lost?.membership !== membership || (lost.fencing !== 'pending' && lost.fencing !== 'failed')) return undefined;
      const { sentence: _, ...facts } = lost;
      return { ...document, lost: { ...facts, ...result } };
    },
  }),
  nodeUp: (node: string, membership: number): NodeEffect => ({
    node,
    change: ({ stopped: _, ...document }) => (document.up === undefined ? { ...document, up: membership } : undefined),
  }),
  nodeDown: (node: string, how: Stop | undefined): NodeEffect => ({
    node,
    change: ({ up, upSince: _, stopping, ...document }) => {
      if (up === undefined || (how !== undefined && !stopping)) return undefined;
      return how === undefined || !stopping ? document : { ...document, stopping: { ...stopping, queued: true } };
    },
  }),
  /** A person stops its cluster services. */
  stop: (node: string, stopping: NonNullable<NodeDocument['stopping']>): NodeEffect => ({
    node,
    change: (document) =>
      document.up === undefined || document.stopping || document.lost?.membership === document.up
        ? undefined
        : { ...document, stopping },
  }),
  start: (node: string): NodeEffect => ({
    node,
    change: ({ stopped, ...document }) => (stopped ? document : undefined),
  }),
  /** Its cluster services do not start with its daemon. */
  stayOut: (node: string, at: string): NodeEffect => ({
    node,
    change: (document) => (document.stopped ? undefined : { ...document, stopped: { how: 'graceful', by: MEMBERSHIP, at } }),
  }),
  atStart: (node: string, atStart: boolean): NodeEffect => ({ node, change: (document) => ({ ...document, atStart }) }),
};

const withoutStop = ({ stopping: _, ...document }: NodeDocument): NodeDocument => document;

/** What a root run that has ended has done to nodes; only events that membership has raised do anything. */
export function effectsOfRun(
  { event, args, origin }: Pick<QueuedEvent, 'event' | 'args' | 'origin'>,
  { succeeded, at }: { succeeded: boolean; at: string },
): NodeEffect[] {
  const [node] = args;
  if (node === undefined) return [];
  const raised = { event, origin };
  if (isMembershipEvent(raised, 'node_up')) return [{ node, change: (document) => afterNodeUp(document, succeeded, at) }];
  if (isMembershipEvent(raised, 'node_down')) return [{ node, change: afterNodeDown }];
  return [];
}

/** The name of the origin of what membership raises. */
export const MEMBERSHIP = 'membership';

/** Raised by membership itself, and not run by a person or reported. */
export const isMembershipEvent = ({ event, origin }: Pick<QueuedEvent, 'event' | 'origin'>, name: string): boolean =>
  event === name && origin.kind === 'cluster_manager' && origin.name === MEMBERSHIP;

/** After a `node_up` that was skipped the node stays out: its cluster services are to be started again. */
function afterNodeUp({ lost, ...document }: NodeDocument, succeeded: boolean, at: string): NodeDocument {
  // It was lost meanwhile: its node_down is still to come.
  if (lost && lost.membership === document.up) return { ...document, lost, upSince: at };
  if (succeeded) return { ...document, upSince: at };
  const { up: _, upSince: __, stopping: ___, ...rest } = document;
  return { ...rest, stopped: { how: 'graceful', by: MEMBERSHIP, at } };
}

function afterNodeDown({ stopping, ...document }: NodeDocument): NodeDocument {
  if (!stopping?.queued) return stopping ? { ...document, stopping } : document;
  const { queued: _, ...stopped } = stopping;
  return { ...document, stopped };
}

/** Who takes part in an event: those that are up, with the node that joins, without one that has failed. */
export function participantsOf(
  { event, args, origin }: Pick<QueuedEvent, 'event' | 'args' | 'origin'>,
  { members, nodes }: MembershipState,
): { node: string; membership: number }[] {
  const joining = isMembershipEvent({ event, origin }, 'node_up') ? args[0] : undefined;
  return [...members]
    .map(([node, membership]) => ({ node, membership }))
    .filter(({ node, membership }) => {
      const document = nodes.get(node);
      const takesPart = document?.upSince !== undefined || document?.stopping?.queued === true || node === joining;
      return takesPart && (document?.up === membership || document?.stopping?.queued === true);
    })
    .sort((a, b) => (a.node < b.node ? -1 : 1));
}
