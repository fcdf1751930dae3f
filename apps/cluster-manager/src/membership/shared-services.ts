import type { NodeView } from '@fallover/contract';
import {
  confirmedSentence,
  err,
  lostSteps,
  ok,
  replay,
  STOP_ARGUMENT,
  type ServicesAnswer,
  servicesSentence,
} from '@fallover/events';
import { type ClusterStore, type NodeEffect, storeFaultSentence } from '@fallover/store';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runs/clock.ts';
import type { Engine } from '../runs/engine.ts';
import type { ClusterServices } from './cluster-services.ts';
import type { ClusterView } from './cluster-view.ts';
import { effects } from './duties.ts';
import type { NodeRemoval } from './node-removal.ts';
import { nodeViews } from './node-views.ts';
import type { TakingPart } from './taking-part.ts';

export interface SharedServicesParts {
  node: string;
  names(): readonly string[];
  store: Pick<ClusterStore, 'changeNode'>;
  view: Pick<ClusterView, 'members' | 'nodes' | 'coordinator' | 'trouble'>;
  /** Of this node's membership. */
  silentSince: TakingPart['silentSince'];
  journal: Pick<Journal, 'list' | 'records'>;
  engine: Pick<Engine, 'all'>;
  removal: NodeRemoval;
  clock: Pick<Clock, 'now'>;
  clockDifferenceMs(node: string): number | undefined;
}

const SILENT =
  'etcd has not renewed the lease of this node for longer than that takes: its members are asked again until one answers. See whether they run and reach each other.';

/** Runs that may have been open when a node was lost are looked for among these. */
const SEEN_RUNS = 200;

/** Cluster services of nodes that share a store: what a person wants is written there, and each node follows it. */
export function sharedClusterServices(parts: SharedServicesParts): ClusterServices {
  const { store, view, clock } = parts;
  const nodes = (): NodeView[] =>
    nodeViews({
      names: parts.names(),
      here: parts.node,
      coordinator: view.coordinator()?.node,
      members: view.members(),
      documents: view.nodes(),
      clockDifferenceMs: parts.clockDifferenceMs,
      lostSteps: stepsLostWith,
    });
  const named = (asked: readonly string[]) => {
    const all = nodes();
    const known = all.map(({ node }) => node);
    const stranger = asked.find((node) => !known.includes(node));
    if (stranger !== undefined) return err({ code: 'node_not_known' as const, node: stranger, known });
    return ok(all.filter(({ node }) => asked.includes(node)));
  };

  /** Of the runs that were open when the node was lost for the last time. */
  function stepsLostWith(node: string): NodeView['lostSteps'] {
    const lost = view.nodes().get(node)?.lost;
    if (!lost) return [];
    const live = parts.engine.all().map(({ state }) => state);
    const ended = parts.journal
      .list({ limit: SEEN_RUNS })
      .filter(({ id, acceptedAt, endedAt }) => {
        const isLive = live.some(({ plan }) => plan.id === id);
        return !isLive && acceptedAt <= lost.at && endedAt !== undefined && endedAt >= lost.at;
      })
      .flatMap(({ id }) => replay(parts.journal.records(id)) ?? []);
    return [...live, ...ended].flatMap((run) => lostSteps(run, node));
  }

  /** Each node on its own: one that has come or gone meanwhile keeps no other from being changed. */
  async function each(asked: readonly string[], change: (node: NodeView) => Promise<ServicesAnswer[]>) {
    const found = named(asked);
    if (!found.ok) return found;
    const done = [];
    for (const view of found.value) {
      const answers = await change(view);
      const has = (codes: readonly ServicesAnswer['code'][]): boolean => answers.some(({ code }) => codes.includes(code));
      const sentence = servicesSentence(view.node, answers);
      done.push({ node: view.node, changed: has(CHANGES), ...(has(UNDONE) ? { undone: true } : {}), sentence });
    }
    return ok(done);
  }

  const put = (effect: NodeEffect): Promise<boolean> => store.changeNode(effect);

  async function atStart(node: string, when: string, starts: boolean): Promise<ServicesAnswer[]> {
    if (when === 'now') return [];
    await put(effects.atStart(node, starts));
    return [{ code: 'at_start', starts }];
  }

  return {
    nodes,
    coordinator: () => view.coordinator()?.node,
    connection() {
      const trouble = view.trouble();
      // The lease tells it before the watch does, which bridges a short cut by itself.
      const silent = parts.silentSince();
      if (!trouble)
        return silent === undefined ? { state: 'connected' } : { state: 'out_of_reach', since: silent, sentence: SILENT };
      const { fault, since } = trouble;
      return {
        state: fault.code === 'no_quorum' ? 'no_quorum' : 'out_of_reach',
        since: silent ?? since,
        sentence: storeFaultSentence(fault, { question: true }),
      };
    },
    start: (asked, when) =>
      each(asked, async ({ node, state }) => {
        const rest = await atStart(node, when, true);
        if (when === 'restart') return rest;
        if (await put(effects.start(node))) return [{ code: 'starting' }, ...rest];
        if (state === 'member' || state === 'joining') return [{ code: 'is_a_member' }, ...rest];
        if (state === 'stopping') return [{ code: 'stops_first' }, ...rest];
        return [{ code: 'daemon_away' }, ...rest];
      }),
    stop: (asked, how, when, by) =>
      each(asked, async ({ node, state }) => {
        const rest = await atStart(node, when, false);
        if (when === 'restart') return rest;
        const stopping = { how: STOP_ARGUMENT[how], by, at: clock.now() };
        if (await put(effects.stop(node, stopping))) return [{ code: 'stopping', how }, ...rest];
        if (state === 'stopping') return [{ code: 'stops_already' }, ...rest];
        if (state === 'lost') return [{ code: 'is_lost' }, ...rest];
        return [{ code: state === 'joining' ? 'not_up_yet' : 'is_not_a_member' }, ...rest];
      }),
    async confirmOff(node, by) {
      const found = named([node]);
      if (!found.ok) return found;
      const lost = view.nodes().get(node)?.lost;
      const confirmed =
        lost?.fencing === 'failed' &&
        (await put(effects.fenced(node, lost.membership, { fencing: 'confirmed', fencedAt: clock.now(), by })));
      if (confirmed) return ok(confirmedSentence(node, by));
      return err({ code: 'nothing_to_confirm', node, state: found.value[0]?.state ?? 'down' });
    },
    remove: parts.removal,
  };
}

const CHANGES: readonly ServicesAnswer['code'][] = ['starting', 'stopping', 'at_start'];
/** What was asked for is not so, and does not become so before somebody does something. */
const UNDONE: readonly ServicesAnswer['code'][] = ['stops_first', 'daemon_away', 'not_up_yet'];
