import { CLUSTER_WIDE_EVENTS } from './cluster-wide.ts';
import { NETWORK_EVENTS } from './network.ts';
import { NETWORK_INTERFACE_EVENTS } from './network-interface.ts';
import { NODE_EVENTS } from './node.ts';
import { RESOURCE_GROUP_EVENTS } from './resource-group.ts';
import { RESOURCE_GROUP_ACTIONS } from './resource-group-actions.ts';
import { SITE_EVENTS } from './site.ts';
import { SUB_EVENTS } from './sub-events.ts';
import type { PredefinedEvent } from './types.ts';

/** Every event that the cluster manager knows of itself, class by class (DOMAIN.md section 5). */
export const PREDEFINED_EVENTS: readonly PredefinedEvent[] = [
  ...SITE_EVENTS,
  ...NODE_EVENTS,
  ...NETWORK_EVENTS,
  ...NETWORK_INTERFACE_EVENTS,
  ...CLUSTER_WIDE_EVENTS,
  ...RESOURCE_GROUP_EVENTS,
  ...SUB_EVENTS,
  ...RESOURCE_GROUP_ACTIONS,
];

const BY_NAME: ReadonlyMap<string, PredefinedEvent> = new Map(PREDEFINED_EVENTS.map((event) => [event.name, event]));

export const findEvent = (name: string): PredefinedEvent | undefined => BY_NAME.get(name);

/** Whether an event acquires or releases resource groups; a user-defined one does not. */
export const isSlow = (event: string): boolean => findEvent(event)?.slow ?? false;

/** Seconds that an event may take when it neither acquires nor releases resource groups. */
export const EVENT_ONLY_DURATION = 180;
/** Seconds that a slow event may take on top of it. */
export const RESOURCE_GROUP_PROCESSING_TIME = 180;

/** Seconds until the first config_too_long, for an event without a value of its own (DOMAIN.md section 2). */
export const defaultTimeUntilWarning = ({ slow }: Pick<PredefinedEvent, 'slow'>): number =>
  slow ? EVENT_ONLY_DURATION + RESOURCE_GROUP_PROCESSING_TIME : EVENT_ONLY_DURATION;
