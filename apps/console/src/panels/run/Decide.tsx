import { type RunView, recover } from '@fallover/contract';
import { DECISIONS, type Decision } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForbidden } from '../../live/permission.ts';
import { clusterQuery } from '../../live/queries.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
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
  const processes = run.steps.flatMap(({ processes }) => processes ?? []);
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
        {processes.length > 0 ? (
          <p className="smit-warning">
            {processes.length === 1 ? 'A process' : `${processes.length} processes`} of the interrupted step still{' '}
            {processes.length === 1 ? 'runs' : 'run'}: end {processes.length === 1 ? 'it' : 'them'} first, below its step.
          </p>
        ) : null}
        {steps.length > 0 ? (
          <>
            <p>{stepsAre}</p>
            <ol className="smit-sentences">
              {steps.map(({ where, what, command }, index) => (
                <li key={index}>
                  {where}: {what} <code className="smit-path">{command}</code>
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
