import { roleMay } from '@fallover/contract';
import type { PeerRefusal, Result } from '@fallover/events';
import { type Asker, type GivenReply, type InputOf, isPeerCall, PEER_CALLS, type PeerCallName } from './calls.ts';
import { type Answered, readQuestion, writeAnswer } from './message.ts';

export interface PeerContext {
  /** The node that asks, as its certificate names it. */
  from: string;
  /** For whom; only with a call that says so. */
  asker: Asker | undefined;
  signal: AbortSignal;
}

/** What this node tells others, a function for each call. */
export type PeerHandlers = {
  [Name in PeerCallName]: (input: InputOf<Name>, context: PeerContext) => Promise<Result<GivenReply<Name>, PeerRefusal>>;
};

/** Answers a question as it came from a node, over any carrier. */
export interface Answering {
  answer(from: string, question: string, signal: AbortSignal): Promise<string>;
  /** For what the carrier itself has to say instead. */
  say(answered: Answered): string;
}

/** At once, of one node: a console that is in a hurry has less. */
const MOST_OF_A_NODE = 16;

export function answering(parts: { protocol: number; handlers: PeerHandlers; failed(error: unknown): void }): Answering {
  const { protocol, handlers } = parts;
  const open = new Map<string, number>();
  const say = (answered: Answered): string => writeAnswer(protocol, answered);

  async function answered(from: string, question: string, signal: AbortSignal): Promise<Answered> {
    const asked = readQuestion(question, protocol);
    if ('not' in asked) return asked;
    const { call, asker } = asked;
    if (!isPeerCall(call)) return { not: 'not_understood' };
    const data = PEER_CALLS[call];
    const needed = 'asks' in data ? data.asks : undefined;
    if (needed !== undefined && (!asker || !roleMay(asker.role, needed))) return { refused: notPermitted(asker, needed) };
    const input = data.input.safeParse(asked.input);
    if (!input.success) return { not: 'not_understood' };
    const handler = handlers[call] as (input: unknown, context: PeerContext) => Promise<Result<unknown, PeerRefusal>>;
    const done = await handler(input.data, { from, asker: needed === undefined ? undefined : asker, signal });
    if (done.ok) return { ok: done.value };
    const { code, status, sentence } = done.error;
    return { refused: { code, status, sentence } };
  }

  return {
    say,
    async answer(from, question, signal) {
      const already = open.get(from) ?? 0;
      if (already >= MOST_OF_A_NODE) return say({ not: 'busy' });
      open.set(from, already + 1);
      try {
        return say(await answered(from, question, signal));
      } catch (error) {
        parts.failed(error);
        return say({ not: 'failed' });
      } finally {
        const left = (open.get(from) ?? 1) - 1;
        if (left === 0) open.delete(from);
        else open.set(from, left);
      }
    },
  };
}

/** The gate of the node at which they are signed in has let them through: this is for a peer that has none. */
function notPermitted(asker: Asker | undefined, needed: string): PeerRefusal {
  const who = asker ? `${asker.name} has the role ${asker.role}` : 'Nobody is named for whom this is asked';
  return { code: 'not_permitted', status: 403, sentence: `${who}, and this needs the role ${needed}.` };
}
