import { type UnansweredNode, unansweredNodes, watchRun } from '@fallover/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { urlOf } from '../../api.ts';
import { runQuery } from '../../live/queries.ts';
import { watch } from '../../live/watch.ts';
import { outputKey, takeRun } from './queries.ts';

const outputEvent = z.object({ step: z.string() });
const unansweredEvent = z.object({ nodes: unansweredNodes });
const GATHER_MS = 100;

/**
 * Follows a run while it goes on; the nodes whose output is missing now. A step that has written more is read on from the
 * server, which counts its lines.
 */
export function useRunStream(run: string, following: boolean): readonly UnansweredNode[] {
  const queries = useQueryClient();
  const [unanswered, setUnanswered] = useState<readonly UnansweredNode[]>([]);
  useEffect(() => {
    if (!following) return;
    const steps = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The next round waits for this one, so that much output cannot keep a slow answer from ever arriving.
    const readOn = async (): Promise<void> => {
      const wanted = [...steps];
      steps.clear();
      await Promise.all(
        wanted.map((step) => queries.refetchQueries({ queryKey: [...outputKey(run, step), 'tail'], type: 'active' })),
      );
      timer = undefined;
      if (steps.size > 0) gather();
    };
    const gather = (): void => {
      timer ??= setTimeout(() => void readOn(), GATHER_MS);
    };
    const close = watch(urlOf(watchRun, { parameters: { run } }), {
      opened() {
        // Whoever does not answer is named anew.
        setUnanswered([]);
        void queries.invalidateQueries({ queryKey: runQuery(run).queryKey });
        void queries.invalidateQueries({ queryKey: ['output', run], predicate: ({ queryKey }) => queryKey[3] === 'tail' });
      },
      // The stream of the cluster tells the page that nothing is current.
      lost() {},
      events: {
        run: (data) => takeRun(queries, run, data),
        output(data) {
          const told = outputEvent.safeParse(json(data));
          if (!told.success) return;
          steps.add(told.data.step);
          gather();
        },
        unanswered(data) {
          const told = unansweredEvent.safeParse(json(data));
          if (told.success) setUnanswered(told.data.nodes);
        },
      },
    });
    return () => {
      clearTimeout(timer);
      close();
      setUnanswered([]);
    };
  }, [queries, run, following]);
  return unanswered;
}

function json(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
