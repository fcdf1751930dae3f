import {
  BARRIER_STATES,
  DECISIONS,
  LONGEST_REPORT_ID,
  OUTCOMES,
  PHASE_NODE_STATES,
  type RunPlan,
  STEP_KINDS,
} from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const fault = z.object({ code: z.string(), path: z.string(), reason: z.string().optional(), sentence: z.string() });

export const stepView = z.object({
  id: z.string(),
  scope: z.string(),
  node: z.string(),
  event: z.string(),
  kind: z.enum(STEP_KINDS),
  key: z.string(),
  attempt: z.number().int(),
  command: z.string().optional(),
  customEvent: z.string().optional(),
  /** `lost`: with its node, neither success nor failure. */
  state: z.enum(['running', 'finished', 'interrupted', 'lost']),
  /** Its node was no member of the cluster any more, and so it was ended. */
  expelled: z.boolean().optional(),
  /** It had been lost with its node; what came of it was told later, and decides nothing. */
  late: z.boolean().optional(),
  /** FALLOVER_TOKEN of its command, the store's revision of its claim; missing on one node. */
  token: z.number().int().optional(),
  startedAt: z.string(),
  /** Of a step that is lost: when its node was. */
  endedAt: z.string().optional(),
  durationMs: z.number().optional(),
  status: z.number().int().optional(),
  /** The status that means success where that is not 0; `X`: any does. */
  expectedStatus: z.union([z.number().int(), z.literal('X')]).optional(),
  signal: z.string().optional(),
  fault: fault.optional(),
  outputBytes: z.number().optional(),
  outputLostFrom: z.number().optional(),
  argv: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  sha256: z.string().optional(),
});
export type StepView = z.infer<typeof stepView>;

