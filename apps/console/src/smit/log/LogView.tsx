import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { LogLine } from './LogLine.tsx';
import type { OutputLine } from './log-lines.ts';
import type { TimeShown } from './log-times.ts';
import { useLogScroll } from './use-log-scroll.ts';

interface LogViewProps {
  label: string;
  /** Lines so far. */
  lines: number;
  /** One of them, counted from 0; undefined while it is not read. */
  lineAt: (index: number) => OutputLine | undefined;
  /** Which lines are looked at. */
  looksAt: (from: number, to: number) => void;
  /** More may come. */
  live: boolean;
  wrap: boolean;
  times: TimeShown;
  /** Counted from 1; what the URL says. */
  marked: number | undefined;
  /** What is searched for: shown in the marked line. */
  find: string;
  /** The address of a line; undefined while lines have no number. */
  hrefOf: ((line: number) => string) | undefined;
}

/** The lines of a log, of which the page holds only those on the screen. It follows the end until somebody scrolls up. */
export function LogView({ label, lines, lineAt, looksAt, live, wrap, times, marked, find, hrefOf }: LogViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(marked === undefined);
  const { from, to, offset, height, atEnd, scrollTo } = useLogScroll(box, lines, following, wrap, setFollowing);
  useEffect(() => looksAt(from, to), [looksAt, from, to]);
  const asked = useRef<number>(undefined);
  useEffect(() => {
    if (marked === undefined || asked.current === marked || marked > lines) return;
    asked.current = marked;
    setFollowing(false);
    scrollTo(marked - 1);
  }, [marked, lines, scrollTo]);
  // A browser takes Home and End for the box that has the focus, but not with Control, as who reads long texts presses them.
  const pressed = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey || (event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    setFollowing(event.key === 'End');
    if (event.key === 'Home') scrollTo(0);
  };
  const numbers = String(lines).length;
  const hit = useMemo(
    () => (find === '' ? undefined : new RegExp(`(${find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'i')),
    [find],
  );
  return (
    <div className="output" style={{ '--numbers': `${numbers}ch` } as React.CSSProperties}>
      {/* biome-ignore-start lint/a11y: a scrolled region has to be reachable, and scrolled, by keyboard */}
      <section
        ref={box}
        className={wrap ? 'output-box output-wrapped' : 'output-box'}
        aria-label={label}
        tabIndex={0}
        onKeyDown={pressed}
      >
        {/* biome-ignore-end lint/a11y: to here */}
        <div className="output-lines" style={{ height: `${height}px` }}>
          <div
            className="output-window"
            // Wrapped lines are taller than they count for: at the end the last one stands at the bottom.
            style={wrap && atEnd ? { bottom: 0 } : { transform: `translateY(${offset}px)` }}
          >
            <LinesBetween from={from} to={to} lineAt={lineAt} hrefOf={hrefOf} marked={marked} hit={hit} times={times} />
          </div>
        </div>
      </section>
      {following ? null : (
        <Button className="output-jump" variant="secondary" size="sm" onClick={() => setFollowing(true)}>
          {live ? 'Jump to live' : 'To the end'}
        </Button>
      )}
    </div>
  );
}

interface LinesBetweenProps extends Pick<LogViewProps, 'lineAt' | 'hrefOf' | 'marked' | 'times'> {
  from: number;
  to: number;
  hit: RegExp | undefined;
}

/** Made anew only for other lines: most of scrolling only moves the box that they stand in. */
const LinesBetween = memo(function LinesBetween({ from, to, lineAt, hrefOf, marked, hit, times }: LinesBetweenProps) {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => (
    <LogLine
      key={from + index}
      number={from + index + 1}
      line={lineAt(from + index)}
      href={hrefOf?.(from + index + 1)}
      marked={from + index + 1 === marked}
      hit={hit}
      times={times}
    />
  ));
});
