import type { RunPlan, RunRecord } from '@fallover/events';
import type { Lease } from './backend.ts';
import type { QueuedEvent } from './cluster-store.ts';

/** How cluster services were stopped: resource groups offline, moved, or left UNMANAGED. */
export const STOPS = ['graceful', 'takeover', 'forced'] as const;
export type Stop = (typeof STOPS)[number];

/** What a node says of itself while it is a member; the key lives as long as its lease. */
export interface MemberDocument {
  node: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Of what members say to each other: equal, any releases mix. */
  protocol: number;
  version: string;
  bootId: string;
  /** Where its daemon answers other daemons, HOST:PORT. */
  address?: string;
  /** Its console. */
  url?: string;
  /** The newest active revision whose bytes it has. */
  revision?: number;
}
export interface Member extends MemberDocument {
  /** The number of this membership: the store's revision at which its key was created. */
  membership: number;
  /** The revision at which its key was written last: by another daemon of the node, when that took up this membership. */
  written: number;
}

export interface Coordinator {
  node: string;
  /** The revision at which its key was created. */
  created: number;
}

/** What is known of a node that left without being stopped. */
export interface LostNode {
  membership: number;
  at: string;
  /**
   * Nothing yet, proven off, no fence command named, fencing failed, a person's word that it is off, or the node itself is
   * back and has ended what it ran.
   */
  fencing: 'pending' | 'off' | 'not_configured' | 'failed' | 'confirmed' | 'rejoined';
  fencedAt?: string;
  /** Who confirmed. */
  by?: string;
  /** Why fencing failed. */
  sentence?: string;
}

export interface StoppedServices {
  how: Stop;
  by: string;
  at: string;
}

/** What is known of a node whether it is a member or not. */
export interface NodeDocument {
  node: string;
  /** The membership whose `node_up` is in the queue or was processed, and whose `node_down` is not; missing: it is down. */
  up?: number;
  /** `node_up` has been processed to its end: the node takes part in events. */
  upSince?: string;
  /** A person stops its cluster services; `queued`: its `node_down` is in the queue. */
  stopping?: StoppedServices & { queued?: true };
  /** Its cluster services have been stopped: it does not join before a person starts them. */
  stopped?: StoppedServices;
  /** Whether they start with its daemon; missing: as they were. */
  atStart?: boolean;
  lost?: LostNode;
}

/** All that the store has of a node; nothing where it does not know it. */
export interface StoredNode {
  document?: NodeDocument;
  member?: Member;
  /** It has a place in the directory of those that can be asked. */
  isPeer: boolean;
}

/** A change of what the nodes coordinate by; what is undefined is gone. */
export type ClusterChange =
  | { kind: 'member'; node: string; member?: Member }
  | { kind: 'coordinator'; coordinator?: Coordinator }
  | { kind: 'node'; node: string; document?: NodeDocument }
  | { kind: 'open'; run: string; open: boolean }
  | { kind: 'control'; run: string; revision: number }
  | { kind: 'record'; run: string; record: PlacedRecord }
  | { kind: 'ended'; run: string; summary: string }
  /** Queue, current run with its decisions, or the active revision: look again. */
  | { kind: 'queue' | 'current' | 'active' };

/** A record with its place in the one order of all nodes. */
export interface PlacedRecord {
  record: RunRecord;
  revision: number;
  position: number;
}

/** Changes of one revision; `whole`: all there is, first of all and again when the watch had to begin anew. */
export interface ClusterChanges {
  whole: boolean;
  revision: number;
  changes: ClusterChange[];
}

/** As what something is written: what must still be so when it is. */
export interface Standing {
  member?: Pick<Member, 'node' | 'written'>;
  coordinator?: Coordinator;
}

export interface RunWrite {
  run: string;
  records: readonly RunRecord[];
  /** The control key's revision as last seen. What the coordinator or a person writes moves it; the claims of nodes compare it. */
  control?: number;
  moves?: boolean;
  /** The run begins with this write. */
  opens?: boolean;
}

export type OvertakenBy = 'member' | 'coordinator' | 'control' | 'record';
export type AppendResult = { appended: true; revision: number } | { appended: false; changed: OvertakenBy[] };

export interface NodeEffect {
  node: string;
  /** By the newest state; undefined: this is not so any more, and nothing is written. */
  change(document: NodeDocument): NodeDocument | undefined;
}

export interface EndedRun {
  run: string;
  summary: string;
}

/** Membership and runs, as all nodes share them (docs/decisions/0010-many-nodes.md). */
export interface Coordination {
  grantLease(ttlMs: number): Promise<Lease>;
  /** The lease of this id, if it lives: a node that is back in time is still a member. */
  resumeLease(id: string): Promise<Lease | undefined>;
  /** Takes part under this lease; undefined while another membership of that node lives, or the lease has ended. */
  joinCluster(member: MemberDocument, lease: string): Promise<Member | undefined>;
  /** Undefined when this membership has ended. What compares the member as it was written before is refused from then on. */
  saveMember(member: Member, lease: string): Promise<Member | undefined>;
  members(): Promise<Member[]>;
  /** Becomes coordinator, if there is none and this membership lives. */
  electCoordinator(member: Member, lease: string): Promise<Coordinator | undefined>;
  nodes(): Promise<NodeDocument[]>;
  /**
   * Changes what is known of a node, and queues the event of membership that this stands for, in one commit. False when that
   * is not so any more.
   */
  changeNode(effect: NodeEffect, options?: { as?: Standing; event?: QueuedEvent }): Promise<boolean>;
  /**
   * Forgets a node: what is known of it, and where and by which certificate its cluster manager is asked; in one commit, which
   * compares that nothing of this has changed and that it is no member. `refused` is asked by the newest state, and again
   * where that has changed meanwhile. Undefined when the node is gone.
   */
  removeNode<Refusal>(node: string, refused: (known: StoredNode) => Promise<Refusal | undefined>): Promise<Refusal | undefined>;

  /** Puts records that are not there, all or none, in one place of the one order. */
  appendRuns(writes: readonly RunWrite[], as: Standing): Promise<AppendResult>;
  /** All records of a run, in order, with the run's control revision; undefined when it is not known, or not any longer. */
  runRecords(run: string): Promise<{ records: PlacedRecord[]; control: number } | undefined>;
  openRuns(): Promise<string[]>;
  /** Takes an event out of the queue and makes it the current run, with its first record. False if that is not so any more. */
  startRun(event: QueuedEvent, plan: RunPlan, records: readonly RunRecord[], as: Standing): Promise<boolean>;
  /** A run has ended: it is in the history, and what it did to nodes is known. True as well when that was so before. */
  endRun(run: string, summary: string, effects: readonly NodeEffect[], as: Standing): Promise<boolean>;
  /** The runs that ended last, newest first. */
  endedRuns(options: { before?: string; limit: number }): Promise<EndedRun[]>;
  /** An event was rolled up: it leaves the queue and enters the history. */
  rollUpEvent(event: QueuedEvent, summary: string, as: Standing): Promise<boolean>;
  /** Everything that is coordinated by, and each change of it, in the one order. */
  followCluster(signal: AbortSignal): AsyncIterable<ClusterChanges>;
}
