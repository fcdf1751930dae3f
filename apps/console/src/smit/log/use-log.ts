import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OutputLine } from './log-lines.ts';
import type { LogSource } from './log-source.ts';
import { type LogPart, PAGE, pageQuery, tailQuery } from './queries.ts';

/** While somebody drags the scrollbar, nothing is asked for. */
const SETTLED_MS = 60;

/** The end of a log, which goes on while it is live. */
export function useTail(source: LogSource, live: boolean) {
  const query = useQuery({
    ...tailQuery(source),
    // Beside what tells that there is more: what came while that was away is not missed for long.
    ...(live ? { refetchInterval: 5_000 } : {}),
  });
  const { refetch } = query;
  const wasLive = useRef(live);
  // Once more when it has ended, for its last words.
  useEffect(() => {
    if (wasLive.current && !live) void refetch();
    wasLive.current = live;
  }, [live, refetch]);
  return query;
}

/** The lines of a log of any size, of which only those that are looked at are read. */
export function useLines(source: LogSource, tail: LogPart) {
  const [pages, setPages] = useState<number[]>([]);
  const tailFrom = tail.first ?? 0;
  const window = useRef({ from: 0, to: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const choose = useCallback(() => {
    clearTimeout(timer.current);
    const { from, to } = window.current;
    const wanted: number[] = [];
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, tailFrom); page += 1) wanted.push(page);
    timer.current = setTimeout(() => setPages((known) => (known.join() === wanted.join() ? known : wanted)), SETTLED_MS);
  }, [tailFrom]);
  // The log grows: what was its end is a page now.
  useEffect(() => {
    choose();
    return () => clearTimeout(timer.current);
  }, [choose]);
  const looksAt = useCallback(
    (from: number, to: number) => {
      window.current = { from, to };
      choose();
    },
    [choose],
  );
  const read = useQueries({
    queries: pages.map((page) => pageQuery(source, tail.identity, page)),
    combine: linesOf,
  });
  // Stays the same function while the same lines are read, so that what shows them need not be made anew.
  const lineAt = useMemo(
    () =>
      (index: number): OutputLine | undefined => {
        if (index >= tailFrom) return tail.lines[index - tailFrom];
        const at = pages.indexOf(Math.floor(index / PAGE));
        return read[at]?.[index % PAGE];
      },
    [tailFrom, tail.lines, pages, read],
  );
  return { lines: tailFrom + tail.lines.length, lineAt, looksAt };
}

const linesOf = (results: UseQueryResult<LogPart>[]): (OutputLine[] | undefined)[] => results.map(({ data }) => data?.lines);
