import type { FenceEnd, StartedCommand, StartFault, StepKind, StepResult } from '@fallover/events';

/**
 * What the launcher is asked to start. It names a step and says what the step is; the command itself is not in it: the
 * launcher reads that from the active revision's document, so that nothing else can be started over this channel.
 */
export interface StartRequest {
  step: string;
  kind: StepKind;
  /** The event that the step belongs to; of a sub-event the sub-event. */
  event: string;
  args: string[];
  /** For a pre- or post-event; it must stand in the event's list. */
  customEvent?: string;
  /** STATUS so far; told to post-events and the final notify. */
  status: number;
  /** SHA-256 of the revision's document, hex. */
  revision: string;
  membership: { before: string[]; after: string[] };
  failedNode?: string;
  /** Where a resource group is concerned. */
  groupName?: string;
  drill: boolean;
  /** FALLOVER_TOKEN: of two claims in the cluster the later one has the higher number. Missing: nobody else acts in this node's place. */
  token?: string;
  /** The step belongs to a slow event: it may not outlast this node's membership. */
  slow?: boolean;
}

/** Until when a node may act as a member of the cluster. */
export interface NodeDeadline {
  /** Nanoseconds of CLOCK_BOOTTIME. */
  at: bigint;
  /** The id of the lease that it follows from. */
  lease: string;
}

/** As with a step, the command is not in it: the launcher reads it from the revision. */
export interface FenceRequest {
  /** SHA-256 of the revision's document, hex. */
  revision: string;
  /** Who is to be fenced. */
  node: string;
  /** Then the command gets KILL. */
  timeoutMs: number;
}

/** As with a step, neither a path nor an argv is in it: where the scripts of a component are the launcher reads from `components.json`. */
export interface ScriptRequest {
  /** `RUN.PLACE`. */
  id: string;
  component: string;
  /** Its file in the directory of the component. */
  file: string;
  event: string;
  args: string[];
  /** What is left until the deadline of the event; 0: it has passed. Missing: none. */
  timeoutMs?: number;
}

/** How an event script ended, or why it was not started. */
export interface ScriptProcessEnd {
  /** As a shell tells it. */
  status: number;
  signal?: string;
  fault?: StartFault;
  /** Its file was not there any more. */
  gone?: boolean;
  /** The deadline of the event came. */
  timedOut?: boolean;
  /** It got KILL because nobody wanted it any more. */
  ended?: boolean;
  /** Milliseconds since 1970. */
  startedAt: number;
  durationMs: number;
  /** The end of its output. */
  output: string;
  /** Bytes before that. */
  outputCut?: number;
  /** What the debug script said when it timed out. */
  debugOutput?: string;
}

/** Event scripts of components: beside the steps of runs, and with nothing to do with them. */
export interface ScriptExecutor {
  /** `lost` when the launcher died meanwhile. */
  script(request: ScriptRequest): Promise<ScriptProcessEnd | 'lost'>;
  /** KILL to its process group; how it ended then comes as usual. */
  endScript(id: string): void;
  /** How it ended is recorded; the launcher may forget it. */
  acknowledgeScript(id: string): void;
}

/** What the daemon sees of the process that starts commands. One small interface, so that another launcher can stand behind it. */
export interface Executor extends ScriptExecutor {
  /** Starts the command of a step that is claimed in the journal. The result has to be acknowledged once it is durable. */
  start(request: StartRequest, events: StartEvents): void;
  /** TERM to the command's process group, KILL after the grace; the result then comes as usual. False if no such step runs here. */
  abort(step: string, graceMs: number): boolean;
  /**
   * Until when this node may act; undefined: as long as it likes. From a second before on the launcher starts nothing and
   * ends the steps of slow events, whatever has become of its daemon. One that is in the past already forbids everything.
   */
  deadline(deadline: NodeDeadline | undefined): void;
  /** Runs the cluster's fence command; `lost` when the launcher died meanwhile. */
  fence(request: FenceRequest): Promise<FenceEnd | 'lost'>;
  /** The result of the step is durable; the launcher may forget it. */
  acknowledge(step: string): void;
  /** Ends the channel: what runs is finished by the launcher, which then ends by itself. */
  close(): Promise<void>;
  readonly pid: number;
}

export interface StartEvents {
  command(command: StartedCommand): void;
  finished(result: StepResult): void;
  /** The launcher died; what became of the command is not known. */
  lost(): void;
}

export interface LauncherSettings {
  stateDirectory: string;
  node: string;
  cluster: string;
  /** The directory of the script library; missing when there is none. */
  scriptLibrary?: string;
}
