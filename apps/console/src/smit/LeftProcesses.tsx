import { endProcesses, type StepView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForbidden } from '../live/permission.ts';
import { leftProcessesQuery } from '../live/queries.ts';
import { useAction } from '../live/use-action.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { ProblemDisplay } from './ProblemDisplay.tsx';

/** What an interrupted step left running on its node, and a way to end that before the step runs again. */
export function LeftProcesses({ run, step }: { run: string; step: Pick<StepView, 'id' | 'node'> }) {
  const [asking, setAsking] = useState(false);
  const left = useQuery(leftProcessesQuery(run, step.id));
  const action = useAction(endProcesses, ['runs', 'cluster'], () => setAsking(false));
  const forbidden = useForbidden(endProcesses);
  // What was read before its node fell silent says nothing any more.
  const processes = left.error ? undefined : left.data?.processes;
  return (
    <div className="interrupted">
      <p>
        It was running when its cluster manager or launcher died, so whether it did its work is not known.{' '}
        {left.isPending ? `Node ${step.node} is asked what of it still runs …` : null}
        {processes
          ? processes.length === 0
            ? `None of its processes runs any more on ${step.node}.`
            : `These of its processes still run on ${step.node}; run again, it would run twice at once:`
          : null}
      </p>
      {left.error ? (
        <>
          <p>What of it still runs on {step.node} is not known:</p>
          <ProblemDisplay error={left.error} />
        </>
      ) : null}
      {processes && processes.length > 0 ? (
        <>
          <ul className="processes">
            {processes.map(({ pid, command }) => (
              <li key={pid}>
                <code>{pid}</code> <code className="smit-path">{command}</code>
              </li>
            ))}
          </ul>
          {forbidden ? (
            <p className="smit-quiet">To end them {forbidden}.</p>
          ) : (
            <Button variant="secondary" isDanger size="sm" onClick={() => setAsking(true)}>
              End these processes
            </Button>
          )}
        </>
      ) : null}
      {action.isSuccess ? <p role="status">Ended: {action.data.ended.join(', ') || 'none was left'}.</p> : null}
      {asking ? (
        <ConfirmDialog
          title="End these processes?"
          confirm="End them"
          danger
          busy={action.isPending}
          close={() => setAsking(false)}
          run={() => action.mutate({ parameters: { run }, body: { step: step.id } })}
        >
          <p>They are told to end (TERM), and killed after a grace. The step stays interrupted.</p>
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
