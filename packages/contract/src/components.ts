import {
  COMPONENT_MODES,
  COMPONENT_PROFILES,
  COMPONENT_RUN_STATES,
  EVENT_OUTCOMES,
  NAME,
  SCRIPT_STATUSES,
  SHOWN_HEALTH_STATES,
} from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/** A component is a directory of numbered event scripts on one node; all of this is about the node that answers. */
const component = z.object({ component: z.string().regex(NAME) });
const ofScript = component.extend({ script: z.string().min(1).max(255) });

/** How one script ended the last time that an event ran it. */
export const scriptResult = z.object({
  /** Its name as `ctdb event` shows it: without `.script`. */
  script: z.string(),
  /** Missing while it runs. */
  status: z.enum(SCRIPT_STATUSES).optional(),
  /** What it exited with; missing where it was not started, was ended by a signal or timed out. */
  exitStatus: z.number().int().optional(),
  signal: z.string().optional(),
  /** Of CANNOT RUN: the number that CTDB knows it by. */
  errno: z.number().int().optional(),
  /** Why it could not be run, or what else has to be said. */
  reason: z.string().optional(),
  startedAt: z.iso.datetime().optional(),
  durationMs: z.number().optional(),
  /** stdout and stderr in order, its end where there is more. */
  output: z.string().optional(),
  /** Bytes at the beginning that are not in `output`. */
  outputCut: z.number().int().optional(),
  /** What the debug script said when it timed out. */
  debugOutput: z.string().optional(),
});
export type ScriptResultView = z.infer<typeof scriptResult>;

export const componentRun = z.object({
  id: z.string(),
  component: z.string(),
  event: z.string(),
  args: z.array(z.string()),
  /** `ctdbd`: it was seen, not run. */
  origin: z.object({ kind: z.enum(['person', 'cluster_manager', 'ctdbd']), name: z.string() }),
  state: z.enum(COMPONENT_RUN_STATES),
  /** Only of one that has ended. */
  outcome: z.enum(EVENT_OUTCOMES).optional(),
  /** The exit status of `ctdb event run`: 0, 8 failed, 110 timed out, 125 cancelled, 2 no directory. */
  result: z.number().int().optional(),
  /** What came of it, in words; what to do where something is to be done. */
  sentence: z.string(),
  acceptedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** From the request to the end. */
  durationMs: z.number().optional(),
  /** For all scripts together, counted from the request; missing: none. */
  timeoutSeconds: z.number().optional(),
  /** Those that were reached, in order; of one that runs the last may be running. */
  scripts: z.array(scriptResult),
  /** While it runs: those that are still to come. */
  toRun: z.array(z.string()),
});
export type ComponentRunView = z.infer<typeof componentRun>;

export const componentScript = z.object({
  name: z.string(),
  file: z.string(),
  /** The owner-execute bit. */
  enabled: z.boolean(),
  /** Where it leads to, of a link. */
  link: z.string().optional(),
  /** Installed below the base's share/events/COMPONENT and enabled by a link from there. */
  installed: z.boolean(),
  /** Why it would not be run although it is enabled: it is not trusted, its interpreter is missing, it is empty. */
  fault: z.string().optional(),
  /** How it ended the last time, by event. */
  last: z.record(z.string(), scriptResult),
});
export type ComponentScriptView = z.infer<typeof componentScript>;

/** Installed, and not in the directory of the component: enabling makes the link. */
const installedScript = z.object({ name: z.string(), path: z.string() });

export const componentHealth = z.object({
  /** `not_monitored` of a manual one: nobody keeps a health of it up to date. */
  state: z.enum(SHOWN_HEALTH_STATES),
  since: z.iso.datetime().optional(),
  sentence: z.string(),
});

export const componentView = z.object({
  name: z.string(),
  node: z.string(),
  directory: z.string(),
  /** Found below the base that the daemon was started with, or declared on this node by `fallover add component`. */
  source: z.enum(['base', 'declared']),
  profile: z.enum(COMPONENT_PROFILES),
  mode: z.enum(COMPONENT_MODES),
  /** CTDB_BASE in the environment of its scripts. */
  base: z.string().optional(),
  /** Run when an event timed out, with the pid of the script and the event. */
  debugScript: z.string().optional(),
  /** Why no event can be run at all: the directory is missing, or two scripts have the same number. */
  fault: z.string().optional(),
  /** In the order in which they run. */
  scripts: z.array(componentScript),
  installed: z.array(installedScript),
  /** Events that have run, with how they ended the last time. */
  events: z.array(componentRun.omit({ scripts: true, toRun: true })),
  running: componentRun.optional(),
  waiting: z.array(componentRun),
  health: componentHealth,
});
export type ComponentView = z.infer<typeof componentView>;

