import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useLayoutEffect, useRef, useState } from 'react';
import type { AnsiStyle } from '../../smit/ansi.ts';
import type { Output, OutputLine } from './output-lines.ts';
import { useWindow } from './use-window.ts';

const LINE_HEIGHT = 20;

interface OutputViewProps {
  output: Output;
  label: string;
  /** More may come. */
  live: boolean;
}

/** The lines of one step's output. It follows the end until somebody scrolls up. */
export function OutputView({ output, label, live }: OutputViewProps) {
  const box = useRef<HTMLDivElement>(null);
  // What is read from its beginning is shown from there.
  const [following, setFollowing] = useState(output.keep === 'last');
  const { lines } = output;
  const { from, to } = useWindow(box, lines.length, LINE_HEIGHT);
  // Every new piece of output moves the end.
  useLayoutEffect(() => {
    const element = box.current;
    if (following && element) element.scrollTop = element.scrollHeight;
  }, [following, output]);
  const scrolled = (): void => {
    const element = box.current;
    if (element) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < LINE_HEIGHT);
  };
  return (
    <div className="output">
      <Hints output={output} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard */}
      <section ref={box} className="output-box" aria-label={label} tabIndex={0} onScroll={scrolled}>
        <div className="output-lines" style={{ height: `${Math.max(1, lines.length) * LINE_HEIGHT}px` }}>
          <div className="output-window" style={{ transform: `translateY(${from * LINE_HEIGHT}px)` }}>
            {lines.slice(from, to).map((line, index) => (
              <Line key={output.dropped + from + index} line={line} />
            ))}
          </div>
        </div>
      </section>
      {live && !following ? (
        <Button className="output-jump" variant="secondary" size="sm" onClick={() => setFollowing(true)}>
          Jump to live
        </Button>
      ) : null}
    </div>
  );
}

function Hints({ output: { keep, begin, dropped, lines } }: { output: Output }) {
  const many = lines.length.toLocaleString('en-GB');
  if (keep === 'first') return <p className="smit-help">The first {many} lines are shown; all is in the run's log.</p>;
  if (dropped > 0 || begin > 0)
    return <p className="smit-help">The last {many} lines are shown; what came before is in the run's log.</p>;
  return null;
}

function Line({ line: { tokens, hidden } }: { line: OutputLine }) {
  return (
    <div className="output-line">
      {tokens.map(({ text, style }, index) => (
        <span key={index} {...looks(style)}>
          {text}
        </span>
      ))}
      {hidden > 0 ? <em className="smit-quiet"> … {hidden.toLocaleString('en-GB')} more characters</em> : null}
    </div>
  );
}

function looks(style: AnsiStyle): { className?: string; style?: React.CSSProperties } {
  const classes: string[] = [];
  const direct: React.CSSProperties = {};
  for (const name of ['bold', 'dim', 'italic', 'underline', 'inverse'] as const) if (style[name]) classes.push(`ansi-${name}`);
  if (typeof style.colour === 'number') classes.push(`ansi-${style.colour}`);
  else if (style.colour) direct.color = style.colour;
  if (typeof style.background === 'number') classes.push(`ansi-on-${style.background}`);
  else if (style.background) direct.backgroundColor = style.background;
  return {
    ...(classes.length > 0 ? { className: classes.join(' ') } : {}),
    ...(Object.keys(direct).length > 0 ? { style: direct } : {}),
  };
}
