import { getOutputLines, type OutputLineView, type RunView, runView, searchOutput } from '@fallover/contract';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { ask, type Reply } from '../../api.ts';
import { runQuery } from '../../live/queries.ts';
import { type OutputLine, readLines } from './log-lines.ts';

/** Takes a run as the stream tells it; what is not understood is read anew instead. */
export function takeRun(queries: QueryClient, run: string, data: string): void {
  const parsed = runView.safeParse(parsedJson(data));
  if (parsed.success) queries.setQueryData(runQuery(run).queryKey, parsed.data);
  else void queries.invalidateQueries({ queryKey: runQuery(run).queryKey });
}

export const PAGE = 500;

export interface LogPart {
  /** The number of its first line, from 0; undefined while the lines before it are not counted yet. */
  first: number | undefined;
  lines: OutputLine[];
  /** Lines and bytes so far. */
  total: number;
  size: number;
  indexing: boolean;
}

const INDEXING_MS = 250;

/** The end of a step's output; read again it says how far the output has grown. */
export const tailQuery = (run: string, step: string) =>
  queryOptions({
    queryKey: ['output', run, step, 'tail'],
    structuralSharing: false,
    queryFn: ({ signal }) => readPart(run, step, -PAGE, signal),
    refetchInterval: ({ state }) => (state.data?.indexing ? INDEXING_MS : false),
  });

/** Lines that do not change any more. */
export const pageQuery = (run: string, step: string, page: number) =>
  queryOptions({
    queryKey: ['output', run, step, 'page', page],
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: ({ signal }) => readPart(run, step, page * PAGE, signal),
  });

/** A reply ends early where lines are long: the rest is asked for. */
async function readPart(run: string, step: string, from: number, signal: AbortSignal): Promise<LogPart> {
  const lines: OutputLineView[] = [];
  const part = (query: { from: number } | { at: number }) =>
    ask(getOutputLines, { parameters: { run }, query: { step, count: PAGE - lines.length, ...query } }, { signal });
  let reply = await part({ from });
  lines.push(...reply.lines);
  while (lines.length < PAGE && reply.lines.length > 0 && reply.next < reply.size) {
    reply = await part({ at: reply.next });
    lines.push(...reply.lines);
  }
  const { total, size, indexing } = reply;
  return { first: lines[0]?.line, lines: readLines(lines), total, size, indexing };
}

export interface Find {
  text: string;
  direction: 'forward' | 'backward';
  /** Forward from this line on, backward before it; from 0. */
  from: number;
}

/** The next line with a text, from 0; undefined when there is none up to that end of the output. */
export async function findLine(run: string, step: string, { text, direction, from }: Find): Promise<number | undefined> {
  let query: { from: number } | { at: number } = { from };
  for (;;) {
    const reply: Reply<typeof searchOutput> = await ask(searchOutput, {
      parameters: { run },
      query: { step, text, direction, limit: 1, ...query },
    });
    const line = reply.matches[0]?.line;
    if (line !== undefined || reply.cursor === undefined) return line;
    query = { at: reply.cursor };
  }
}

function parsedJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

export const isOver = ({ state }: Pick<RunView, 'state'>): boolean => state === 'ended' || state === 'cancelled';
