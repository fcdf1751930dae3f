import type { Comparison, StoreBackend, Transaction, Versioned } from '../backend.ts';
import type {
  Coordination,
  Coordinator,
  Member,
  MemberDocument,
  NodeDocument,
  NodeEffect,
  Standing,
  StoredNode,
} from '../coordination.ts';
import { keys, MEMBER, NODE } from './keys.ts';

type NodesPart = Pick<
  Coordination,
  | 'grantLease'
  | 'resumeLease'
  | 'joinCluster'
  | 'saveMember'
  | 'members'
  | 'electCoordinator'
  | 'nodes'
  | 'changeNode'
  | 'removeNode'
>;

export interface NodesTools {
  /** What changes documents of nodes by their newest state; undefined where an effect does not hold any more. */
  nodeWrites(
    effects: readonly NodeEffect[],
  ): Promise<{ compare: Comparison[]; put: NonNullable<Transaction['put']> } | undefined>;
}

export function nodesIn(backend: StoreBackend): NodesPart & NodesTools {
  async function nodeWrites(effects: readonly NodeEffect[]) {
    const items = await Promise.all(effects.map(({ node }) => backend.get(keys.node(node))));
    const writes = { compare: [] as Comparison[], put: [] as NonNullable<Transaction['put']> };
    for (const [index, { node, change }] of effects.entries()) {
      const item = items[index];
      const document = change(item ? nodeDocument(item) : { node });
      if (document === undefined) return undefined;
      const key = keys.node(node);
      writes.compare.push({ key, revision: item?.revision ?? 0 });
      writes.put.push({ key, value: JSON.stringify(document) });
    }
    return writes;
  }

  return {
    nodeWrites,
    grantLease: (ttlMs) => backend.grant(ttlMs),
    resumeLease: (id) => backend.resume(id),

    async joinCluster(member, lease) {
      const key = keys.member(member.node);
      const value = JSON.stringify(member);
      const result = await backend.commit({ compare: [{ key, revision: 0 }], put: [{ key, value, lease }] });
      return result.committed ? { ...member, membership: result.revision, written: result.revision } : undefined;
    },

    async saveMember({ membership, written: _, ...document }, lease) {
      const key = keys.member(document.node);
      const put = [{ key, value: JSON.stringify(document), lease }];
      const result = await backend.commit({ compare: [{ key, created: membership }], put });
      return result.committed ? { ...document, membership, written: result.revision } : undefined;
    },

    members: async () => (await backend.list(MEMBER)).map(memberOf),

    async electCoordinator({ node, written }, lease) {
      const result = await backend.commit({
        compare: [...standingOf({ member: { node, written } }), { key: keys.coordinator, revision: 0 }],
        put: [{ key: keys.coordinator, value: JSON.stringify({ node }), lease }],
      });
      return result.committed ? { node, created: result.revision } : undefined;
    },

    nodes: async () => (await backend.list(NODE)).map(nodeDocument),

    async changeNode(effect, { as = {}, event } = {}) {
      for (;;) {
        const node = await nodeWrites([effect]);
        if (node === undefined) return false;
        const queued = event && { key: keys.queued(event.run), value: JSON.stringify(event) };
        const standing = standingOf(as);
        const result = await backend.commit({
          compare: [...standing, ...node.compare, ...(queued ? [{ key: queued.key, revision: 0 }] : [])],
          put: [...node.put, ...(queued ? [queued] : [])],
        });
        if (result.committed) return true;
        const guards = [...standing.map(({ key }) => key), queued?.key];
        if (result.changed.some((key) => guards.includes(key))) return false;
      }
    },

    async removeNode(node, refused) {
      const [document, member, peer] = [keys.node(node), keys.member(node), keys.peer(node)];
      for (;;) {
        const [known, living, asked] = await Promise.all([document, member, peer].map((key) => backend.get(key)));
        const stored: StoredNode = {
          ...(known ? { document: nodeDocument(known) } : {}),
          ...(living ? { member: memberOf(living) } : {}),
          isPeer: asked !== undefined,
        };
        const refusal = await refused(stored);
        if (refusal !== undefined) return refusal;
        const { committed } = await backend.commit({
          compare: [
            { key: member, revision: 0 },
            { key: document, revision: known?.revision ?? 0 },
            { key: peer, revision: asked?.revision ?? 0 },
          ],
          delete: [document, peer],
        });
        if (committed) return undefined;
      }
    },
  };
}

/** What must still be so. */
export const standingOf = ({ member, coordinator }: Standing): Comparison[] => [
  ...(member ? [{ key: keys.member(member.node), revision: member.written }] : []),
  ...(coordinator ? [{ key: keys.coordinator, created: coordinator.created }] : []),
];

export const memberOf = ({ value, created, revision }: Versioned): Member => ({
  ...(JSON.parse(value) as MemberDocument),
  membership: created,
  written: revision,
});

export const coordinatorOf = ({ value, created }: Versioned): Coordinator => ({
  ...(JSON.parse(value) as Pick<Coordinator, 'node'>),
  created,
});

export const nodeDocument = ({ value }: Versioned): NodeDocument => JSON.parse(value) as NodeDocument;
