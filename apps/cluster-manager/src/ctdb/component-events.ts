import type { ComponentFault, ComponentMode, ComponentProfile, EventOutcomeKind, ScriptStatus } from '@fallover/events';

/** A directory of event scripts on this node. */
export interface Component {
  name: string;
  directory: string;
  profile: ComponentProfile;
  mode: ComponentMode;
  /** CTDB_BASE of its scripts. */
  base?: string;
  /** Where installed scripts are, which are enabled by a link. */
  installed?: string;
  debugScript?: string;
  source: 'base' | 'declared';
}

export interface ComponentOrigin {
  kind: 'person' | 'cluster_manager' | 'ctdbd';
  name: string;
}

export interface ScriptResult {
  script: string;
  status: ScriptStatus;
  exitStatus?: number;
  signal?: string;
  reason?: string;
  /** Milliseconds since 1970. */
  startedAt?: number;
  durationMs?: number;
  output: string;
  outputCut?: number;
}

export interface EventOutcome {
  run: string;
  component: string;
  event: string;
  args: string[];
  origin: ComponentOrigin;
  outcome: EventOutcomeKind;
  /** The exit status of `ctdb event run`. */
  result: number;
  /** Milliseconds since 1970. */
  acceptedAt: number;
  startedAt?: number;
  endedAt: number;
  scripts: ScriptResult[];
  /** Why it was not even queued: there is then no record of it. */
  fault?: ComponentFault;
}

export interface RunOptions {
  origin: ComponentOrigin;
  /** For all scripts, counted from the call; EventScriptTimeout (30 s) unless given. */
  timeoutMs?: number;
  /** Aborted: the script is ended, and the outcome is cancelled. */
  signal?: AbortSignal;
}

/** What a `ctdbd` has told of an event that it ran itself. */
export interface ObservedEvent {
  component: string;
  event: string;
  args: string[];
  /** Who told: the name of the hook. */
  by: string;
  /** Milliseconds since 1970. */
  at: number;
  outcome?: EventOutcomeKind;
  scripts?: ScriptResult[];
}

/** The events of this node's components, as whoever drives or observes them sees them. */
export interface ComponentEvents {
  components(): Component[];
  /** Queued in the component, and run when its turn comes. Never rejects but for a defect. */
  run(component: string, event: string, args: string[], options: RunOptions): Promise<EventOutcome>;
  /** Recorded and shown like a run; nothing is started. The record's id. */
  observed(event: ObservedEvent): string;
  /** Told of every event that ended, observed ones too; after it is recorded. Returns how to stop listening. */
  onOutcome(listener: (outcome: EventOutcome) => void): () => void;
}
