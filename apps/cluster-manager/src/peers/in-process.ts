import { err, ok } from '@fallover/events';
import type { Answering } from './answering.ts';
import type { Carrier } from './peers.ts';

/** The cluster managers of one process ask each other without a network: `npm run lab` on the embedded store, and tests. */
export interface InProcess {
  /** From now on the node answers; the returned function ends that. */
  register(node: string, answering: Pick<Answering, 'answer'>): () => void;
  /** As a node asks through it. */
  carrierOf(node: string): Carrier;
  /** As a network would: nothing gets from the one to the other until the returned function is called. */
  cut(one: string, other: string): () => void;
}

export function inProcess(): InProcess {
  const nodes = new Map<string, Pick<Answering, 'answer'>>();
  const cuts = new Set<string>();
  const between = (one: string, other: string): string => [one, other].sort().join(' ');
  return {
    register(node, answering) {
      nodes.set(node, answering);
      return () => {
        if (nodes.get(node) === answering) nodes.delete(node);
      };
    },
    carrierOf: (from) => ({
      async carry(node, question, { bytes, signal }) {
        const there = nodes.get(node);
        const address = 'this process';
        if (!there || cuts.has(between(from, node)))
          return err({ code: 'peer_not_answering', node, address, reason: there ? 'ETIMEDOUT' : 'ECONNREFUSED' });
        const gone = new Promise<undefined>((resolve) => {
          if (signal.aborted) resolve(undefined);
          signal.addEventListener('abort', () => resolve(undefined), { once: true });
        });
        const answer = await Promise.race([there.answer(from, question, signal), gone]);
        if (answer === undefined) return err({ code: 'peer_not_answering', node, address, reason: 'ETIMEDOUT' });
        return Buffer.byteLength(answer) > bytes ? err({ code: 'peer_answer_too_large', node, mostBytes: bytes }) : ok(answer);
      },
    }),
    cut(one, other) {
      cuts.add(between(one, other));
      return () => cuts.delete(between(one, other));
    },
  };
}
