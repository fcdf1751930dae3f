import { abortRun, type RunView, type StepView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { useForbidden } from '../live/permission.ts';
import { useAction } from '../live/use-action.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { Pathname } from './Pathname.tsx';
import { ProblemDisplay } from './ProblemDisplay.tsx';
import { runTitle } from './RunTable.tsx';
import { commandLine } from './shell-words.ts';
import { keyWords } from './step-words.ts';

/** Ends what runs: the whole run's steps, or one of them. */
export function AbortRun({ run, step }: { run: RunView; step?: StepView }) {
  const [asking, setAsking] = useState(false);
  const action = useAction(abortRun, ['runs', 'cluster'], () => setAsking(false));
  const forbidden = useForbidden(abortRun);
  const running = step ? [step] : run.steps.filter(({ state }) => state === 'running');
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  if (forbidden) return null;
  return (
    <>
      <Button
        variant={step ? 'link' : 'secondary'}
        isDanger
        size="sm"
        isDisabled={action.isSuccess}
        onClick={() => setAsking(true)}
      >
        {step ? 'Abort this step' : action.isSuccess ? 'Aborting …' : 'Abort'}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={step ? `Abort ${keyWords(step)}?` : `Abort ${runTitle(run)}?`}
          confirm="Abort"
          danger
          busy={action.isPending}
          close={close}
          run={() => action.mutate({ parameters: { run: run.id }, body: step ? { step: step.id } : {} })}
        >
          <p>
            The commands below are told to end (TERM), and killed after a grace; they are not tried again. The event then fails as
            aborted, and the cluster does not fail over until somebody recovers from it.
          </p>
          <ul className="smit-sentences">
            {running.map(({ id, node, command, event }) => (
              <li key={id}>
                {node}: <Pathname>{command ?? event}</Pathname>
              </li>
            ))}
          </ul>
          <pre className="smit-command">{commandLine(['fallover', 'abort', run.id, ...(step ? [step.id] : [])])}</pre>
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
