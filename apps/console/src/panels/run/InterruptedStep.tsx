import { endProcesses, type StepView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';

/** A step that was lost with its cluster manager: what of it still runs, and a way to end that. */
export function InterruptedStep({ run, step }: { run: string; step: StepView }) {
  const [asking, setAsking] = useState(false);
  const action = useAction(endProcesses, ['runs', 'cluster'], () => setAsking(false));
  const forbidden = useForbidden(endProcesses);
  const processes = step.processes ?? [];
  return (
    <div className="interrupted">
      <p>
        It was running when the cluster manager was lost, so whether it did its work is not known.{' '}
        {processes.length === 0 ? 'None of its processes runs any more.' : 'These of its processes still run:'}
      </p>
      {processes.length > 0 ? (
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
