import { memo } from 'react';
import { Link } from 'react-router';
import type { AnsiStyle } from '../ansi.ts';
import { linksIn } from './links.ts';
import type { OutputLine } from './log-lines.ts';
import { lineTime, type TimeShown } from './log-times.ts';

interface LogLineProps {
  /** Counted from 1. */
  number: number;
  line: OutputLine | undefined;
  /** Missing while the line has no number. */
  href: string | undefined;
  marked: boolean;
  hit: RegExp | undefined;
  times: TimeShown;
}

/**
 * One line: its number, which is its address, when it came, and its text. What a command wrote is text and never anything else.
 * Made anew only when it changes, for whoever scrolls moves many.
 */
export const LogLine = memo(function LogLine({ number, line, href, marked, hit, times }: LogLineProps) {
  return (
    <div
      className={marked ? 'output-line output-line-marked' : 'output-line'}
      {...(marked ? { 'aria-current': 'location' } : {})}
    >
      {href === undefined ? null : (
        <Link to={href} className="output-number" tabIndex={-1} aria-label={`Line ${number}`} preventScrollReset>
          {number}
        </Link>
      )}
      {times === 'off' ? null : <Time at={line?.time} times={times} />}
      <span className="output-text">
        {line ? <Text line={line} hit={marked ? hit : undefined} /> : <span className="output-unread">…</span>}
      </span>
    </div>
  );
});

function Time({ at, times }: { at: number | undefined; times: Exclude<TimeShown, 'off'> }) {
  if (at === undefined) return <span className="output-time" />;
  return (
    <time className="output-time" dateTime={new Date(at).toISOString()}>
      {lineTime(at, times)}
    </time>
  );
}

function Text({ line: { tokens, hidden }, hit }: { line: OutputLine; hit: RegExp | undefined }) {
  return (
    <>
      {tokens.map(({ text, style }, index) => (
        <span key={index} {...looks(style)}>
          {linksIn(text).map((part, at) =>
            part.href ? (
              <a key={at} href={part.href} target="_blank" rel="noopener noreferrer" title={`Opens ${part.href}`}>
                {part.text}
              </a>
            ) : (
              <Marked key={at} text={part.text} hit={hit} />
            ),
          )}
        </span>
      ))}
      {hidden > 0 ? <em className="smit-quiet"> … {hidden.toLocaleString('en-GB')} more bytes</em> : null}
    </>
  );
}

function Marked({ text, hit }: { text: string; hit: RegExp | undefined }) {
  if (!hit) return text;
  return text.split(hit).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
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
