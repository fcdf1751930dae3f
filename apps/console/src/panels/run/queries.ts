import { type RunView, runView } from '@fallover/contract';
import type { QueryClient } from '@tanstack/react-query';
import { runQuery } from '../../live/queries.ts';

/** Takes a run as the stream tells it; what is not understood is read anew instead. */
export function takeRun(queries: QueryClient, run: string, data: string): void {
  const parsed = runView.safeParse(parsedJson(data));
  if (parsed.success) queries.setQueryData(runQuery(run).queryKey, parsed.data);
  else void queries.invalidateQueries({ queryKey: runQuery(run).queryKey });
}

/** What is read of a step's output is kept by this key, its end by the same and `tail`. */
export const outputKey = (run: string, step: string): readonly string[] => ['output', run, step];

function parsedJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

export const isOver = ({ state }: Pick<RunView, 'state'>): boolean => state === 'ended' || state === 'cancelled';
