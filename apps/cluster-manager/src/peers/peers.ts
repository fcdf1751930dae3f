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
  /** ISO 8601: since when it has been asked in vain; undefined of a node that answered when it was last asked, or never was. */
  unansweredSince(node: string): string | undefined;
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
export function peersOver(carrier: Carrier, own: { protocol: number; now(): number }): Peers {
  const silent = new Map<string, string>();

  /** A refusal of what was asked for is an answer; a question that whoever asked has given up says nothing. */
  function noted<Value>(node: string, answer: Result<Value, PeerFault>, signal: AbortSignal): Result<Value, PeerFault> {
    if (answer.ok || answer.error.code === 'peer_refused') silent.delete(node);
    else if (!signal.aborted && !silent.has(node)) silent.set(node, new Date(own.now()).toISOString());
    return answer;
  }

  return {
    unansweredSince: (node) => silent.get(node),
    ask: async (node, call, signal = new AbortController().signal) => noted(node, await askOnce(node, call, signal), signal),
  };

  async function askOnce<Name extends PeerCallName>(
    node: string,
    { name, input, asker }: PeerCall<Name>,
    signal: AbortSignal,
  ): Promise<Result<ReplyOf<Name>, PeerFault>> {
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
  }
}
