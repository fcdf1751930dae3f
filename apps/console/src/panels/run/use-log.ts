import type { StepView } from '@fallover/contract';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutputLine } from './log-lines.ts';
import { type LogPart, PAGE, pageQuery, tailQuery } from './queries.ts';

/** While somebody drags the scrollbar, nothing is asked for. */
const SETTLED_MS = 60;

/** The end of a step's output, which goes on while the step runs. */
export function useTail(run: string, step: StepView) {
  const running = step.state === 'running';
  const query = useQuery({
    ...tailQuery(run, step.id),
    // Beside the stream: what a step wrote while the stream was away is not missed for long.
    ...(running ? { refetchInterval: 5_000 } : {}),
  });
  const { refetch } = query;
  const wasRunning = useRef(running);
  // Once more when the step has ended, for its last words.
  useEffect(() => {
    if (wasRunning.current && !running) void refetch();
    wasRunning.current = running;
  }, [running, refetch]);
  return query;
}

/** The lines of an output of any size, of which only those that are looked at are read. */
export function useLines(run: string, step: string, tail: LogPart) {
  const [pages, setPages] = useState<number[]>([]);
  const [window, setWindow] = useState({ from: 0, to: 0 });
  const tailFrom = tail.first ?? 0;
  useEffect(() => {
    const wanted: number[] = [];
    for (let page = Math.floor(window.from / PAGE); page * PAGE < Math.min(window.to, tailFrom); page += 1) wanted.push(page);
    const timer = setTimeout(() => setPages((known) => (known.join() === wanted.join() ? known : wanted)), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [window, tailFrom]);
  const read = useQueries({ queries: pages.map((page) => pageQuery(run, step, page)) });
  const lineAt = (index: number): OutputLine | undefined => {
    if (index >= tailFrom) return tail.lines[index - tailFrom];
    const at = pages.indexOf(Math.floor(index / PAGE));
    return read[at]?.data?.lines[index % PAGE];
  };
  const looksAt = useCallback((from: number, to: number) => setWindow({ from, to }), []);
  return { lines: tailFrom + tail.lines.length, lineAt, looksAt };
}
