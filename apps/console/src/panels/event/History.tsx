import './event.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Known } from '../../smit/Known.tsx';
import { RunTable } from '../../smit/RunTable.tsx';
import { duration } from '../../smit/times.ts';
import { useNow } from '../../smit/use-now.ts';
import { historyQuery } from './queries.ts';

/** Past runs of the event, and how long they take against the time until warning. */
export function History({ event }: { event: string }) {
  const query = useQuery(historyQuery(event));
  const now = useNow(query.data?.runs.some(({ state }) => state === 'running') ?? false);
  return (
    <section aria-label="Past runs">
      <h2>Past runs</h2>
      <Known query={query}>
        {({ runs, count, ended, medianSeconds, longestSeconds, timeUntilWarning }) =>
          count === 0 && runs.length === 0 ? (
            <p className="smit-empty">
              It has not been run yet. <Link to={`/smit/cm_run_event?event=${encodeURIComponent(event)}`}>Run it</Link>
            </p>
          ) : (
            <>
              {medianSeconds === undefined ? (
                <p className="smit-quiet">None of them has ended yet.</p>
              ) : (
                <Durations
                  median={medianSeconds}
                  longest={longestSeconds ?? medianSeconds}
                  limit={timeUntilWarning}
                  ended={ended}
                />
              )}
              <RunTable runs={runs} label="Past runs" now={now} />
              {count > runs.length ? (
                <p>
                  <Link to={`/runs?event=${encodeURIComponent(event)}`}>All {count} runs</Link>
                </p>
              ) : null}
            </>
          )
        }
      </Known>
    </section>
  );
}

interface DurationsProps {
  median: number;
  longest: number;
  /** 0: the event is never warned about. */
  limit: number;
  ended: number;
}

function Durations({ median, longest, limit, ended }: DurationsProps) {
  const scale = Math.max(limit, longest);
  const share = (seconds: number): number => (scale === 0 ? 0 : Math.min(100, (seconds / scale) * 100));
  return (
    <div className="durations">
      <p>
        {ended === 1 ? (
          <>
            The one run that has ended took <strong>{duration(longest * 1000)}</strong>;{' '}
          </>
        ) : (
          <>
            Half of the {ended} runs that have ended took at most <strong>{duration(median * 1000)}</strong>, the longest{' '}
            {duration(longest * 1000)};{' '}
          </>
        )}
        {limit === 0 ? 'it is never warned about.' : `the time until warning is ${duration(limit * 1000)}.`}
        {limit > 0 && longest > limit ? (
          <span className="smit-late"> {ended === 1 ? 'It' : 'The longest'} went past it.</span>
        ) : null}
      </p>
      {limit === 0 ? null : (
        <svg
          className="durations-bar"
          viewBox="0 0 100 10"
          preserveAspectRatio="none"
          role="img"
          aria-label="Median and longest duration against the time until warning"
        >
          <rect x="0" y="2" width="100" height="6" className="durations-limit" />
          <rect
            x="0"
            y="2"
            width={share(longest)}
            height="6"
            className={longest > limit ? 'durations-late' : 'durations-longest'}
          />
          <rect x="0" y="2" width={Math.max(0.5, share(median))} height="6" className="durations-median" />
          <rect x={Math.min(99.6, share(limit))} y="0" width="0.4" height="10" className="durations-mark" />
        </svg>
      )}
    </div>
  );
}
