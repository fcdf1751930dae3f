import { downloadLog, getLogLines, listLogs, searchLog } from '@fallover/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, type Reply, urlOf } from '../../api.ts';
import { type OutputLine, readLines } from '../../smit/log/log-lines.ts';
import type { LogSource } from '../../smit/log/log-source.ts';

const GROWN_MS = 2_000;
const SILENT_MS = 10_000;
const FOUND_AT_ONCE = 500;

/** The logs and how large they are: read often, for it tells that there is more to read. */
export const logsQuery = (node: string | undefined) =>
  queryOptions({
    queryKey: [...keyOf(node), 'list'],
    queryFn: ({ signal }) => ask(listLogs, { query: on(node) }, { signal }),
    // Whoever does not answer is asked less often: each question takes its time.
    refetchInterval: ({ state }) => (state.status === 'error' ? SILENT_MS : GROWN_MS),
  });

/** A log of a node; undefined is the node that answers. */
export interface LogOfNode {
  node: string | undefined;
  log: string;
}

const on = (node: string | undefined): { node?: string } => (node === undefined ? {} : { node });
const keyOf = (node: string | undefined): string[] => ['logs', node ?? ''];

export function logNamed({ node, log }: LogOfNode): LogSource {
  const parameters = { log };
  return {
    key: [...keyOf(node), log],
    lines: (query, signal) => ask(getLogLines, { parameters, query: { ...on(node), ...query } }, { signal }),
    find: (query, signal) => ask(searchLog, { parameters, query: { ...on(node), ...query } }, { signal }),
    download: (gzip) => urlOf(downloadLog, { parameters, query: { ...on(node), ...(gzip ? { gzip: 'true' } : {}) } }),
  };
}

/** As an address of this panel says which log it is. */
export const addressed = ({ node, log }: LogOfNode): Record<string, string> => ({ ...on(node), log });

export interface LineFound {
  /** From 0; undefined while the lines before it are not counted yet. */
  number: number | undefined;
  offset: number;
  /** Its colours are its own: what stands before it in the log is not known here. */
  line: OutputLine;
}

/** The lines with a text, from the first on. A request reads only so much: what it found goes on until there are some. */
export const foundQuery = ({ node, log }: LogOfNode, text: string) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(node), log, 'only', text],
    // It may be a gigabyte: read when it is asked for, not whenever the window comes back.
    refetchOnWindowFocus: false,
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const found: LineFound[] = [];
      let at: number | undefined = pageParam;
      while (at !== undefined && found.length < FOUND_AT_ONCE) {
        const query: { text: string; at: number; limit: number } = { ...on(node), text, at, limit: FOUND_AT_ONCE - found.length };
        const reply: Reply<typeof searchLog> = await ask(searchLog, { parameters: { log }, query }, { signal });
        for (const match of reply.matches)
          found.push(...readLines([match]).map((line) => ({ number: match.line, offset: match.offset, line })));
        at = reply.cursor;
      }
      return { found, next: at };
    },
    getNextPageParam: ({ next }) => next,
  });
