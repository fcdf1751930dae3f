import type { Participant, RunPlan } from '@fallover/events';
import type { ClusterStore, NodeDocument, QueuedEvent, StoreFault } from '@fallover/store';
import type { Leftover, LeftoverEvents } from '../executor/leftovers.ts';
import type { Journal } from '../journal/journal.ts';
import type { ClusterView } from '../membership/cluster-view.ts';
import type { Membership } from '../membership/membership.ts';
import type { TakingPart, TakingPartParts } from '../membership/taking-part.ts';
import type { EventQueue } from '../queue/event-queue.ts';
import type { Engine, EngineParts } from '../runs/engine.ts';
import type { LiveRun } from '../runs/live-run.ts';
import type { ActiveDocument } from '../runs/resume.ts';

/** What processes events: on one node with a store of its own, or as one of many. */
export interface Processing {
  engine: Engine;
  queue: EventQueue;
  membership: Membership;
  /** Where many nodes share the store. */
  shared?: { view: ClusterView; part: TakingPart; leaseSeconds: number };
  /** The run of an event for those who take part, by a definition: the plan of real runs, and of those that are emulated. */
  plan(event: QueuedEvent, participants: readonly Participant[], definition: ActiveDocument): RunPlan;
  /** Goes on where an earlier daemon stopped; resolves once decisions and calls from scripts can be taken. */
  begin(): Promise<void>;
}

export interface ProcessingParts
  extends Pick<EngineParts, 'steps' | 'clock' | 'newRunId' | 'documentOf' | 'recorded' | 'changed' | 'stopped'> {
  node: string;
  store: ClusterStore;
  journal: Journal;
  active(): Promise<ActiveDocument>;
  leftovers: ReadonlyMap<string, Leftover>;
  watchLeftovers(steps: string[], events: LeftoverEvents): Promise<void>;
  forgetLeftovers(): void;
  takenUp(run: Pick<LiveRun, 'id' | 'state' | 'records'>): void;
  trouble(code: ProcessingTrouble, reason: string | undefined): void;
  failed(error: unknown): void;
}

export type ProcessingTrouble = 'defect' | 'journal_not_writable' | 'queue_stopped' | 'node_name_taken' | 'protocol_differs';

export interface ManyNodesSettings extends Pick<TakingPartParts, 'ttlMs' | 'document' | 'file' | 'keep'> {
  fence(node: string): Promise<Pick<NonNullable<NodeDocument['lost']>, 'fencing' | 'sentence'>>;
  activeChanged(): void;
  clusterChanged(): void;
  storeTroubled(fault: StoreFault | undefined): void;
}
