import type { Participant, RunPlan } from '@fallover/events';
import { type ClusterStore, type NodeDocument, type QueuedEvent, type StoreFault, storeFaultOf } from '@fallover/store';
import type { Journal } from '../journal/journal.ts';
import type { RunRow } from '../journal/run-row.ts';
import { type Engine, type EngineParts, runEngine } from '../runs/engine.ts';
import { sharedLog } from '../runs/run-log.ts';
import { type ClusterView, clusterView } from './cluster-view.ts';
import { coordinatorLoop } from './coordinator.ts';
import { catchUp } from './catch-up.ts';
import { publishUnpublished } from './publish.ts';
import { type TakingPart, type TakingPartParts, takePart } from './taking-part.ts';

export interface ManyNodesParts
  extends Omit<EngineParts, 'membership' | 'log' | 'retry' | 'ended' | 'journal' | 'trouble'>,
    Pick<TakingPartParts, 'node' | 'ttlMs' | 'document' | 'file' | 'keep'> {
  store: ClusterStore;
  journal: Journal;
  plan(event: QueuedEvent, participants: readonly Participant[]): Promise<RunPlan>;
  fence(node: string): Promise<Pick<NonNullable<NodeDocument['lost']>, 'fencing' | 'sentence'>>;
  /** What became of the steps that an earlier daemon claimed; once everything has been read, before this node joins. */
  settle(): Promise<void>;
  activeChanged(): void;
  /** Membership, coordinator, queue or current run have changed. */
  clusterChanged(): void;
  storeTroubled(fault: StoreFault | undefined): void;
  trouble(code: 'defect' | 'journal_not_writable' | 'node_name_taken' | 'protocol_differs', reason: string | undefined): void;
}

export interface ManyNodes {
  engine: Engine;
  membership: TakingPart;
  view: ClusterView;
  begin(): void;
  /** A queued event may be waiting. */
  tend(): Promise<void>;
}

/** The cluster managers of many nodes, as one of them: what the shared store says is followed, and this node takes its part. */
export function manyNodes(parts: ManyNodesParts): ManyNodes {
  const { store, journal, stopped } = parts;
  const failed = (error: unknown): void => {
    if (stopped.aborted || storeFaultOf(error)) return; // the view tells of the store
    parts.trouble('defect', error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const view = clusterView({
    store,
    told: (entries, controls) => engine.told(entries, controls),
    liveRuns: () => engine.all().map(({ id }) => id),
    ended: (run, summary) => {
      if (!journal.row(run)) journal.append([], [JSON.parse(summary) as RunRow]);
    },
    catchUp: () => catchUp(journal, store),
    activeChanged: parts.activeChanged,
    troubled: parts.storeTroubled,
    defect: failed,
    now: parts.clock.now,
    stopped,
  });
  const membership = takePart({
    ...parts,
    view,
    async publish() {
      await parts.settle();
      await publishUnpublished(journal, store);
    },
    trouble: (code, detail) =>
      parts.trouble(
        code,
        detail && `${detail.other.node} (since ${detail.other.since}, ${detail.other.address ?? 'no address'})`,
      ),
    failed,
    now: parts.clock.now,
  });
  const log = sharedLog({
    journal,
    store,
    membership,
    toldUpTo: view.toldUpTo,
    toldMore: view.toldMore,
    trouble: parts.trouble,
    stopped,
  });
  /** A step may outlive the part that this node had in its run: how it ended is told when this node has rejoined already. */
  async function publishLate(run: string): Promise<void> {
    while (!stopped.aborted && !running.live(run))
      try {
        return await publishUnpublished(journal, store);
      } catch (error) {
        if (storeFaultOf(error) === undefined) throw error;
        await view.toldMore();
      }
  }
  const thenPublish =
    (tell: Engine['tell']): Engine['tell'] =>
    async (run, records) => {
      await tell(run, records);
      void publishLate(run).catch(failed);
    };
  const running: Engine = runEngine({
    ...parts,
    steps: (tools) => parts.steps({ ...tools, tell: thenPublish(tools.tell) }),
    membership,
    log,
    ended: async () => void loop.tend(),
    async retry(error) {
      if (storeFaultOf(error) === undefined) throw error;
      await view.toldMore();
    },
  });
  const engine: Engine = { ...running, tell: thenPublish(running.tell) };
  const loop = coordinatorLoop({ ...parts, view, membership, engine, failed });
  const changed = (): void => {
    parts.clusterChanged();
    engine.look();
    void loop.tend();
  };
  membership.subscribe(changed);
  return {
    engine,
    membership,
    view,
    tend: loop.tend,
    begin() {
      view.begin();
      membership.begin();
    },
  };
}
