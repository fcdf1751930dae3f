import { type NotificationView, redeliverNotification } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Radio } from '@patternfly/react-core/dist/dynamic/components/Radio';
import { useState } from 'react';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import { ConfirmDialog } from '../ConfirmDialog.tsx';
import { ProblemDisplay } from '../ProblemDisplay.tsx';
import { commandLine } from '../shell-words.ts';
import { recipientWords } from './words.ts';

/** Sends it again: to those who did not get it, or to all of them. */
export function Redeliver({ notification }: { notification: NotificationView }) {
  const { id, recipients, state } = notification;
  const missing = recipients.filter((recipient) => recipient.state !== 'delivered');
  const [asking, setAsking] = useState(false);
  const [all, setAll] = useState(missing.length === 0);
  const action = useAction(redeliverNotification, ['notifications'], () => setAsking(false));
  const forbidden = useForbidden(redeliverNotification);
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  // What is still to be sent is sent anyway.
  if (forbidden || recipients.length === 0 || state === 'waiting' || state === 'sending' || state === 'held') return null;
  const to = all ? recipients : missing;
  return (
    <>
      <Button variant="secondary" size="sm" onClick={() => setAsking(true)}>
        Redeliver …
      </Button>
      {asking ? (
        <ConfirmDialog
          title="Send it again?"
          confirm="Redeliver"
          busy={action.isPending}
          close={close}
          run={() => action.mutate({ parameters: { notification: id }, body: { all } })}
        >
          <div className="smit-stack">
            {missing.length > 0 && missing.length < recipients.length ? (
              <fieldset className="choices">
                <legend>To whom</legend>
                <Radio
                  id="redeliver-missing"
                  name="redeliver"
                  label="To those who did not get it"
                  isChecked={!all}
                  onChange={() => setAll(false)}
                />
                <Radio
                  id="redeliver-all"
                  name="redeliver"
                  label="To all again"
                  description="Who has it already gets it a second time."
                  isChecked={all}
                  onChange={() => setAll(true)}
                />
              </fieldset>
            ) : null}
            {missing.length === 0 ? <p>Everybody has got it. They get it a second time.</p> : null}
            <p>
              It is sent to <span className="smit-path">{to.map((one) => recipientWords(one.to)).join(', ')}</span>, with the text
              that it had.
            </p>
            <pre className="smit-command">{commandLine(['fallover', 'redeliver', id, ...(all ? ['--all'] : [])])}</pre>
            {action.error ? <ProblemDisplay error={action.error} /> : null}
          </div>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
