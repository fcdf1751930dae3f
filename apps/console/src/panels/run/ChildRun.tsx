import type { RunView } from '@fallover/contract';
import { onNodeWords } from '@fallover/events';
import { Link } from 'react-router';
import { RunOutcome } from '../../smit/RunOutcome.tsx';
import { duration, elapsedMs } from '../../smit/times.ts';
import { TimelineTrack } from './TimelineTrack.tsx';
import type { Axis } from './timeline.ts';

interface ChildRunProps {
  child: RunView['children'][number];
  view: RunView | undefined;
  axis: Axis | undefined;
  now: number;
}

/** `event_error` or `config_too_long`, raised by this run: a run of its own, beside the steps. */
export function ChildRun({ child, view, axis, now }: ChildRunProps) {
  const elapsed = view ? elapsedMs(view, now) : undefined;
  return (
    <li className="timeline-row timeline-child">
      <span className="timeline-name">
        <Link to={`/runs/${child.run}`} className="smit-event-name">
          {child.event}
        </Link>
        {view ? <span className="smit-quiet">{onNodeWords(view)}</span> : null}
        {view ? <RunOutcome run={view} /> : null}
      </span>
      <TimelineTrack axis={axis} now={now} span={view} outcome="child" />
      <span className="timeline-end smit-quiet">{elapsed === undefined ? '' : duration(elapsed)}</span>
    </li>
  );
}
