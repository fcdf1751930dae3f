import { peerSentence } from '@fallover/events';
import type { Peers } from './peers.ts';

export interface NotLaidDown {
  node: string;
  sentence: string;
}

/** Asks these nodes at once to lay the draft down; those that did not, and why. */
export async function layDownOn(nodes: readonly string[], hash: string, peers: Peers): Promise<NotLaidDown[]> {
  const answers = await Promise.all(
    nodes.map(async (node): Promise<NotLaidDown[]> => {
      const answer = await peers.ask(node, { name: 'layDownDraft', input: { hash } });
      const sentence = answer.ok ? answer.value.refused : peerSentence(answer.error);
      return sentence === undefined ? [] : [{ node, sentence }];
    }),
  );
  return answers.flat();
}
