import './run.css';
import type { RunView, UnansweredNode } from '@fallover/contract';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { runQuery } from '../../live/queries.ts';
import { AbortRun } from '../../smit/AbortRun.tsx';
import { Known } from '../../smit/Known.tsx';
import { Unanswered } from '../../smit/nodes/Unanswered.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { RunOutcome } from '../../smit/RunOutcome.tsx';
import { originWords, runTitle } from '../../smit/RunTable.tsx';
import { clockTime, duration, elapsedMs, untilWarningWords } from '../../smit/times.ts';
import { useNow } from '../../smit/use-now.ts';
import { Decide } from './Decide.tsx';
import { Lanes } from './Lanes.tsx';
import { isOver } from './queries.ts';
import { RunAgain } from './RunAgain.tsx';
import { StepDetails } from './StepDetails.tsx';
import { stepOfInterest } from './step-tree.ts';
import { Timeline } from './Timeline.tsx';
import { UsedRevision } from './UsedRevision.tsx';
import { useRunStream } from './use-run-stream.ts';

const RemoteNotification = lazy(() => import('./RemoteNotification.tsx'));

export default function Run() {
  const { run: id = '' } = useParams();
  const query = useQuery(runQuery(id));
  const unanswered = useRunStream(id, query.data !== undefined && !isOver(query.data));
  return (
    <PanelFrame
      title={query.data ? runTitle(query.data) : 'Run'}
      commands={[`fallover query run ${id}`, ...(query.data?.state === 'running' ? [`fallover abort ${id}`] : [])]}
      above="/runs"
    >
      <Known query={query} elsewhere={{ path: '/runs', label: 'All runs' }}>
        {(run) => <RunBody key={run.id} run={run} unanswered={unanswered} />}
      </Known>
    </PanelFrame>
  );
}

function RunBody({ run, unanswered }: { run: RunView; unanswered: readonly UnansweredNode[] }) {
  const [search, setSearch] = useSearchParams();
  const now = useNow(!isOver(run));
  const asked = search.get('step');
  const open = run.steps.find(({ id }) => id === `${run.id}/${asked}`) ?? stepOfInterest(run);
  const choose = (step: string): void => setSearch({ step: step.slice(run.id.length + 1) }, { replace: true });
  return (
    <>
      <RunHead run={run} now={now} />
      {run.failure ? (
        <div className="run-failure" role={run.state === 'awaiting_decision' ? 'alert' : undefined}>
          <p>{run.failure.sentence}</p>
        </div>
      ) : null}
      {run.state === 'awaiting_decision' ? <Decide run={run} /> : null}
      <Suspense>
        <RemoteNotification run={run} />
      </Suspense>
      {run.rolledUp ? (
        <p>
          It was rolled up by <Link to={`/runs/${run.rolledUp.by}`}>{[run.rolledUp.event, ...run.rolledUp.args].join(' ')}</Link>:{' '}
          {run.rolledUp.sentence}
        </p>
      ) : null}
      <Unanswered nodes={unanswered} what="what its steps write" />
      <Lanes run={run} now={now} open={open?.id} choose={choose} />
      {run.steps.length === 0 && !run.rolledUp ? (
        <p className="smit-empty">
          {run.state === 'queued' ? 'It waits in the queue; its steps appear here when it starts.' : 'It has no steps.'}
        </p>
      ) : null}
      <Timeline run={run} now={now} open={open?.id} choose={choose} />
      {open ? <StepDetails key={open.id} run={run} step={open} now={now} /> : null}
      <History run={run} />
    </>
  );
}

function RunHead({ run, now }: { run: RunView; now: number }) {
  const elapsed = elapsedMs(run, now);
  const limit = run.timeUntilWarning;
  const late = elapsed !== undefined && limit !== undefined && elapsed > limit * 1000;
  return (
    <div className="run-head">
      <RunOutcome run={run} />
      {run.drill ? (
        <Label isCompact color="purple">
          drill
        </Label>
      ) : null}
      <span>
        {elapsed === undefined ? 'not started' : <strong className={late ? 'smit-late' : ''}>{duration(elapsed)}</strong>}
        {limit === undefined ? null : <span className="smit-quiet">{untilWarningWords(limit, late)}</span>}
      </span>
      <span className="smit-quiet">
        by {originWords(run)}, {clockTime(run.acceptedAt, now)}, <UsedRevision revision={run.revision} />
      </span>
      {run.parent ? (
        <span>
          caused by <Link to={`/runs/${run.parent}`}>another run</Link>
        </span>
      ) : null}
      <span className="run-actions">
        {run.state === 'running' ? <AbortRun run={run} /> : null}
        {isOver(run) || run.state === 'awaiting_decision' ? <RunAgain run={run} /> : null}
      </span>
    </div>
  );
}

/** What befell the run beside its steps: warnings and decisions. */
function History({ run }: { run: RunView }) {
  const { decisions, warnedAt, lost } = run;
  if (decisions.length + warnedAt.length + lost.length === 0) return null;
  return (
    <section className="run-history" aria-label="Beside the steps">
      <h2>Beside the steps</h2>
      <ul className="smit-sentences">
        {warnedAt.map(({ scope, seconds, at }) => (
          <li key={`${scope} ${at}`}>
            {clockTime(at)}: warned after {duration(seconds * 1000)} (<code>config_too_long</code>)
          </li>
        ))}
        {lost.map(({ node, at }) => (
          <li key={node}>
            {clockTime(at)}: node <strong>{node}</strong> was lost; nobody waits for it
          </li>
        ))}
        {decisions.map(({ as, by, at }) => (
          <li key={at}>
            {clockTime(at)}: {by} decided <strong>{as}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
