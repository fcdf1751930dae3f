import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useEffect, useRef, useState } from 'react';
import { LogLine } from './LogLine.tsx';
import type { OutputLine } from './log-lines.ts';
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
  /** Counted from 1; what the URL says. */
  marked: number | undefined;
  /** What is searched for: shown in the marked line. */
  find: string;
  /** The address of a line; undefined while lines have no number. */
  hrefOf: ((line: number) => string) | undefined;
}

/** The lines of one step's output, of which the page holds only those on the screen. It follows the end until somebody scrolls up. */
export function LogView({ label, lines, lineAt, looksAt, live, wrap, marked, find, hrefOf }: LogViewProps) {
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
  const numbers = String(lines).length;
  const hit = find === '' ? undefined : new RegExp(`(${find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'i');
  return (
    <div className="output" style={{ '--numbers': `${numbers}ch` } as React.CSSProperties}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard */}
      <section ref={box} className={wrap ? 'output-box output-wrapped' : 'output-box'} aria-label={label} tabIndex={0}>
        <div className="output-lines" style={{ height: `${height}px` }}>
          <div
            className="output-window"
            // Wrapped lines are taller than they count for: at the end the last one stands at the bottom.
            style={wrap && atEnd ? { bottom: 0 } : { transform: `translateY(${offset}px)` }}
          >
            {Array.from({ length: Math.max(0, to - from) }, (_, index) => (
              <LogLine
                key={from + index}
                number={from + index + 1}
                line={lineAt(from + index)}
                href={hrefOf?.(from + index + 1)}
                marked={from + index + 1 === marked}
                hit={hit}
              />
            ))}
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
