import type { EventClass } from '../catalogue/types.ts';

/**
 * A run is program → phases → (node, command) → pipeline → steps, on one node too.
 *
 * A step's id is its path: `RUN/PHASE/NODE/STEP/ATTEMPT`, such as `0199…/1/nodea/pre_event.2/1`. A sub-event hangs below the
 * step that called it, by the number of the call and its name: `…/event/1/2.start_server/event/1`. The part before
 * `STEP/ATTEMPT` is the *scope* of a pipeline.
 */
export const STEP_KINDS = [
  'notify_start',
  'pre_event',
  'event',
  /** A full pathname that a recovery program names. */
  'command',
  'recovery',
  'post_event',
  'notify_complete',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface PipelineStep {
  kind: StepKind;
  /** The path's component: the kind, with a number from 1 for pre- and post-events and for a command of a program. */
  key: string;
  /** The full pathname; missing when the event's built-in command runs, or when the custom event is not defined. */
  command?: string;
  /** The name of the custom event, for a pre- or post-event. */
  customEvent?: string;
}

export type ExpectedStatus = number | 'X';

/** One event on one node: what will run, in order (DOMAIN.md section 1). */
export interface PlannedPipeline {
  scope: string;
  node: string;
  event: string;
  args: string[];
  expectedStatus: ExpectedStatus;
  /** Without recovery, which is only run when the event command has failed. */
  steps: PipelineStep[];
  recovery?: PipelineStep;
  recoveryCounter: number;
  failOnPrePost: boolean;
  /** Seconds; missing for sub-events, event_error and config_too_long, which are not warned about. */
  timeUntilWarning?: number;
}

export type PlannedPhase = PlannedPipeline[];

/** Who or what asked for an event. */
export interface Origin {
  kind: 'person' | 'cluster_manager' | 'report';
  /** The person's name, the run that caused it, or the software that reported it. */
  name: string;
  /** The person whose wish the cluster manager does: who stopped the cluster services of a node. */
  by?: string;
}

export interface RunPlan {
  id: string;
  event: string;
  args: string[];
  eventClass: EventClass;
  origin: Origin;
  /** `event_error` and `config_too_long` are children: they run beside the queue and never lead to RP_FAILED. */
  parent?: string;
  drill: boolean;
  /** The active revision that the run keeps until it ends; 0 and the empty document's hash before the first synchronise. */
  revision: { number: number; hash: string };
  cluster: string;
  /** ISO 8601, UTC. */
  acceptedAt: string;
  membership: { before: string[]; after: string[] };
  /**
   * Who takes part, fixed when the run starts; they only become fewer. `membership` is the number of the node's membership: a
   * node that left and came back is not the one that takes part. Missing in the journals of one node.
   */
  participants?: Participant[];
  /** Only in event_error: the node whose step failed. */
  failedNode?: string;
  program: PlannedPhase[];
}

export interface Participant {
  node: string;
  membership: number;
}

/** Why a command could not be started; its exit status is then 126, or 127 when there is nothing to start. */
export const START_FAULTS = [
  'command_not_found', // 127
  'custom_event_not_defined', // 127
  'not_a_regular_file',
  'not_executable',
  'no_interpreter',
  'owner_not_trusted',
  'writable_by_others',
  'directory_not_trusted',
  'not_in_active_configuration',
  'script_library_off',
  'script_not_in_revision',
  'script_not_laid_down',
  'script_differs',
  'log_not_writable',
  'not_a_member',
  'cannot_start',
] as const;
export type StartFaultCode = (typeof START_FAULTS)[number];
export interface StartFault {
  code: StartFaultCode;
  /** The command, or the directory above it that is not trusted. */
  path: string;
  /** The system's own word, such as ENOEXEC. */
  reason?: string;
}

/** How a step ended. One that failed has the same shape as one that did not. */
export interface StepResult {
  /** Exit status; 128+n for signal n; 127 not found; 126 not startable or not trusted. */
  status: number;
  signal?: string;
  fault?: StartFault;
  /** A step of a slow event that got KILL because its node was no member of the cluster any more. */
  expelled?: true;
  /** By a clock that does not jump. */
  durationMs: number;
  /** Bytes in the step's log when it ended. */
  outputBytes: number;
  /** The log could not be written whole (a full disk): from here on output was lost. */
  outputLostFrom?: number;
}

/** What exactly was started. */
export interface StartedCommand {
  argv: string[];
  environment: Record<string, string>;
  pid?: number;
  /** SHA-256 of the file that was started, hex. */
  sha256?: string;
}

export const DECISIONS = ['skip', 'succeeded', 'again'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What a node's journal keeps of a run, in order. Replaying the records gives the same run. `at` is ISO 8601, UTC. */
export type RunRecord =
  | { kind: 'planned'; at: string; plan: RunPlan; clock: ClockReading }
  /** The claim, durable before the command is started. */
  | { kind: 'started'; at: string; step: string; clock: ClockReading }
  /** What was started, once it is known; carries no decision. */
  | { kind: 'command'; at: string; step: string; command: StartedCommand }
  | { kind: 'finished'; at: string; step: string; result: StepResult }
  | { kind: 'interrupted'; at: string; step: string; reason: InterruptionReason }
  | { kind: 'sub_event'; at: string; pipeline: PlannedPipeline; caller: string }
  | { kind: 'abort'; at: string; by: string; step?: string }
  | { kind: 'decided'; at: string; by: string; as: Decision; cancelQueue: boolean; number: number }
  | { kind: 'warned'; at: string; scope: string; seconds: number; child?: string; clock: ClockReading }
  /** event_error was raised by this run; `counted`: an earlier one still runs, the failure after so many decisions starts no other. */
  | { kind: 'child'; at: string; run: string; event: string; counted?: number }
  /** A participant has left the cluster: what it did not finish is neither success nor failure, and nobody waits for it. */
  | { kind: 'lost'; at: string; node: string };

export const INTERRUPTION_REASONS = ['cluster_manager_died', 'launcher_died', 'node_restarted'] as const;
export type InterruptionReason = (typeof INTERRUPTION_REASONS)[number];

/** A clock that does not jump, with the boot it counts from. */
export interface ClockReading {
  bootId: string;
  ms: number;
}

export interface PipelineState {
  planned: PlannedPipeline;
  /** The steps still to run, in order. */
  left: PipelineStep[];
  /** Steps that will not run because an earlier one failed or was aborted. */
  dropped: PipelineStep[];
  running?: { id: string; step: PipelineStep };
  /** STATUS, as DOMAIN.md section 1 defines it. */
  status: number;
  retriesLeft: number;
  attempts: Record<string, number>;
  /** A person asked to end the step that runs. */
  aborting: boolean;
  aborted: boolean;
  /** The step that runs was lost with the cluster manager or its launcher. */
  interrupted: boolean;
  /** Its node was lost: the pipeline is over, neither succeeded nor failed, and the step that ran is *lost with the node*. */
  lost?: true;
  /** The step that failed it, and the status before. */
  failedAt?: { step: PipelineStep; statusBefore: number };
  caller?: string;
}

export const OUTCOMES = ['succeeded', 'failed', 'aborted', 'interrupted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface RunState {
  plan: RunPlan;
  /** Index into the program. */
  phase: number;
  pipelines: Record<string, PipelineState>;
  /** `awaiting_decision`: failed or interrupted; the cluster manager is in RP_FAILED. */
  state: 'running' | 'awaiting_decision' | 'ended';
  /** Set once failed, and when ended. */
  outcome?: Outcome;
  decisions: { as: Decision; by: string; at: string }[];
  /** The to-do list after a skip. */
  skipped: SkippedStep[];
  warnings: { scope: string; seconds: number; at: string }[];
  children: { run: string; event: string }[];
  /** Participants that were lost meanwhile. */
  lost: { node: string; at: string }[];
  /** event_error was raised for the failure that waits for a decision. */
  errorRaised: boolean;
}

export interface SkippedStep {
  node: string;
  event: string;
  key: string;
  command?: string;
  customEvent?: string;
}
