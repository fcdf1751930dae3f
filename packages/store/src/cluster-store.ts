import type { Acknowledgement, Decision, Notification, Origin, RunPlan, Silence } from '@fallover/events';
import type { Change } from './backend.ts';
import type { Coordination } from './coordination.ts';
import type { PeerDirectory } from './peers.ts';

/**
 * The state that the nodes share, in the words of the domain. What a key is and how it is encoded is written here once;
 * a backend has only primitives. Documents are opaque text with a format number of their own.
 *
 * Every write of a person carries its request. The request's answer is put in the same commit as its effect, so that a
 * repeat gets the first answer and never a second effect: for 24 hours, where a busy cluster has not forgotten it by then.
 */
export interface ClusterStore extends Coordination, PeerDirectory {
  /** The answer that this request got before; undefined the first time. */
  answerTo(id: string): Promise<RecordedAnswer | undefined>;
  /** Records the answer of a request whose effect is not in the store (a refused one, an abort). The first answer stays. */
  recordAnswer(request: WriteRequest, answer: Answer): Promise<RecordedAnswer>;

  /** The draft's entries, sorted by class and name. `revision` is of the entry; a number is never used twice in a draft. */
  draft(): Promise<StoredEntry[]>;
  /** `revision` 0: the entry must not exist. An undefined document deletes it. */
  saveEntry(request: WriteRequest, entry: EntryWrite, answer: (revision: number) => Answer): Promise<WriteOutcome>;
  /** All entries in one commit, for an import or the example; each must still have its revision. */
  saveEntries(request: WriteRequest, entries: EntryWrite[], answer: (revision: number) => Answer): Promise<WriteOutcome>;

  /** A content that entries name by the SHA-256 of its UTF-8 bytes, in hex; kept as long as the store. */
  content(sha256: string): Promise<string | undefined>;

  /** The pointer to the active revision. */
  active(): Promise<ActiveRevision | undefined>;
  revision(number: number): Promise<StoredRevision | undefined>;
  /** Newest first, without their documents. */
  revisions(options: { before?: number; limit: number }): Promise<ActiveRevision[]>;
  /**
   * Makes a document active as the next number: one commit puts it and moves the pointer, if the draft is still as read:
   * these entries at these revisions and no other. `entries` are written to the draft in the same commit, for the example.
   */
  activate(
    request: WriteRequest,
    next: Omit<StoredRevision, 'number'> & { entries?: EntryWrite[] },
    unchanged: { active: number; entries: { class: string; name: string; revision: number }[] },
    answer: (revision: ActiveRevision) => Answer,
  ): Promise<WriteOutcome>;

  /** Names of revisions, sorted. */
  snapshots(): Promise<Snapshot[]>;
  /** Gives a name to a revision, or takes it away. A name that is taken answers `changed_meanwhile`, unless it is taken away. */
  saveSnapshot(request: WriteRequest, name: string, snapshot: Snapshot | undefined, answer: Answer): Promise<WriteOutcome>;

  /** What the last verification of the draft, and of the active revision, found; opaque text. */
  verification(of: VerifiedDocument): Promise<string | undefined>;
  recordVerification(of: VerifiedDocument, result: string): Promise<void>;

  /** Durable when it returns. */
  enqueue(request: WriteRequest, event: QueuedEvent, answer: Answer): Promise<WriteOutcome>;
  /** An event that the cluster manager itself queues. False when a run of this id was queued within the last 24 hours. */
  enqueueOwn(event: QueuedEvent): Promise<boolean>;
  /**
   * An event that other software reports. A report with the source and the id of one of the last 24 hours is not queued: the
   * caller compares its event, and gives its answer again.
   */
  enqueueReported(
    request: WriteRequest,
    by: { source: string; id: string },
    event: QueuedEvent,
    answer: Answer,
  ): Promise<WriteOutcome | { outcome: 'reported_before'; report: StoredReport }>;
  /** In the order in which they were accepted. */
  queue(): Promise<QueuedEvent[]>;
  /** Takes an event out of the queue and makes it the current run, in one commit. False if it was taken or another run is current. */
  start(event: QueuedEvent, plan: RunPlan): Promise<boolean>;
  /** The root run that is processed now, with the decisions taken on it. */
  current(): Promise<CurrentRun | undefined>;
  /**
   * Adds a decision to the current run and cancels the queue where asked, in one commit. With `summaryOf` what is cancelled is
   * in the history of all nodes; of very many the last come there right behind that commit.
   */
  decide(
    request: WriteRequest,
    run: string,
    decision: StoredDecision,
    answer: (cancelled: QueuedEvent[]) => Answer,
    summaryOf?: (cancelled: QueuedEvent) => string,
  ): Promise<WriteOutcome>;
  /** The current run has ended: nothing is current any more. */
  end(run: string): Promise<void>;

