import { watchRun } from '@fallover/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { z } from 'zod';
import { urlOf } from '../../api.ts';
import { runQuery } from '../../live/queries.ts';
import { watch } from '../../live/watch.ts';
import { takeOutput, takeRun } from './queries.ts';

const outputEvent = z.object({ step: z.string(), from: z.number(), bytes: z.number().optional(), text: z.string() });
const GATHER_MS = 100;

/**
 * Follows a run while it goes on. A piece of output that continues exactly what is known is taken as it comes. After anything
 * else (a gap, a reconnect, bytes that are no text) the rest is read in ranges of bytes, so that nothing is lost or doubled.
 */
export function useRunStream(run: string, following: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!following) return;
    const steps = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readOn = async (): Promise<void> => {
      const wanted = [...steps];
      steps.clear();
      await Promise.all(
        wanted.map((step) =>
          queries.refetchQueries({ queryKey: ['output', run, step], type: 'active' }, { cancelRefetch: false }),
        ),
      );
      timer = undefined;
      if (steps.size > 0) gather();
    };
    const gather = (): void => {
      timer ??= setTimeout(() => void readOn(), GATHER_MS);
    };
    const close = watch(urlOf(watchRun, { parameters: { run } }), {
      opened() {
        void queries.invalidateQueries({ queryKey: runQuery(run).queryKey });
        void queries.invalidateQueries({ queryKey: ['output', run] });
      },
      // The stream of the cluster tells the page that nothing is current.
      lost() {},
      events: {
        run: (data) => takeRun(queries, run, data),
        output(data) {
          const told = outputEvent.safeParse(json(data));
          if (!told.success || takeOutput(queries, run, told.data)) return;
          steps.add(told.data.step);
          gather();
        },
      },
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [queries, run, following]);
}

function json(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
