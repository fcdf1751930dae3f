import { err, ok, type ServicesRefusal, servicesRefusalSentence } from '@fallover/events';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { Clock } from '../runs/clock.ts';
import type { ClusterServices } from './cluster-services.ts';

const STATUS = {
  node_not_known: 404,
  sole_node_stays: 409,
  typed_name_differs: 400,
  nothing_to_confirm: 409,
  removed_elsewhere: 409,
  not_down: 409,
  event_of_node_waits: 409,
  node_configured: 409,
  node_still_active: 409,
  named_at_start: 409,
  cluster_manager_runs: 409,
} as const satisfies Record<ServicesRefusal['code'], Refusal['status']>;

const refused = (refusal: ServicesRefusal): { ok: false; error: Refusal } =>
  err({ code: refusal.code, status: STATUS[refusal.code], sentence: servicesRefusalSentence(refusal) });

export function nodeUseCases(parts: {
  services: ClusterServices;
  clock: Pick<Clock, 'now'>;
  changed(): void;
}): Pick<UseCases, 'listNodes' | 'startClusterServices' | 'stopClusterServices' | 'confirmNodeOff' | 'removeNode'> {
  const { services, clock, changed } = parts;
  return {
    listNodes: async () => ok({ nodes: services.nodes(), at: clock.now() }),

    async startClusterServices({ body: { nodes, when } }, { principal }) {
      const done = await services.start([...new Set(nodes)], when, principal.name);
      if (!done.ok) return refused(done.error);
      changed();
      return ok({ nodes: done.value });
    },

    async stopClusterServices({ body: { nodes, how, when } }, { principal }) {
      const done = await services.stop([...new Set(nodes)], how, when, principal.name);
      if (!done.ok) return refused(done.error);
      changed();
      return ok({ nodes: done.value });
    },

    async confirmNodeOff({ parameters: { node }, body: { typed } }, { principal }) {
      if (typed !== node) return refused({ code: 'typed_name_differs', node, typed });
      const done = await services.confirmOff(node, principal.name);
      if (!done.ok) return refused(done.error);
      changed();
      return ok({ node, sentence: done.value });
    },

    async removeNode({ parameters: { node }, body: { typed } }) {
      if (typed !== node) return refused({ code: 'typed_name_differs', node, typed });
      const done = await services.remove(node);
      if (!done.ok) return refused(done.error);
      changed();
      return ok({ node, sentence: done.value });
    },
  };
}
