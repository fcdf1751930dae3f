import { findEvent, ok } from '@fallover/events';
import { type ClusterStore, storeFaultOf } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runs/clock.ts';
import type { Engine } from '../runs/engine.ts';
import { rowOf } from '../runs/live-run.ts';
import { queuedSummary, summaryOf } from '../runs/view.ts';
import type { Troubles } from '../troubles.ts';

const LAST_RUNS = 10;

export function clusterUseCases(parts: {
  cluster: string;
  node: string;
  nodes: () => string[];
  version: string;
  store: ClusterStore;
  journal: Journal;
  engine: Engine;
  clock: Clock;
  troubles: Troubles;
  isReady: () => boolean;
}): Pick<UseCases, 'getCluster'> {
  const { store, journal, engine } = parts;
  return {
    async getCluster() {
      const live = engine.all().map((run) => ({ state: run.state, row: rowOf(run.state, run.records) }));
      const root = live.find(({ state }) => state.plan.parent === undefined);
      const queue = (await whatIsKnown(store.queue(), [])).filter(({ run }) => run !== root?.row.id);
      return ok({
        cluster: parts.cluster,
        node: parts.node,
        nodes: parts.nodes(),
        state: await stateOf(root?.state.state),
        version: parts.version,
        ...(root ? { running: summaryOf(root.row) } : {}),
        beside: live.filter(({ state }) => state.plan.parent !== undefined).map(({ row }) => summaryOf(row)),
        queue: queue.map((event) => queuedSummary(event, findEvent(event.event)?.eventClass ?? 'user_defined')),
        last: journal
          .list({ limit: LAST_RUNS })
          .filter(({ state }) => state === 'ended' || state === 'cancelled')
          .map(summaryOf),
        troubles: parts.troubles.all(),
        at: parts.clock.now(),
      });
    },
  };

  /** docs/terms.md says what each state means on one node. */
  async function stateOf(root: 'running' | 'awaiting_decision' | 'ended' | undefined) {
    if (!parts.isReady()) return 'ST_INIT';
    if (root === 'awaiting_decision') return 'RP_FAILED';
    if (root === 'running') return 'ST_RP_RUNNING';
    return (await whatIsKnown(store.active(), undefined)) ? 'ST_STABLE' : 'NOT_CONFIGURED';
  }
}

/** Without the store the screens go on: what it would say is missing in them, and a trouble says why. */
async function whatIsKnown<Value>(asked: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (storeFaultOf(error) === undefined) throw error;
    return otherwise;
  }
}
