import {
  type DefinitionDocument,
  err,
  nodeStateOf,
  ok,
  removalRefusal,
  removedSentence,
  type Result,
  type ServicesRefusal,
} from '@fallover/events';
import type { ClusterStore } from '@fallover/store';

/** Takes a node out of the cluster that is down; answered with what is so now. */
export type NodeRemoval = (node: string) => Promise<Result<string, ServicesRefusal>>;

export interface NodeRemovalParts {
  node: string;
  /** All nodes that are known of. */
  names(): readonly string[];
  /** As `--nodes` has them. */
  namedAtStart: readonly string[];
  store: Pick<ClusterStore, 'removeNode' | 'queue' | 'current' | 'peerAuthority'>;
  draft(): Promise<{ document: DefinitionDocument }>;
  active(): Promise<{ document: DefinitionDocument }>;
  /** Whether the cluster manager of a node says anything: one whose cluster services are stopped would join as soon as that is forgotten. */
  answers(node: string): Promise<boolean>;
}

export function nodeRemoval(parts: NodeRemovalParts): NodeRemoval {
  const { store } = parts;

  /** In this order: an event goes from the queue to the current run. */
  async function events(): Promise<{ event: string; args: readonly string[] }[]> {
    const waiting = await store.queue();
    const current = await store.current();
    return [...waiting, ...(current ? [current.plan] : [])];
  }

  return async (node) => {
    const refusal = await store.removeNode(node, async ({ document, member, isPeer }): Promise<ServicesRefusal | undefined> => {
      const refused = removalRefusal({
        node,
        here: parts.node,
        state: nodeStateOf(document ?? {}, member).state,
        isStored: document !== undefined || isPeer,
        known: parts.names(),
        events: await events(),
        draft: (await parts.draft()).document,
        active: (await parts.active()).document,
        namedAtStart: parts.namedAtStart,
      });
      return refused ?? ((await parts.answers(node)) ? { code: 'cluster_manager_runs', node } : undefined);
    });
    if (refusal) return err(refusal);
    return ok(removedSentence(node, { hasAuthority: (await store.peerAuthority())?.node === node }));
  };
}
