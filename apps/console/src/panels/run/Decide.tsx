import { type RunView, recover } from '@fallover/contract';
import { DECISIONS, type Decision } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForbidden } from '../../live/permission.ts';
import { clusterQuery, leftProcessesQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { Pathname } from '../../smit/Pathname.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { runTitle } from '../../smit/RunTable.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { decisionOf } from './decision-words.ts';

/** Recover from script failure, right on the run that waits for it: what each decision would do, before it is made. */
export function Decide({ run }: { run: RunView }) {
  const [asked, setAsked] = useState<Decision>();
  const forbidden = useForbidden(recover);
  if (forbidden)
    return (
      <div className="decide">
        <p>Nothing further is started until somebody decides what the step counts as. To decide {forbidden}.</p>
      </div>
    );
  return (
    <div className="decide">
      <p>Nothing further is started until somebody decides what the step counts as.</p>
      <ul className="decide-choices">
        {DECISIONS.map((decision) => {
          const { label, says } = decisionOf(run, decision);
          return (
            <li key={decision}>
              <Button variant="secondary" size="sm" onClick={() => setAsked(decision)} aria-describedby={`decide-${decision}`}>
                {label} …
              </Button>
              <span id={`decide-${decision}`}>{says}</span>
            </li>
          );
        })}
      </ul>
      {asked ? <Confirm run={run} as={asked} close={() => setAsked(undefined)} /> : null}
    </div>
  );
}

function Confirm({ run, as, close }: { run: RunView; as: Decision; close: () => void }) {
  const queue = useQuery(clusterQuery).data?.queue ?? [];
  const [cancelQueue, setCancelQueue] = useState(false);
  const action = useAction(recover, ['runs', 'cluster'], close);
  const { label, says, steps, stepsAre } = decisionOf(run, as);
  const words = ['fallover', 'recover', run.id, '--as', as, ...(cancelQueue ? ['--cancel-queue'] : [])];
  return (
    <ConfirmDialog
      title={`${label}?`}
      confirm={label}
      danger={as === 'skip' || cancelQueue}
      busy={action.isPending}
      close={close}
      run={() => action.mutate({ body: { run: run.id, as, cancelQueue } })}
    >
      <div className="decide-confirm">
        <p>{says}</p>
        <StillRuns run={run} />
        {steps.length > 0 ? (
          <>
            <p>{stepsAre}</p>
            <ol className="smit-sentences">
              {steps.map(({ where, what, command }, index) => (
                <li key={index}>
                  {where}: {what} <Pathname>{command}</Pathname>
                </li>
              ))}
            </ol>
          </>
        ) : null}
        {queue.length > 0 ? (
          <Checkbox
            id="decide-cancel-queue"
            label={queue.length === 1 ? 'Cancel the event that waits, too' : `Cancel the ${queue.length} events that wait, too`}
            description={queue.map(runTitle).join(', ')}
            isChecked={cancelQueue}
            onChange={(_, checked) => setCancelQueue(checked)}
          />
        ) : null}
        <pre className="smit-command">{commandLine(words)}</pre>
        {action.error ? <ProblemDisplay error={action.error} /> : null}
      </div>
    </ConfirmDialog>
  );
}

/** Run again while it still runs, a command runs twice at once. */
function StillRuns({ run }: { run: RunView }) {
  const interrupted = run.steps.filter(({ state }) => state === 'interrupted');
  const asked = useQueries({ queries: interrupted.map(({ id }) => leftProcessesQuery(run.id, id)) });
  const count = asked.reduce((sum, { data }) => sum + (data?.processes.length ?? 0), 0);
  const silent = interrupted.filter((_, index) => asked[index]?.isError).map(({ node }) => node);
  return (
    <>
      {count > 0 ? (
        <p className="smit-warning">
          {count === 1 ? 'A process' : `${count} processes`} of the interrupted step still {count === 1 ? 'runs' : 'run'}: end{' '}
          {count === 1 ? 'it' : 'them'} first, below its step.
        </p>
      ) : null}
      {silent.length > 0 ? (
        <p className="smit-warning">
          Whether anything of the interrupted step still runs on {[...new Set(silent)].join(', ')} is not known: look there first.
        </p>
      ) : null}
    </>
  );
}
