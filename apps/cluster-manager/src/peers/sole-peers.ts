import { err, joinTokenSentence } from '@fallover/events';
import type { Refusal, UseCases } from '../http/use-cases.ts';
import type { OpenedPeers } from './open-peers.ts';
import type { Peers } from './peers.ts';
import { type NodeUseCases, throughPeers } from './through-peers.ts';

/** A node with a store of its own has nobody to ask, and nobody can join it. */
export function solePeers({ node, local }: { node: string; local: NodeUseCases }): OpenedPeers {
  const peers: Peers = {
    ask: async (asked) => err({ code: 'no_other_nodes', own: node, node: asked }),
    unansweredSince: () => undefined,
  };
  const nothingToJoin: UseCases['addJoinToken'] & UseCases['joinCluster'] = async () => err(refusal);
  const fault = { code: 'nothing_to_join', own: node } as const;
  const refusal: Refusal = { code: fault.code, status: 409, sentence: joinTokenSentence(fault) };
  return {
    peers,
    useCases: {
      ...throughPeers({ node, local, peers, others: () => [] }),
      addJoinToken: nothingToJoin,
      joinCluster: nothingToJoin,
    },
    outputOfRun: (here) => here,
    inspectors: () => [],
    layDownDraft: async () => [],
    certificateFindings: async () => [],
    clockDifferenceMs: () => undefined,
    pass: async () => {},
    close: async () => {},
  };
}
