/** Which files of a component's directory are its event scripts: as the reference text has it, or as current CTDB does it. */
export const COMPONENT_PROFILES = ['readme', 'ctdb'] as const;
export type ComponentProfile = (typeof COMPONENT_PROFILES)[number];

/** Who originates its events: a person only; Fallover, through the life of the node; or a `ctdbd` that Fallover looks at. */
export const COMPONENT_MODES = ['manual', 'driven', 'observed'] as const;
export type ComponentMode = (typeof COMPONENT_MODES)[number];

/** The events of CTDB and how many arguments each has; the first ones stand in the reference text, in its order. */
export const SCRIPT_EVENTS = {
  startup: 0,
  shutdown: 0,
  monitor: 0,
  takeip: 3,
  releaseip: 3,
  startrecovery: 0,
  recovered: 0,
  stopped: 0,
  init: 0,
  setup: 0,
  updateip: 4,
  startipreallocate: 0,
  ipreallocated: 0,
} as const satisfies Record<string, number>;
export type ScriptEvent = keyof typeof SCRIPT_EVENTS;
export const SCRIPT_EVENT_NAMES = Object.keys(SCRIPT_EVENTS) as ScriptEvent[];

/** What `ctdb event status` says of one script. */
export const SCRIPT_STATUSES = ['OK', 'ERROR', 'TIMEDOUT', 'DISABLED', 'CANNOT RUN'] as const;
export type ScriptStatus = (typeof SCRIPT_STATUSES)[number];

/** How an event of a component ended. Interrupted: the daemon and the launcher went away, and nobody knows how it would have ended. */
export const EVENT_OUTCOMES = ['ok', 'failed', 'timed_out', 'cancelled', 'no_directory', 'interrupted'] as const;
export type EventOutcomeKind = (typeof EVENT_OUTCOMES)[number];

export const COMPONENT_RUN_STATES = ['waiting', 'running', 'ended'] as const;
export type ComponentRunState = (typeof COMPONENT_RUN_STATES)[number];

/** Unknown until monitor has run; only a driven or observed component has another one. */
export const HEALTH_STATES = ['unknown', 'healthy', 'unhealthy'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** What is shown of a component: of a manual one nobody keeps the health up to date, and so it has none. */
export const SHOWN_HEALTH_STATES = [...HEALTH_STATES, 'not_monitored'] as const;
export type ShownHealthState = (typeof SHOWN_HEALTH_STATES)[number];
