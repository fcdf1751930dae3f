import { createHash } from 'node:crypto';
import type { Answer, ClusterStore, RecordedAnswer, WriteRequest } from '@fallover/store';

const KEPT_IN_MEMORY = 1000;

export interface Performed {
  answer: Answer;
  /** Kept for a repeat; a fault that may be gone the next time is not. */
  record: boolean;
}
export type Outcome = { answer: Answer } | { reused: true };

export interface WriteRequests {
  /**
   * Performs a request once. A repeat gets the first answer; one that comes while the first is at work waits for it. The
   * same id with another content, or from somebody else, is `reused`.
   */
  once(request: WriteRequest, recorded: boolean, perform: () => Promise<Performed>): Promise<Outcome>;
}

export const digestOf = (method: string, pathAndQuery: string, body: unknown): string =>
  createHash('sha256')
    .update(`${method}\n${pathAndQuery}\n${JSON.stringify(body) ?? ''}`)
    .digest('hex');

export const isSameRequest = (request: WriteRequest, { digest, principal }: { digest: string; principal: string }): boolean =>
  request.digest === digest && request.principal === principal;

export function writeRequests({
  store,
  now,
}: {
  store: Pick<ClusterStore, 'answerTo' | 'recordAnswer'>;
  now: () => number;
}): WriteRequests {
  const atWork = new Map<string, Promise<unknown>>();
  const inMemory = new Map<string, RecordedAnswer>();

  const memory: typeof store = {
    answerTo: async (id) => inMemory.get(id),
    async recordAnswer({ id, digest, principal }, answer) {
      const recorded = { ...answer, digest, principal, at: new Date(now()).toISOString() };
      inMemory.set(id, recorded);
      for (const oldest of inMemory.keys()) if (inMemory.size > KEPT_IN_MEMORY) inMemory.delete(oldest);
      return recorded;
    },
  };

  async function perform(request: WriteRequest, recorded: boolean, work: () => Promise<Performed>): Promise<Outcome> {
    const answers = recorded ? store : memory;
    const before = await answers.answerTo(request.id);
    if (before) return isSameRequest(request, before) ? { answer: before } : { reused: true };
    const performed = await work();
    if (!performed.record) return { answer: performed.answer };
    // A use case whose effect is in the store has put its answer in the same commit; then that one is the first.
    const first = (await answers.answerTo(request.id)) ?? (await answers.recordAnswer(request, performed.answer));
    return isSameRequest(request, first) ? { answer: first } : { reused: true };
  }

  return {
    async once(request, recorded, work) {
      for (let first = atWork.get(request.id); first; first = atWork.get(request.id)) await first.catch(() => undefined);
      const working = perform(request, recorded, work);
      atWork.set(request.id, working);
      try {
        return await working;
      } finally {
        atWork.delete(request.id);
      }
    },
  };
}
