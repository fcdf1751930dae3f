import type { StartedCommand, StepKind, StepResult } from '@fallover/events';

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
}

/** What the daemon sees of the process that starts commands. One small interface, so that another launcher can stand behind it. */
export interface Executor {
  /** Starts the command of a step that is claimed in the journal. The result has to be acknowledged once it is durable. */
  start(request: StartRequest, events: StartEvents): void;
  /** TERM to the command's process group, KILL after the grace; the result then comes as usual. False if no such step runs here. */
  abort(step: string, graceMs: number): boolean;
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