export const listComponents = {
  method: 'GET',
  path: '/api/v1/components',
  permission: 'monitor',
  audit: 'none',
  summary:
    'The components of this node: directories of CTDB event scripts, with what runs and how it ended the last time, without output',
  reply: z.object({
    node: z.string(),
    /** `--ctdb-base`; missing when there is none. */
    base: z.string().optional(),
    components: z.array(componentView),
    at: z.iso.datetime(),
  }),
} as const satisfies Endpoint;

export const getComponent = {
  method: 'GET',
  path: '/api/v1/components/{component}',
  permission: 'monitor',
  audit: 'none',
  summary: 'One component: its scripts in order, what runs, what waits',
  parameters: component,
  reply: componentView,
} as const satisfies Endpoint;

const fullPathname = z.string().min(1).max(1024);
const profile = z.enum(COMPONENT_PROFILES);
const mode = z.enum(COMPONENT_MODES);

export const addComponent = {
  method: 'POST',
  path: '/api/v1/components/{component}',
  permission: 'admin',
  audit: 'change',
  status: 201,
  summary: 'Declare a directory on this node as a component',
  parameters: component,
  body: z.strictObject({
    directory: fullPathname,
    profile: profile.default('ctdb'),
    mode: mode.default('manual'),
    debugScript: fullPathname.optional(),
  }),
  reply: componentView,
} as const satisfies Endpoint;

/** Also of one that was found below the base; its directory stays. What is missing stays as it is; an empty debug script is none. */
export const changeComponent = {
  method: 'PUT',
  path: '/api/v1/components/{component}',
  permission: 'admin',
  audit: 'change',
  summary:
    'Change the directory, the profile or the mode of a component; a driven one is set to manual first, and its shutdown over',
  parameters: component,
  body: z.strictObject({
    directory: fullPathname.optional(),
    profile: profile.optional(),
    mode: mode.optional(),
    debugScript: z.string().max(1024).optional(),
  }),
  reply: componentView,
} as const satisfies Endpoint;

/** Its files stay where they are. One below the base is as it was found again. */
export const deleteComponent = {
  method: 'DELETE',
  path: '/api/v1/components/{component}',
  permission: 'admin',
  audit: 'change',
  summary: 'Take back what was declared of a component; a driven one is set to manual first, and its shutdown over',
  parameters: component,
  reply: z.object({ component: z.string(), sentence: z.string() }),
} as const satisfies Endpoint;

export const getComponentScript = {
  method: 'GET',
  path: '/api/v1/components/{component}/scripts/{script}',
  permission: 'operator',
  audit: 'none',
  summary: 'The text of an event script, as it is on the disk of this node now',
  parameters: ofScript,
  reply: z.object({
    name: z.string(),
    path: z.string(),
    /** Where the path leads to in the end, if that is somewhere else. */
    realPath: z.string().optional(),
    text: z.string(),
    bytes: z.number().int(),
    /** Only the first bytes are in `text`. */
    cut: z.boolean(),
    sha256: z.string(),
    mode: z.string(),
    owner: z.number().int(),
    changedAt: z.iso.datetime(),
  }),
} as const satisfies Endpoint;

const enabled = z.object({
  component: z.string(),
  script: z.string(),
  enabled: z.boolean(),
  /** False: it was so already. */
  changed: z.boolean(),
  /** What was done: the link that was made or removed, or the mode. */
  sentence: z.string(),
});

export const enableComponentScript = {
  method: 'POST',
  path: '/api/v1/components/{component}/scripts/{script}/enable',
  permission: 'admin',
  audit: 'change',
  summary: 'Enable an event script: a link to the installed one, or its execute bits',
  parameters: ofScript,
  reply: enabled,
} as const satisfies Endpoint;

export const disableComponentScript = {
  method: 'POST',
  path: '/api/v1/components/{component}/scripts/{script}/disable',
  permission: 'admin',
  audit: 'change',
  summary: 'Disable an event script: its link goes, or its execute bits',
  parameters: ofScript,
  reply: enabled,
} as const satisfies Endpoint;

