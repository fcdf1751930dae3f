import { getStepOutput, type RunView, runView } from '@fallover/contract';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { askBytes } from '../../api.ts';
import { runQuery } from '../../live/queries.ts';
import { emptyOutput, MOST_LINES, type Output, withBytes } from './output-lines.ts';

/** Takes a run as the stream tells it; what is not understood is read anew instead. */
export function takeRun(queries: QueryClient, run: string, data: string): void {
  const parsed = runView.safeParse(parsedJson(data));
  if (parsed.success) queries.setQueryData(runQuery(run).queryKey, parsed.data);
  else void queries.invalidateQueries({ queryKey: runQuery(run).queryKey });
}

/** Takes a piece of output where it continues what is known; false when the rest has to be read in ranges. */
export function takeOutput(
  queries: QueryClient,
  run: string,
  told: { step: string; from: number; bytes?: number | undefined; text: string },
): boolean {
  const queryKey = ['output', run, told.step, 'end'];
  const known = queries.getQueryData<Output>(queryKey);
  const bytes = new TextEncoder().encode(told.text);
  if (!known || bytes.length !== told.bytes) return false;
  if (told.from + bytes.length <= known.next) return true;
  if (told.from !== known.next || queries.isFetching({ queryKey }) > 0) return false;
  queries.setQueryData(queryKey, withBytes(known, bytes));
  return true;
}

const RANGE = 524_288;
/** Of a large output the end is read first: a browser need not hold what nobody scrolls to. */
export const MOST_BYTES = 8_388_608;
const SIZE_HEADER = 'Fallover-Output-Size';

export type ReadFrom = 'end' | 'start';

/** The output of one step; reading it again goes on where the last reading ended. */
export const outputQuery = (queries: QueryClient, run: string, step: string, from: ReadFrom) => {
  const queryKey = ['output', run, step, from] as const;
  return queryOptions({
    queryKey,
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    async queryFn({ signal }): Promise<Output> {
      let output = queries.getQueryData<Output>(queryKey) ?? (await startOf(run, step, from, signal));
      const most = from === 'start' ? MOST_BYTES : Number.POSITIVE_INFINITY;
      while (output.next < most && !(output.keep === 'first' && output.lines.length >= MOST_LINES)) {
        const { bytes, total } = await range(run, step, output.next, RANGE, signal);
        output = withBytes(output, bytes);
        if (bytes.length === 0 || output.next >= total) break;
      }
      return output;
    },
  });
};

async function startOf(run: string, step: string, from: ReadFrom, signal: AbortSignal): Promise<Output> {
  if (from === 'start') return emptyOutput(0, 'first');
  const { total } = await range(run, step, 0, 1, signal);
  return emptyOutput(Math.max(0, total - MOST_BYTES));
}

async function range(run: string, step: string, from: number, length: number, signal: AbortSignal) {
  const { bytes, headers } = await askBytes(getStepOutput, { parameters: { run }, query: { step, from, length } }, { signal });
  return { bytes, total: Number(headers.get(SIZE_HEADER) ?? from + bytes.length) };
}

function parsedJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

export const isOver = ({ state }: Pick<RunView, 'state'>): boolean => state === 'ended' || state === 'cancelled';
