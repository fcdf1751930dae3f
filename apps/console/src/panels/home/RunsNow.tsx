import type { RunSummary } from '@fallover/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { runQuery } from '../../live/queries.ts';
import { AbortRun } from '../../smit/AbortRun.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { runTitle } from '../../smit/RunTable.tsx';
import { keyWords } from '../../smit/step-words.ts';
import { duration, elapsedMs, untilWarningWords } from '../../smit/times.ts';

/** An event that is processed: which step, on which node, and the time it has taken against the time until warning. */
export function RunsNow({ run, now }: { run: RunSummary; now: number }) {
  const view = useQuery(runQuery(run.id)).data;
  const steps = view?.steps.filter(({ state }) => state === 'running') ?? [];
  const elapsed = elapsedMs(run, now) ?? 0;
  const limit = view?.timeUntilWarning;
  const part = limit === undefined ? undefined : Math.min(100, (elapsed / (limit * 1000)) * 100);
  const late = part === 100;
  const ended = view?.steps.filter(({ state }) => state === 'finished').length ?? 0;
  const left = view?.toRun.length ?? 0;
  return (
    <div className="runs-now">
      <p className="runs-now-head">
        <Link to={`/runs/${run.id}`} className="smit-event-name">
          {runTitle(run)}
        </Link>
        <span className={late ? 'smit-late' : ''}>
          {duration(elapsed)}
          {limit === undefined ? '' : untilWarningWords(limit, late)}
        </span>
      </p>
      {part === undefined ? null : (
        <progress
          className={late ? 'warning-bar warning-bar-late' : 'warning-bar'}
          max={100}
          value={part}
          aria-label={`Time until warning of ${run.event}`}
        />
      )}
      {steps.map((step) => (
        <p key={step.id} className="runs-now-step">
          <span>
            {keyWords(step)} on {step.node}: <Pathname>{step.command ?? step.event}</Pathname>
            {step.attempt > 1 ? ` · attempt ${step.attempt}` : ''}
          </span>
          <span className="smit-quiet">{duration(now - Date.parse(step.startedAt))}</span>
        </p>
      ))}
      {view ? (
        <div className="runs-now-foot">
          <p className="smit-count">
            {ended === 1 ? '1 step' : `${ended} steps`} ended{left > 0 ? `, ${left} to run` : ''}
          </p>
          {view.state === 'running' ? <AbortRun run={view} /> : null}
        </div>
      ) : null}
    </div>
  );
}
