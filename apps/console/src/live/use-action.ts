import type { Endpoint } from '@fallover/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ask, isConflict, OutOfReach, type Reply, type Request } from '../api.ts';
import { ofTopic } from './topics.ts';

/**
 * A write, asked for by a person. Its request id is made for the action and stays the same while the same submission has got
 * no answer, so that a second try after a lost connection never does it twice.
 */
export function useAction<E extends Endpoint>(endpoint: E, topics: readonly string[], done?: (reply: Reply<E>) => void) {
  const queries = useQueryClient();
  const readAnew = (): Promise<unknown> => Promise.all(topics.map((topic) => queries.invalidateQueries(ofTopic(topic))));
  const unanswered = useRef<{ request: string; id: string }>(undefined);
  return useMutation<Reply<E>, Error, Request<E>>({
    async mutationFn(request) {
      const text = JSON.stringify(request);
      const id = unanswered.current?.request === text ? unanswered.current.id : crypto.randomUUID();
      unanswered.current = { request: text, id };
      try {
        const reply = await ask(endpoint, request, { requestId: id });
        unanswered.current = undefined;
        return reply;
      } catch (error) {
        if (!(error instanceof OutOfReach)) unanswered.current = undefined;
        throw error;
      }
    },
    async onSuccess(reply) {
      // First what the panel makes of the answer, so that reading anew cannot look like somebody else's change.
      done?.(reply);
      await readAnew();
    },
    // What the screen shows is not what the cluster manager has.
    onError(error) {
      if (isConflict(error)) void readAnew();
    },
  });
}
