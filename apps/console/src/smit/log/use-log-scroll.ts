import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { LINE_HEIGHT, type LogPosition, lastTop, positionAt, scrolledTo, scrollHeight } from './log-scroll.ts';

const AROUND = 40;
/** The first line in the box is one of every so many: within them, scrolling changes no line. */
const STEP = 20;
/** Before anything is measured, and where nothing can be (tests): as much as a tall screen shows. */
const UNMEASURED_LINES = 200;

export interface LogScroll {
  /** The lines that are on the screen, and some around them. */
  from: number;
  to: number;
  /** Where the first of them stands in the box that is scrolled. */
  offset: number;
  height: number;
  atEnd: boolean;
  scrollTo(line: number): void;
}

/** Which of any number of lines a scrolled box has to hold. While `following` it stays at the end, however that moves. */
export function useLogScroll(
  box: RefObject<HTMLElement | null>,
  lines: number,
  following: boolean,
  wrap: boolean,
  scrolled: (atEnd: boolean) => void,
): LogScroll {
  const [seen, setSeen] = useState(0);
  const [position, setPosition] = useState<LogPosition>({ top: 0, at: 0 });
  const size = { lines, seen };
  const latest = useRef({ size, position, scrolled });
  latest.current = { size, position, scrolled };

  const go = useCallback(
    (next: LogPosition) => {
      const element = box.current;
      latest.current.position = next;
      setPosition(next);
      if (element && Math.abs(element.scrollTop - next.at) >= 1) element.scrollTop = next.at;
    },
    [box],
  );

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setSeen(element.clientHeight);
    const moved = (): void => {
      const { size, position } = latest.current;
      if (Math.abs(element.scrollTop - position.at) < 1) return;
      const next = scrolledTo(size, position, element.scrollTop);
      go(next);
      latest.current.scrolled(lastTop(size) - next.top < LINE_HEIGHT);
    };
    measure();
    element.addEventListener('scroll', moved, { passive: true });
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    observer?.observe(element);
    return () => {
      element.removeEventListener('scroll', moved);
      observer?.disconnect();
    };
  }, [box, go]);

  useLayoutEffect(() => {
    if (following) go(positionAt({ lines, seen }, Number.POSITIVE_INFINITY));
  }, [following, lines, seen, go]);

  const scrollTo = useCallback(
    (line: number) => {
      const { size } = latest.current;
      go(positionAt(size, line * LINE_HEIGHT - size.seen / 3));
    },
    [go],
  );

  const shown = seen === 0 ? UNMEASURED_LINES : Math.ceil(seen / LINE_HEIGHT) + 1;
  const first = Math.max(0, Math.min(Math.floor(position.top / LINE_HEIGHT), lines - 1));
  // Lines that are wrapped are of any height: none stands above the one that the box is scrolled to.
  const from = wrap ? first : stepped(Math.max(0, Math.min(first, lines - shown) - AROUND));
  return {
    from,
    to: Math.min(lines, stepped(first + shown + AROUND + STEP)),
    offset: position.at + (wrap ? 0 : from * LINE_HEIGHT - position.top),
    height: scrollHeight(size),
    atEnd: lastTop(size) - position.top < LINE_HEIGHT,
    scrollTo,
  };
}

const stepped = (line: number): number => line - (line % STEP);
