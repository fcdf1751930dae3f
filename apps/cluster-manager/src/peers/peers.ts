import { err, ok, type PeerFault, type Result } from '@fallover/events';
import { type Asker, type InputOf, PEER_CALLS, type PeerCallName, type ReplyOf } from './calls.ts';
import { readAnswer, writeQuestion } from './message.ts';

export interface PeerCall<Name extends PeerCallName> {
  name: Name;
  input: InputOf<Name>;
  asker?: Asker;
}

/** The cluster managers of the other nodes, as this one asks them. */
export interface Peers {
  ask<Name extends PeerCallName>(
    node: string,
    call: PeerCall<Name>,
    signal?: AbortSignal,
  ): Promise<Result<ReplyOf<Name>, PeerFault>>;
}

/** How a question gets to a node and its answer back: over the network, or inside one process. */
export interface Carrier {
  carry(
    node: string,
    question: string,
    most: { bytes: number; ms: number; signal: AbortSignal },
  ): Promise<Result<string, PeerFault>>;
}

/** What is asked and answered is the same over every carrier; what comes back is only believed once it is read by its schema. */
export function peersOver(carrier: Carrier, own: { protocol: number }): Peers {
  return {
    async ask(node, { name, input, asker }, signal = new AbortController().signal) {
      const { mostBytes, withinMs, reply } = PEER_CALLS[name];
      const question = writeQuestion({ protocol: own.protocol, call: name, input, ...(asker ? { asker } : {}) });
      const limit = AbortSignal.timeout(withinMs);
      const answered = await carrier.carry(node, question, {
        bytes: mostBytes,
        ms: withinMs,
        signal: AbortSignal.any([signal, limit]),
      });
      if (limit.aborted && !answered.ok) return err({ code: 'peer_too_slow', node, seconds: withinMs / 1000 });
      if (!answered.ok) return answered;
      const answer = readAnswer(node, answered.value, own.protocol);
      if (!answer.ok) return answer;
      const read = reply.safeParse(answer.value);
      return read.success ? ok(read.data as never) : err({ code: 'peer_answer_not_understood', node });
    },
  };
}
