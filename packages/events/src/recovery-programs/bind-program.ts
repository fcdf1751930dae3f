import { findEvent } from '../catalogue/catalogue.ts';
import type { BoundCommand } from '../runs/plan.ts';
import type { NodeSet, RecoveryProgram } from './types.ts';

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

/**
 * The commands of a program, phase by phase, on the nodes that take part. Every command gets the arguments of the event. A
 * phase whose node sets are empty is done, and is left out.
 */
export function bindProgram({
  program,
  args,
  participants,
  concerned,
}: {
  program: RecoveryProgram;
  args: readonly string[];
  participants: readonly string[];
  /** Where the event happened; those of them that take part are the node set `event`. */
  concerned: readonly string[];
}): BoundCommand[][] {
  const nodesOf: Record<NodeSet, readonly string[]> = {
    all: participants,
    event: participants.filter((node) => concerned.includes(node)),
    other: participants.filter((node) => !concerned.includes(node)),
  };
  return program
    .map((phase) =>
      phase.flatMap(({ nodeSet, command, expectedStatus }) => {
        if (command.startsWith('/')) throw new Error(`A full pathname in a program is not run yet: ${command}.`);
        return nodesOf[nodeSet].map((node) => ({ node, event: command, args: [...args], expectedStatus }));
      }),
    )
    .filter((phase) => phase.length > 0);
}
