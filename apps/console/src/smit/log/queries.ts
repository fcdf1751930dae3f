import type { OutputLineView } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { type OutputLine, readLines } from './log-lines.ts';
import type { FindAsked, LinesGiven, LogSource } from './log-source.ts';

export const PAGE = 500;

export interface LogPart {
  /** The number of its first line, from 0; undefined while the lines before it are not counted yet. */
  first: number | undefined;
  lines: OutputLine[];
  /** Lines and bytes so far. */
  total: number;
  size: number;
  indexing: boolean;
  identity: string;
}

const INDEXING_MS = 250;

/** The end of a log; read again it says how far the log has grown. */
export const tailQuery = (source: LogSource) =>
  queryOptions({
    queryKey: [...source.key, 'tail'],
    structuralSharing: false,
    queryFn: ({ signal }) => readPart(source, -PAGE, signal),
    refetchInterval: ({ state }) => (state.data?.indexing ? INDEXING_MS : false),
  });

/** Lines that do not change any more, of the file that the end was read of. */
export const pageQuery = (source: LogSource, identity: string, page: number) =>
  queryOptions({
    queryKey: [...source.key, 'page', identity, page],
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: ({ signal }) => readPart(source, page * PAGE, signal),
  });

/** A reply ends early where lines are long: the rest is asked for. */
async function readPart(source: LogSource, from: number, signal: AbortSignal): Promise<LogPart> {
  const lines: OutputLineView[] = [];
  const part = async (place: { from: number } | { at: number }): Promise<LinesGiven> => {
    const reply = await source.lines({ ...place, count: PAGE - lines.length }, signal);
    lines.push(...reply.lines);
    return reply;
  };
  let reply = await part({ from });
  while (lines.length < PAGE && reply.lines.length > 0 && reply.next < reply.size) reply = await part({ at: reply.next });
  const { total, size, indexing, identity = '' } = reply;
  return { first: lines[0]?.line, lines: readLines(lines), total, size, indexing, identity };
}

export type Find = Omit<FindAsked, 'limit'> & {
  /** Forward from this line on, backward before it; from 0. */
  from: number;
};

/** The next line with a text, from 0; undefined when there is none up to that end of the log. */
export async function findLine(source: LogSource, { from, ...find }: Find, signal?: AbortSignal): Promise<number | undefined> {
  let place: { from: number } | { at: number } = { from };
  for (;;) {
    const reply = await source.find({ ...find, limit: 1, ...place }, signal);
    const line = reply.matches[0]?.line;
    if (line !== undefined || reply.cursor === undefined) return line;
    place = { at: reply.cursor };
  }
}
