import { downloadLog, getLogLines, listLogs, searchLog } from '@fallover/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, type Reply, urlOf } from '../../api.ts';
import { type OutputLine, readLines } from '../../smit/log/log-lines.ts';
import type { LogSource } from '../../smit/log/log-source.ts';

const GROWN_MS = 2_000;
const FOUND_AT_ONCE = 500;

/** The logs and how large they are: read often, for it tells that there is more to read. */
export const logsQuery = queryOptions({
  queryKey: ['logs'],
  queryFn: ({ signal }) => ask(listLogs, { query: {} }, { signal }),
  refetchInterval: GROWN_MS,
});

export function logNamed(log: string): LogSource {
  const parameters = { log };
  return {
    key: ['logs', log],
    lines: (query, signal) => ask(getLogLines, { parameters, query }, { signal }),
    find: (query, signal) => ask(searchLog, { parameters, query }, { signal }),
    download: (gzip) => urlOf(downloadLog, { parameters, query: gzip ? { gzip: 'true' } : {} }),
  };
}

export interface LineFound {
  /** From 0; undefined while the lines before it are not counted yet. */
  number: number | undefined;
  offset: number;
  /** Its colours are its own: what stands before it in the log is not known here. */
  line: OutputLine;
}

/** The lines with a text, from the first on. A request reads only so much: what it found goes on until there are some. */
export const foundQuery = (log: string, text: string) =>
  infiniteQueryOptions({
    queryKey: ['logs', log, 'only', text],
    // It may be a gigabyte: read when it is asked for, not whenever the window comes back.
    refetchOnWindowFocus: false,
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const found: LineFound[] = [];
      let at: number | undefined = pageParam;
      while (at !== undefined && found.length < FOUND_AT_ONCE) {
        const query: { text: string; at: number; limit: number } = { text, at, limit: FOUND_AT_ONCE - found.length };
        const reply: Reply<typeof searchLog> = await ask(searchLog, { parameters: { log }, query }, { signal });
        for (const match of reply.matches)
          found.push(...readLines([match]).map((line) => ({ number: match.line, offset: match.offset, line })));
        at = reply.cursor;
      }
      return { found, next: at };
    },
    getNextPageParam: ({ next }) => next,
  });