  /** Adds those that are not there, each by its id, in one commit; which were added, and at which revision. */
  addNotifications(notifications: readonly Notification[]): Promise<StoredNotification[]>;
  /**
   * Writes these, each if it still has its revision, in as few commits as that takes; those that were written, with their new
   * revisions. `proofs` go with the first commit.
   */
  saveNotifications(writes: readonly StoredNotification[], proofs?: readonly MethodProof[]): Promise<StoredNotification[]>;
  notification(id: string): Promise<StoredNotification | undefined>;
  /** Newest first: by the time of the run that they are about. */
  notifications(options: { before?: string; limit: number }): Promise<Notification[]>;
  /** Those that are not over, oldest first. */
  outbox(): Promise<StoredNotification[]>;
  /** The outbox as it changes from this call on; a notification that is over is told of once more. */
  watchOutbox(signal: AbortSignal): AsyncIterable<StoredNotification[]>;
  /** Writes one for a person, such as to send it again. */
  changeNotification(request: WriteRequest, write: StoredNotification, answer: Answer): Promise<WriteOutcome>;
  /** Removes those that are over and whose ids are before this one; how many. */
  removeNotifications(before: string, limit: number): Promise<number>;
  /** When each method last delivered, and last failed. */
  proofs(): Promise<MethodProof[]>;
  acknowledgement(run: string): Promise<Acknowledgement | undefined>;
  /** The first one stays; a second one answers `changed_meanwhile`. */
  acknowledge(request: WriteRequest, acknowledgement: Acknowledgement, answer: Answer): Promise<WriteOutcome>;
  silences(): Promise<Silence[]>;
  /** Adds a silence, or changes one that is there. Of those that ended more than a week ago, some are forgotten. */
  saveSilence(request: WriteRequest, silence: Silence, answer: Answer): Promise<WriteOutcome>;

  /** What changes from this call on in draft, revisions, queue and current run; a reason to look again. */
  watch(signal: AbortSignal): AsyncIterable<Change[]>;
  close(): Promise<void>;
}

export interface StoredNotification {
  notification: Notification;
  revision: number;
}
export interface MethodProof {
  method: string;
  /** ISO 8601: when it last delivered something, to whomever. */
  delivered?: string;
  failed?: { at: string; sentence: string };
}

export interface WriteRequest {
  /** UUID made by the client. */
  id: string;
  principal: string;
  /** SHA-256 of method, path and body, hex: the same id with another content is refused. */
  digest: string;
}

export interface Answer {
  status: number;
  /** JSON text. */
  body: string;
}
export interface RecordedAnswer extends Answer {
  digest: string;
  principal: string;
  at: string;
}

export type WriteOutcome =
  | { outcome: 'written'; answer: Answer }
  /** The id was answered before; nothing was written. The caller compares the digest: another one is another request. */
  | { outcome: 'repeated'; answer: RecordedAnswer }
  /** Somebody else wrote meanwhile; nothing was written. `changed`: `CLASS/NAME` of an entry, `active`, `current`, a run's id. */
  | { outcome: 'changed_meanwhile'; changed: string[] };

export interface EntryWrite {
  class: string;
  name: string;
  revision: number;
  document: string | undefined;
  /** Put in the same commit, for whoever reads what the entry names. */
  content?: { sha256: string; text: string };
}
export interface StoredEntry {
  class: string;
  name: string;
  revision: number;
  document: string;
}
export interface ActiveRevision {
  number: number;
  hash: string;
  at: string;
  by: string;
  comment?: string;
  /** What verification had found when it became active; of the errors those that were overridden, by their names. */
  verification?: { errors: number; warnings: number; overridden: string[] };
}
export interface Snapshot {
  name: string;
  revision: number;
  at: string;
  by: string;
  remark?: string;
}
export type VerifiedDocument = 'draft' | 'active';
export interface StoredRevision extends ActiveRevision {
  document: string;
}
export interface QueuedEvent {
  run: string;
  event: string;
  args: string[];
  origin: Origin;
  drill: boolean;
  acceptedAt: string;
  /** Only there; on all nodes unless said. */
  node?: string;
}
export interface StoredReport {
  run: string;
  event: string;
  args: string[];
  at: string;
  answer: Answer;
}
export interface StoredDecision {
  as: Decision;
  /** `awaitedDecision` of the run as the person saw it; there is one decision with each number. */
  number: number;
  by: string;
  at: string;
  cancelQueue: boolean;
  /** What it has cancelled. */
  cancelled?: QueuedEvent[];
}
export interface CurrentRun {
  plan: RunPlan;
  decisions: StoredDecision[];
}
