import { findEvent } from '../catalogue/catalogue.ts';
import type { BoundCommand } from '../runs/plan.ts';
import { isPathname, type NodeSet, type RecoveryProgram } from './types.ts';

/**
 * The nodes where an event happened, by its first argument: those of the site, for a site event, or the node. A global event
 * (`-1`), and one that is about no node, happened on none in particular.
 */
export function nodesConcerned(
  event: string,
  [first]: readonly string[],
  sites: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const kind = findEvent(event)?.arguments[0]?.kind;
  if (first === undefined) return [];
  if (kind === 'site') return sites.get(first) ?? [];
  return (kind === 'node' || kind === 'node_or_all') && first !== '-1' ? [first] : [];
}

export interface Binding {
  program: RecoveryProgram;
  /** The event whose program it is. */
  event: string;
  args: readonly string[];
  participants: readonly string[];
  /** Where the event happened; those of them that take part are the node set `event`. */
  concerned: readonly string[];
}

/**
 * The commands of a program on the nodes that take part, a list for each of its phases, which may be empty. Every command gets
 * the arguments of the event.
 */
export function bindPhases({ program, event, args, participants, concerned }: Binding): BoundCommand[][] {
  const nodesOf: Record<NodeSet, readonly string[]> = {
    all: participants,
    event: participants.filter((node) => concerned.includes(node)),
    other: participants.filter((node) => !concerned.includes(node)),
  };
  let number = 0;
  return program.map((phase) =>
    phase.flatMap(({ nodeSet, command, expectedStatus }) => {
      number += 1;
      const runs = isPathname(command) ? { event, named: { path: command, number } } : { event: command };
      return nodesOf[nodeSet].map((node): BoundCommand => ({ node, args: [...args], expectedStatus, ...runs }));
    }),
  );
}
