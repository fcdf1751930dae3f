import { FORESEEN_SEVERITIES, NOTIFICATION_MOMENTS, STEP_KINDS } from '@fallover/events';
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const plannedCommand = z.object({
  phase: z.number().int(),
  node: z.string(),
  event: z.string(),
  kind: z.enum(STEP_KINDS),
  key: z.string(),
  /** The whole argv; `STATUS` stands where the status will. */
  argv: z.array(z.string()),
  builtIn: z.boolean(),
  customEvent: z.string().optional(),
  /** It runs only after the event command failed, so many times at most. */
  atMost: z.number().int().optional(),
  /** The node has a value of its own for it. */
  own: z.boolean().optional(),
  /**
   * All of it, as the command will find it; missing of a built-in command. What is known only once it runs stands there as a
   * word: STATUS, TOKEN, RUN as the run's id, STATE as the state directory of another node.
   */
  environment: z.record(z.string(), z.string()).optional(),
});
export type PlannedCommand = z.infer<typeof plannedCommand>;

/** The commands between two barriers, as in `runView`; every phase has the same lanes in the same order. */
const emulatedPhase = z.object({
  index: z.number().int(),
  commands: z.array(
    z.object({
      event: z.string(),
      /** A full pathname that the program of the event names; missing: the event itself is run. */
      path: z.string().optional(),
      args: z.array(z.string()),
      nodes: z.array(z.string()),
      expectedStatus: z.union([z.number().int(), z.literal('X')]),
    }),
  ),
  lanes: z.array(
    z.object({
      node: z.string(),
      /** What decides about the event on this node; none: it stands at the barrier at once. */
      pipelines: z.array(
        z.object({
          event: z.string(),
          /** Seconds; missing where nobody is warned. */
          timeUntilWarning: z.number().optional(),
          failOnPrePost: z.boolean(),
          recoveryCounter: z.number().int(),
        }),
      ),
    }),
  ),
  /** The barrier behind it waits for these; behind the last phase that is the end of the run. */
  waitsFor: z.array(z.string()),
});
export type EmulatedPhase = z.infer<typeof emulatedPhase>;

/** What is to be known beside the plan. */
const foreseen = z.object({ code: z.string(), severity: z.enum(FORESEEN_SEVERITIES), sentence: z.string() });
export type Foreseen = z.infer<typeof foreseen>;

export const emulation = z.object({
  /** Missing where no event follows. */
  event: z.string().optional(),
  args: z.array(z.string()),
  /** Who would take part. */
  participants: z.array(z.string()),
  /** In order: what comes before the event is processed, or keeps it from being; and what comes after it. */
  before: z.array(foreseen),
  after: z.array(foreseen),
  phases: z.array(emulatedPhase),
  /** Every command, phase by phase, node by node, in the order of its pipeline. */
  steps: z.array(plannedCommand),
  /** Who would be told, by which method, at which moments; nothing is sent. */
  notifications: z.array(
    z.object({
      method: z.string(),
      /** The events among those that would be processed that it is used for. */
      events: z.array(z.string()),
      moments: z.array(z.enum(NOTIFICATION_MOMENTS)),
      recipients: z.array(z.string()),
      /** The nodes that would try to send it, in order. */
      senders: z.array(z.string()),
      /** Methods that are told afterwards, as long as nobody acknowledges. */
      escalatesTo: z.array(z.string()),
    }),
  ),
  /** SHA-256 of the plan, its revision and its steps; `runEvent` takes it as `plan` where a person runs the event. */
  hash: z.string(),
  /** It takes something away from those who use the cluster: why, and the name to be typed before it is run. */
  destructive: z.boolean(),
  destructiveReason: z.string().optional(),
  typeToConfirm: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), field: z.string().optional(), sentence: z.string() })),
});
export type Emulation = z.infer<typeof emulation>;

/** As if these nodes, and no others, were members of the cluster. */
const nodes = z.array(z.string().max(64)).min(1).max(32).optional();

export const emulate = {
  method: 'POST',
  path: '/api/v1/emulate',
  permission: 'monitor',
  audit: 'none',
  summary: 'Who would run what, with which arguments, in which order, past which barriers; nothing is run',
  body: z.strictObject({
    event: z.string(),
    args: z.array(z.string()).max(64),
    draft: z.boolean().default(false),
    /** `person`: as `runEvent` does it. `cluster_manager`: as it is processed when it happens, by its recovery program. */
    origin: z.enum(['person', 'cluster_manager']).default('person'),
    /** Where a person runs it: on this node alone. */
    node: z.string().max(64).optional(),
    nodes,
  }),
  reply: emulation,
} as const satisfies Endpoint;

/** What if a node dies now? */
export const emulateNodeDeath = {
  method: 'POST',
  path: '/api/v1/nodes/{node}/emulate-death',
  permission: 'monitor',
  audit: 'none',
  summary: 'What would follow if a node died now: coordinator, fencing, queue, and its node_down on the others; nothing is run',
  parameters: z.object({ node: z.string() }),
  body: z.strictObject({ draft: z.boolean().default(false), nodes }),
  reply: emulation,
} as const satisfies Endpoint;