export const runSummary = z.object({
  id: z.string(),
  event: z.string(),
  args: z.array(z.string()),
  eventClass: z.string(),
  /** The one node that runs it, of a cluster that has others; missing where more than one does. */
  node: z.string().optional(),
  /** `id` is that of a report, whose source is the name; `by` the person who has stopped a node's cluster services. */
  origin: z.object({
    kind: z.enum(['person', 'cluster_manager', 'report']),
    name: z.string(),
    id: z.string().optional(),
    by: z.string().optional(),
  }),
  parent: z.string().optional(),
  drill: z.boolean(),
  revision: z.number().int(),
  state: z.enum(['queued', 'running', 'awaiting_decision', 'ended', 'cancelled']),
  outcome: z.enum(OUTCOMES).optional(),
  /** STATUS of the event; the one that `fallover run` exits with. */
  status: z.number().int().optional(),
  acceptedAt: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** Of the event's processing, once it has ended: from its first step to the end of its last. */
  durationMs: z.number().optional(),
  warnings: z.number().int(),
  /** Nodes that were lost meanwhile: what their steps did is not known. */
  without: z.array(z.string()).optional(),
  /** It was taken out of the queue because a later event says more: by which run, and why. */
  rolledUp: z.object({ by: z.string(), event: z.string(), args: z.array(z.string()), sentence: z.string() }).optional(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** A step that is still to run, or was skipped. */
const plannedStep = z.object({
  node: z.string(),
  event: z.string(),
  key: z.string(),
  command: z.string().optional(),
  customEvent: z.string().optional(),
});

/** The commands between two barriers. The lanes are the same nodes, in the same order, in each phase of a run. */
const phaseView = z.object({
  index: z.number().int(),
  commands: z.array(
    z.object({
      event: z.string(),
      /** A full pathname that the program of the event names; missing: the event itself is run. */
      path: z.string().optional(),
      args: z.array(z.string()),
      nodes: z.array(z.string()),
    }),
  ),
  lanes: z.array(z.object({ node: z.string(), state: z.enum(PHASE_NODE_STATES), scopes: z.array(z.string()) })),
  /** The barrier behind it; behind the last phase that is the end of the run. */
  barrier: z.enum(BARRIER_STATES),
});
export type PhaseView = z.infer<typeof phaseView>;

export const runView = runSummary.extend({
  phases: z.array(phaseView),
  /** Who takes part; they only become fewer. */
  participants: z.array(z.object({ node: z.string(), membership: z.number().int() })),
  /** Participants that have left the cluster meanwhile. */
  lost: z.array(z.object({ node: z.string(), at: z.string() })),
  /** Whom the present barrier waits for, and for which step; `since` it was started. */
  waitingFor: z.array(
    z.object({
      node: z.string(),
      key: z.string(),
      event: z.string(),
      customEvent: z.string().optional(),
      step: z.string().optional(),
      since: z.string().optional(),
    }),
  ),
  steps: z.array(stepView),
  toRun: z.array(plannedStep),
  skipped: z.array(plannedStep),
  warnedAt: z.array(z.object({ scope: z.string(), seconds: z.number(), at: z.string() })),
  timeUntilWarning: z.number().optional(),
  decisions: z.array(z.object({ as: z.enum(DECISIONS), by: z.string(), at: z.string() })),
  children: z.array(z.object({ run: z.string(), event: z.string() })),
  failure: z.object({ step: z.string().optional(), node: z.string(), sentence: z.string() }).optional(),
  membership: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
});
export type RunView = z.infer<typeof runView>;

const run = z.object({ run: z.string() });

export const runEvent = {
  method: 'POST',
  path: '/api/v1/runs',
  permission: 'operator',
  audit: 'run',
  summary: 'Queue an event; answered once that is durable',
  body: z.strictObject({
    event: z.string().max(64),
    args: z.array(z.string().max(1024)).max(64),
    node: z.string().optional(),
    drill: z.boolean().default(false),
    /** The hash that `emulate` gave with the plan that was shown; one that differs by now is refused as plan_changed. */
    plan: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  reply: z.object({
    run: z.string(),
    warnings: z.array(z.object({ code: z.string(), field: z.string().optional(), sentence: z.string() })),
  }),
  status: 201,
} as const satisfies Endpoint;

/** From other software; asked again with the same source and id within a day, it is answered by what it was the first time. */
export const reportEvent = {
  method: 'POST',
  path: '/api/v1/reports',
  permission: 'operator',
  audit: 'run',
  summary: 'Queue an event that other software has seen; once for each source and id',
  body: z.strictObject({
    event: z.string().max(64),
    args: z.array(z.string().max(1024)).max(64),
    source: z.string().max(64),
    id: z.string().max(LONGEST_REPORT_ID),
  }),
  reply: z.object({
    run: z.string(),
    /** When it was reported the first time; missing the first time. */
    reportedBefore: z.string().optional(),
    warnings: z.array(z.object({ code: z.string(), field: z.string().optional(), sentence: z.string() })),
  }),
  status: 201,
} as const satisfies Endpoint;

/** ISO 8601 with Z or an offset. */
const moment = z.iso.datetime({ offset: true });

export const listRuns = {
  method: 'GET',
  path: '/api/v1/runs',
  permission: 'monitor',
  audit: 'none',
  summary: 'Runs, newest first, queued ones included',
  query: z.object({
    before: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    event: z.string().optional(),
    outcome: z.enum(OUTCOMES).optional(),
    /** Accepted at or after, and before. */
    since: moment.optional(),
    until: moment.optional(),
    /** In the event's name or its arguments. */
    text: z.string().max(200).optional(),
  }),
  reply: z.object({ runs: z.array(runSummary), more: z.boolean() }),
} as const satisfies Endpoint;

export const getEventHistory = {
  method: 'GET',
  path: '/api/v1/events/{event}/history',
  permission: 'monitor',
  audit: 'none',
  summary: 'Past runs of an event, newest first, and how long they took beside its time until warning',
  parameters: z.object({ event: z.string() }),
  query: z.object({ before: z.string().optional(), limit: z.coerce.number().int().min(1).max(500).default(20) }),
  reply: z.object({
    runs: z.array(runSummary),
    more: z.boolean(),
    /** All runs of the event that are kept; those that have ended and so have a duration. */
    count: z.number().int(),
    ended: z.number().int(),
    medianSeconds: z.number().optional(),
    longestSeconds: z.number().optional(),
    /** That holds on this node now; 0: the event is never warned about. */
    timeUntilWarning: z.number(),
  }),
} as const satisfies Endpoint;

export const getRun = {
  method: 'GET',
  path: '/api/v1/runs/{run}',
  permission: 'monitor',
  audit: 'none',
  summary: 'One run with its steps',
  parameters: run,
  reply: runView,
} as const satisfies Endpoint;

/**
 * Server-sent events: `run` (a runView, whenever it changes), `output` ({step, from, text, more}), and `unanswered` ({nodes}: the
 * nodes whose output is missing now, all of them whenever that changes); resumable.
 */
export const watchRun = {
  method: 'GET',
  path: '/api/v1/runs/{run}/stream',
  permission: 'monitor',
  audit: 'none',
  media: 'text/event-stream',
  summary: 'The run as it goes on',
  parameters: run,
  reply: z.unknown(),
} as const satisfies Endpoint;

export const getStepOutput = {
  method: 'GET',
  path: '/api/v1/runs/{run}/output',
  permission: 'monitor',
  audit: 'none',
  media: 'application/octet-stream',
  summary: "A range of a step's output, as the bytes that the command wrote; the header Fallover-Output-Size has the size so far",
  parameters: run,
  query: z.object({
    step: z.string(),
    from: z.coerce.number().int().min(0).default(0),
    length: z.coerce.number().int().min(1).max(1_048_576).default(65_536),
  }),
  reply: z.unknown(),
} as const satisfies Endpoint;

export const abortRun = {
  method: 'POST',
  path: '/api/v1/runs/{run}/abort',
  permission: 'operator',
  audit: 'run',
  summary: 'End the steps that run, or one of them; the event then fails as aborted',
  parameters: run,
  body: z.strictObject({ step: z.string().optional() }),
  reply: z.object({ aborted: z.array(z.string()) }),
} as const satisfies Endpoint;

/** Recover from script failure. */
export const recover = {
  method: 'POST',
  path: '/api/v1/recover',
  permission: 'operator',
  audit: 'run',
  summary: 'Recover from script failure: say what the failed or interrupted step counts as',
  body: z.strictObject({
    run: z.string().optional(),
    as: z.enum(DECISIONS).default('skip'),
    cancelQueue: z.boolean().default(false),
  }),
  reply: z.object({ run: z.string(), skipped: z.array(plannedStep), cancelled: z.array(z.string()) }),
} as const satisfies Endpoint;

/** On the node of the step, through whichever node it is asked. */
export const listProcesses = {
  method: 'GET',
  path: '/api/v1/runs/{run}/processes',
  permission: 'monitor',
  audit: 'none',
  summary: 'The processes that an interrupted step left running',
  parameters: run,
  query: z.object({ step: z.string().max(4096) }),
  reply: z.object({ processes: z.array(z.object({ pid: z.number().int(), command: z.string() })) }),
} as const satisfies Endpoint;

/** Ends processes that an interrupted step left running, on the node of the step. */
export const endProcesses = {
  method: 'POST',
  path: '/api/v1/runs/{run}/end-processes',
  permission: 'operator',
  audit: 'run',
  summary: 'End the processes that an interrupted step left running',
  parameters: run,
  body: z.strictObject({ step: z.string() }),
  reply: z.object({ ended: z.array(z.number().int()) }),
} as const satisfies Endpoint;

/** From a script of a step that runs; answered with the sub-event's STATUS when it has ended. */
export const callEvent = {
  method: 'POST',
  path: '/api/v1/call-event',
  permission: 'step',
  audit: 'none',
  summary: 'Call a sub-event from the script of a step that runs',
  body: z.strictObject({ step: z.string(), event: z.string(), args: z.array(z.string().max(1024)).max(64) }),
  reply: z.object({ status: z.number().int() }),
} as const satisfies Endpoint;

export type PlanOfRun = RunPlan;
