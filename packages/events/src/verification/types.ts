import type { DefinitionDocument, EntryClass } from '../definition/types.ts';
import type { StartFault } from '../runs/types.ts';
import type { EtcdMember } from './quorum.ts';

export const SEVERITIES = ['error', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What verification has to say about one place of a definition. */
export interface Finding {
  /** `CODE:CLASS/NAME/FIELD@NODE`, as far as there is a place; what an error is overridden by. */
  id: string;
  severity: Severity;
  code: string;
  /** Undefined and missing are one, as in what the contract reads. */
  class?: EntryClass | undefined;
  name?: string | undefined;
  field?: string | undefined;
  node?: string | undefined;
  sentence: string;
  /** An error for which the definition can be made active all the same, when somebody names it. */
  overridable: boolean;
}

/** Why the bytes of a command could not be compared. */
export const NOT_HASHED = ['too_large', 'not_readable', 'changing'] as const;
export type NotHashed = (typeof NOT_HASHED)[number];

/** What a command's file is on one node: why it could not be started, or what it is. */
export type CommandFacts = { fault: StartFault } | (FileFacts & { sha256: string }) | (FileFacts & { notHashed: NotHashed });
interface FileFacts {
  form: 'program' | 'script';
  size: number;
  /** Who may read, write and execute it, as chmod has it. A node of an earlier release does not say. */
  mode?: number | undefined;
}

/** What was seen on one node, by the commands' full pathnames. */
export interface NodeFacts {
  node: string;
  commands: ReadonlyMap<string, CommandFacts>;
  /** The SHA-256 that each command had on this node when it last ran. */
  lastRun: ReadonlyMap<string, string>;
}

/** How long an event took in the past; without milliseconds when no run of it has ended. */
export interface PastDurations {
  timed: number;
  medianMs?: number;
  longestMs?: number;
}

/** All that the rules of verification go by. */
export interface VerificationInput {
  document: DefinitionDocument;
  /** The nodes whose cluster managers take part. */
  liveNodes: readonly string[];
  /** All nodes that have a cluster manager, whether it takes part now or not. */
  managed?: readonly string[];
  /** A node that takes part and is not here could not be asked. */
  seen: readonly NodeFacts[];
  durations: ReadonlyMap<string, PastDurations>;
  /** Of the etcd that the nodes share, where there is one and it could be asked. */
  etcdMembers?: readonly EtcdMember[];
}
