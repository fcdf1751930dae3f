import { sortKeys } from '../sort-keys.ts';
import type { RunPlan } from './types.ts';

/**
 * The text that a plan's hash is made of: by which revision, and every step with what decides about it. The run's id, its
 * times and who asked are not in it, so that console, shell and the run itself find the same hash for the same plan.
 */
export function canonicalPlan({ event, args, revision, cluster, membership, program }: RunPlan): string {
  const phases = program.map((phase) => phase.map(({ scope: _, ...pipeline }) => pipeline));
  return JSON.stringify(sortKeys({ event, args, revision, cluster, membership, program: phases }));
}
