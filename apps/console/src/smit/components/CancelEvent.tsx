import { type ComponentRunView, cancelComponentRun, commandLine as linesOf } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { ProblemDisplay } from '../ProblemDisplay.tsx';
import { eventTitle } from './component-words.ts';

/** Ends an event that runs in a component, or takes it out of those that wait. Closing a page does neither. */
export function CancelEvent({ run }: { run: ComponentRunView }) {
  const [asking, setAsking] = useState(false);
  const action = useAction(cancelComponentRun, ['components'], () => setAsking(false));
  const parameters = { component: run.component, run: run.id };
  // What a ctdbd runs is its own to end.
  if (useForbidden(cancelComponentRun) !== undefined || run.state === 'ended' || run.origin.kind === 'ctdbd') return null;
  const runs = run.state === 'running';
  const title = `${eventTitle(run)} in ${run.component}`;
  return (
    <>
      <Button variant="secondary" isDanger size="sm" onClick={() => setAsking(true)} aria-label={`Cancel ${title}`}>
        Cancel …
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Cancel ${title}?`}
          confirm="Cancel the event"
          danger={runs}
          busy={action.isPending}
          close={() => {
            setAsking(false);
            action.reset();
          }}
          run={() => action.mutate({ parameters })}
        >
          <p>
            {runs
              ? 'The script that runs is told to end (TERM), and killed 2 seconds later; the scripts behind it are not run. The event keeps no status.'
              : 'It is taken out of those that wait, and none of its scripts is run.'}
          </p>
          <pre className="smit-command">{linesOf('cancelComponentRun', { parameters }).join('\n')}</pre>
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
