import { type CustomEventView, deleteCustomEvent } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';

export function DeleteCustomEvent({
  customEvent: { name, usedBy },
  revision,
}: {
  customEvent: CustomEventView;
  revision: number;
}) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const action = useAction(deleteCustomEvent, ['configuration', 'cluster'], () => void navigate('/smit/cm_custom_events'));
  const forbidden = useForbidden(deleteCustomEvent);
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  if (forbidden) return null;
  return (
    <p>
      <Button variant="link" isDanger isInline onClick={() => setAsking(true)}>
        Delete this custom event
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Delete ${name}?`}
          confirm="Delete from the draft"
          danger
          busy={action.isPending}
          close={close}
          run={() => action.mutate({ parameters: { name }, query: { revision } })}
        >
          <p>It is deleted from the draft; what is active stays until you synchronise.</p>
          {usedBy.length > 0 ? <p>These events list it: {usedBy.join(', ')}.</p> : null}
          <pre className="smit-command">{`fallover delete event ${name}`}</pre>
          {action.error ? <ProblemDisplay error={action.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </p>
  );
}
