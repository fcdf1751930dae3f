import { type Axis, barOf, type Mark, placeOf, type Span } from './timeline.ts';

interface TimelineTrackProps {
  axis: Axis | undefined;
  now: number;
  span?: Span | undefined;
  outcome?: string | undefined;
  marks?: readonly Mark[];
}

/** The bar of one thing on the time axis. It says nothing that the row's words do not say: a screen reader passes it by. */
export function TimelineTrack({ axis, now, span, outcome = '', marks = [] }: TimelineTrackProps) {
  if (!axis) return <span className="timeline-track" aria-hidden="true" />;
  const bar = span ? barOf(axis, span, now) : undefined;
  const tick = (axis.tick / (axis.to - axis.from)) * 100;
  return (
    <span className="timeline-track" aria-hidden="true" style={{ '--tick': `${tick}%` } as React.CSSProperties}>
      {bar ? (
        <span className={`timeline-bar timeline-bar-${outcome}`} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />
      ) : null}
      {marks.map(({ at, kind, says }) => (
        <span key={at} className={`timeline-mark timeline-mark-${kind}`} style={{ left: `${placeOf(axis, at)}%` }} title={says} />
      ))}
    </span>
  );
}
