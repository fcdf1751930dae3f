import type { NodeView } from '@fallover/contract';
import {
  clusterStateOf,
  findEvent,
  type NodeState,
  networkEventsComeFrom,
  networkEventsSentence,
  ok,
  phasesOf,
  type RunState,
} from '@fallover/events';
import type { ClusterStore } from '@fallover/store';
import type { ComponentHealth } from '../ctdb/component-health.ts';
import { unhealthyElsewhere } from '../ctdb/health-elsewhere.ts';
import type { UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import type { ClusterServices } from '../membership/cluster-services.ts';
import type { Clock } from '../runs/clock.ts';
import type { Engine } from '../runs/engine.ts';
import { rowOf } from '../runs/live-run.ts';
import { queuedSummary, summaryOf } from '../runs/view.ts';
import type { Troubles } from '../troubles.ts';
import { lastKnown } from './last-known.ts';

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
  services: ClusterServices;
  /** Of this node, component by component. */
  health: () => ComponentHealth[];
  isReady: () => boolean;
}): Pick<UseCases, 'getCluster'> {
  const { store, journal, engine } = parts;
  const queued = lastKnown(() => store.queue(), []);
  const active = lastKnown(() => store.active(), undefined);
  return {
    async getCluster() {
      const live = engine.all().map((run) => ({ state: run.state, row: rowOf(run.state, run.records) }));
      const root = live.find(({ state }) => state.plan.parent === undefined);
      const queue = (await queued()).filter(({ run }) => run !== root?.row.id);
      const nodes = parts.services.nodes();
      const own = nodes.find(({ here }) => here)?.state;
      const connection = parts.services.connection();
      // The node_down of a node that was lost is still to come: it is queued once that is fenced.
      const waits = (queue.length > 0 && nodes.length > 1) || nodes.some(({ state }) => state === 'lost');
      const state = await stateOf(root?.state, { own, waits });
      const { state: clusterState, substate } = clusterStateOf({
        connected: connection.state === 'connected',
        configured: state !== 'NOT_CONFIGURED',
        failed: state === 'RP_FAILED',
        busy: root?.state.state === 'running' || queue.length > 0,
        nodes: nodes.map(({ state, fencing }) => ({ state, fencingFailed: fencing?.state === 'failed' && state === 'lost' })),
      });
      const coordinator = parts.services.coordinator();
      const network = networkEventsSentence(networkEventsComeFrom(journal.list({ limit: SEEN_RUNS }), []));
      return ok({
        cluster: parts.cluster,
        node: parts.node,
        nodes: parts.nodes(),
        state,
        version: parts.version,
        clusterState,
        substate,
        members: nodes.map(({ node, state, since }) => ({ node, state, ...(since === undefined ? {} : { since }) })),
        ...(coordinator === undefined ? {} : { coordinator }),
        store: connection,
        fencing: nodes.flatMap((node) => (node.fencing && isOfConcern(node) ? [node.fencing] : [])),
        health: [
          ...parts.health().map((of) => ({ node: parts.node, ...of })),
          ...unhealthyElsewhere(
            journal,
            nodes.flatMap(({ node, state, here }) => (state === 'member' && !here ? [node] : [])),
          ),
        ],
        ...(network === undefined ? {} : { networkEvents: network }),
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

  /** docs/terms.md says what each state means. */
  async function stateOf(root: RunState | undefined, { own, waits }: { own: NodeState | undefined; waits: boolean }) {
    if (!parts.isReady()) return 'ST_INIT';
    if (root?.state === 'awaiting_decision') return 'RP_FAILED';
    // Its cluster services are stopped: what the cluster does is not done here.
    if (own === 'down' || own === 'unmanaged') return 'ST_INIT';
    if (own === 'joining' || own === 'lost') return 'ST_JOINING';
    if (root?.state === 'running') return atBarrier(root) ?? 'ST_RP_RUNNING';
    if (waits) return 'ST_UNSTABLE';
    return (await active()) ? 'ST_STABLE' : 'NOT_CONFIGURED';
  }

  /** This node has done its part of the phase, and others have not. */
  function atBarrier(root: RunState): 'ST_BARRIER' | 'ST_CBARRIER' | undefined {
    const phase = phasesOf(root).phases[root.phase];
    if (phase?.lanes.find(({ node }) => node === parts.node)?.state !== 'waits') return undefined;
    return phase.index === root.plan.program.length ? 'ST_CBARRIER' : 'ST_BARRIER';
  }
}

/** Among these is looked for one that other software reported. */
const SEEN_RUNS = 200;

/** Once it is back a node has ended what it ran. */
const isOfConcern = ({ state, fencing }: NodeView): boolean =>
  (state === 'lost' || state === 'down') &&
  (fencing?.state === 'pending' || fencing?.state === 'not_configured' || fencing?.state === 'failed');
