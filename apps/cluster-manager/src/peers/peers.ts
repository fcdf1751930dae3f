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
    most: {
      bytes: number;
      ms: number;
      signal: AbortSignal;
      /** Not behind other questions to that node. */
      apart?: boolean;
    },
  ): Promise<Result<string, PeerFault>>;
}

/**
 * A node that takes its time over an answer is asked in between what its clock shows: one that is busy says so at once, one
 * that is stopped or cut off says nothing, and is not waited for. Together no longer than a lease, within which a node that
 * hangs is lost anyway.
 */
const IS_IT_THERE = { afterMs: 1_500, withinMs: 3_500 };

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
    const over = new AbortController();
    const asked = carrier.carry(node, question, {
      bytes: mostBytes,
      ms: withinMs,
      signal: AbortSignal.any([signal, limit, over.signal]),
    });
    const isPatient = withinMs > IS_IT_THERE.afterMs + IS_IT_THERE.withinMs;
    const answered = await (isPatient ? Promise.race([asked, silence(node, AbortSignal.any([signal, over.signal]))]) : asked);
    over.abort();
    if (limit.aborted && !answered.ok) return err({ code: 'peer_too_slow', node, seconds: withinMs / 1000 });
    if (!answered.ok) return answered;
    const answer = readAnswer(node, answered.value, own.protocol);
    if (!answer.ok) return answer;
    const read = reply.safeParse(answer.value);
    return read.success ? ok(read.data as never) : err({ code: 'peer_answer_not_understood', node });
  }

  /** Resolves once the node does not even say that it is there; never while it does, or once it is `over`. */
  function silence(node: string, over: AbortSignal): Promise<Result<never, PeerFault>> {
    return new Promise((resolve) => {
      const look = async (): Promise<void> => {
        const { afterMs, withinMs } = IS_IT_THERE;
        const limit = AbortSignal.timeout(withinMs);
        const question = writeQuestion({ protocol: own.protocol, call: 'getClock', input: {} });
        const signal = AbortSignal.any([over, limit]);
        const answered = await carrier.carry(node, question, { bytes: 1024, ms: withinMs, signal, apart: true });
        if (over.aborted) return;
        if (answered.ok) return next();
        const fault: PeerFault = { code: 'peer_too_slow', node, seconds: (afterMs + withinMs) / 1000 };
        resolve(err(limit.aborted ? fault : answered.error));
      };
      const next = (): void => {
        const timer = setTimeout(() => void look(), IS_IT_THERE.afterMs);
        over.addEventListener('abort', () => clearTimeout(timer), { once: true });
      };
      next();
    });
  }
}
