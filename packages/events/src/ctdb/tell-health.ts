import type { HealthState } from './words.ts';

export type HealthEvent = 'node_unhealthy' | 'node_healthy';

/**
 * The cluster event that a component's health is now worth, if any: only a change enters the cluster's queue. As long as an
 * earlier one still waits there, nothing is added to it; what holds then is looked at again, so that a component that comes
 * and goes while nothing is processed leaves one event behind and not one for each time.
 */
export function healthToTell(parts: {
  /** What the cluster was told last; a node that nobody was told of is healthy. */
  told: HealthState;
  health: HealthState;
  /** An event about this component's health is in the queue. */
  waits: boolean;
  /** It is neither driven nor observed any more, or gone: nothing that was told of it holds any longer, and no monitor will say so. */
  left?: boolean;
}): HealthEvent | undefined {
  const told = parts.told === 'unknown' ? 'healthy' : parts.told;
  const health = parts.left ? 'healthy' : parts.health;
  if (parts.waits || health === 'unknown' || health === told) return undefined;
  return health === 'unhealthy' ? 'node_unhealthy' : 'node_healthy';
}