/** A day. With 0 seconds an event is over before it has begun, as with CTDB. */
const LONGEST_TIMEOUT = 86_400;

/**
 * Accepted at once, or, with `wait`, answered when the event has ended: a caller that goes away meanwhile ends its script,
 * and the event is cancelled.
 */
export const runComponentEvent = {
  method: 'POST',
  path: '/api/v1/components/{component}/runs',
  permission: 'operator',
  audit: 'run',
  status: 201,
  endsWithCaller: true,
  summary: 'Run an event in a component: one script after another',
  parameters: component,
  body: z.strictObject({
    event: z.string().min(1).max(64),
    args: z.array(z.string().max(1024)).max(64).default([]),
    /** For all scripts, from now on; EventScriptTimeout (30 s) unless said. */
    timeoutSeconds: z.number().int().min(0).max(LONGEST_TIMEOUT).optional(),
    wait: z.boolean().default(false),
  }),
  reply: componentRun,
} as const satisfies Endpoint;

export const cancelComponentRun = {
  method: 'POST',
  path: '/api/v1/components/{component}/runs/{run}/cancel',
  permission: 'operator',
  audit: 'run',
  summary: 'End an event that runs in a component, or take it out of those that wait',
  parameters: component.extend({ run: z.string() }),
  reply: componentRun,
} as const satisfies Endpoint;

export const listComponentRuns = {
  method: 'GET',
  path: '/api/v1/components/{component}/runs',
  permission: 'monitor',
  audit: 'none',
  summary: 'Events that ran in a component, newest first, with each script',
  parameters: component,
  query: z.object({
    event: z.string().max(64).optional(),
    before: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ runs: z.array(componentRun), more: z.boolean() }),
} as const satisfies Endpoint;

export const getComponentRun = {
  method: 'GET',
  path: '/api/v1/components/{component}/runs/{run}',
  permission: 'monitor',
  audit: 'none',
  summary: 'One event of a component, script by script, with output',
  parameters: component.extend({ run: z.string() }),
  reply: componentRun,
} as const satisfies Endpoint;

/** What `ctdb event status COMPONENT EVENT` shows. A cancelled event leaves the status of the one before it. */
export const getComponentStatus = {
  method: 'GET',
  path: '/api/v1/components/{component}/status/{event}',
  permission: 'monitor',
  audit: 'none',
  summary: 'How each script ended the last time that an event ran in a component',
  parameters: component.extend({ event: z.string().min(1).max(64) }),
  reply: z.object({
    component: z.string(),
    event: z.string(),
    /** The exit status of `ctdb event status`: that of the script that failed, or its errno. */
    result: z.number().int(),
    scripts: z.array(scriptResult),
  }),
} as const satisfies Endpoint;

/** For the strip: oldest first. */
export const getComponentHealth = {
  method: 'GET',
  path: '/api/v1/components/{component}/health',
  permission: 'monitor',
  audit: 'none',
  summary: 'The health of a component and the monitor events behind it',
  parameters: component,
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  reply: z.object({
    health: componentHealth,
    monitor: z.array(
      z.object({
        run: z.string(),
        at: z.iso.datetime(),
        outcome: z.enum(EVENT_OUTCOMES),
        durationMs: z.number(),
        /** The one that failed. */
        script: z.string().optional(),
      }),
    ),
  }),
} as const satisfies Endpoint;

/** Errors keep an event from running; warnings are worth knowing; a note says why a file is not a script. */
export const COMPONENT_FINDING_LEVELS = ['error', 'warning', 'note'] as const;

export const verifyComponent = {
  method: 'GET',
  path: '/api/v1/components/{component}/verification',
  permission: 'monitor',
  audit: 'none',
  summary:
    'What is in the directory of a component: duplicates, owners and modes, ignored files and why, differences between nodes',
  parameters: component,
  reply: z.object({
    component: z.string(),
    directory: z.string(),
    findings: z.array(
      z.object({
        level: z.enum(COMPONENT_FINDING_LEVELS),
        code: z.string(),
        file: z.string().optional(),
        node: z.string(),
        sentence: z.string(),
      }),
    ),
    /** Other nodes that were compared with this one, and those that did not answer. */
    compared: z.array(z.string()),
    unanswered: z.array(z.object({ node: z.string(), sentence: z.string() })),
    at: z.iso.datetime(),
  }),
} as const satisfies Endpoint;
