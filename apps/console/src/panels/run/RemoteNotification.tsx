import '../../smit/notification/notification.css';
import { acknowledgeRun, type NotificationView, type RunView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { ExpandableSection } from '@patternfly/react-core/dist/dynamic/components/ExpandableSection';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useForbidden } from '../../live/permission.ts';
import { useAction } from '../../live/use-action.ts';
import { visible } from '../../smit/ansi.ts';
import { ConfirmDialog } from '../../smit/ConfirmDialog.tsx';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { NotificationDetails } from '../../smit/notification/NotificationDetails.tsx';
import { NotificationState } from '../../smit/notification/NotificationState.tsx';
import { runNotificationsQuery } from '../../smit/notification/queries.ts';
import { doneOf, isEscalationToCome, recipientWords } from '../../smit/notification/words.ts';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { runTitle } from '../../smit/RunTable.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { clockTime } from '../../smit/times.ts';
import { useNow } from '../../smit/use-now.ts';

/** Who was told of a run, who knows of it, and who is told next. Nothing is said where nobody was to be told. */
export default function RemoteNotification({ run }: { run: RunView }) {
  const { notifications = [], acknowledgement, escalations = [] } = useQuery(runNotificationsQuery(run.id)).data ?? {};
  const now = useNow(escalations.length > 0 || notifications.some(({ state }) => state === 'waiting' || state === 'sending'));
  // What is only to come stands above, with what keeps it from coming.
  const told = notifications.filter((one) => !isEscalationToCome(one, now));
  if (notifications.length === 0 && !acknowledgement && escalations.length === 0) return null;
  return (
    <section className="run-notification" aria-label="Remote notification">
      <div className="run-notification-head">
        <h2>Remote notification</h2>
        {acknowledgement ? null : <Acknowledge run={run} />}
      </div>
      {acknowledgement ? (
        <p className="run-acknowledged">
          Acknowledged by <strong>{acknowledgement.by}</strong> at {clockTime(acknowledgement.at, now)}
          {acknowledgement.comment ? `: ${visible(acknowledgement.comment)}` : ''}
        </p>
      ) : (
        escalations.map(({ from, to, at }) => (
          <p key={`${from} ${to} ${at}`} className="smit-warning">
            Unless somebody acknowledges it, <Method name={to} /> is told at {clockTime(at, now)}, escalated from{' '}
            <Method name={from} />.
          </p>
        ))
      )}
      <ul className="run-told">
        {told.map((notification) => (
          <Told key={notification.id} notification={notification} now={now} />
        ))}
      </ul>
    </section>
  );
}

const Method = ({ name }: { name: string }) => (
  <Link to={entryPath({ class: 'notification_method', name })} className="smit-event-name">
    {name}
  </Link>
);

function Told({ notification, now }: { notification: NotificationView; now: number }) {
  const [shown, setShown] = useState(false);
  const { method, moment, recipients, state, at } = notification;
  return (
    <li>
      <p className="smit-line">
        <NotificationState state={state} />
        <span>
          <Method name={method} /> <span className="smit-quiet">{moment}</span>
        </span>
        <span className="smit-path">{recipients.map(({ to }) => recipientWords(to)).join(', ')}</span>
        <span className="smit-quiet">
          {recipients.length > 1 ? `${doneOf(notification)}, ` : ''}
          <time dateTime={at} title={at}>
            {clockTime(at, now)}
          </time>
        </span>
      </p>
      <ExpandableSection
        toggleText={shown ? 'Hide what was said' : 'What was said'}
        toggleAriaLabel={`What was said by ${method}, ${moment}`}
        isExpanded={shown}
        onToggle={(_, expanded) => setShown(expanded)}
        isIndented
      >
        {shown ? <NotificationDetails notification={notification} now={now} /> : null}
      </ExpandableSection>
    </li>
  );
}

/** "I know of it": nobody else is woken for it. */
function Acknowledge({ run }: { run: RunView }) {
  const [asking, setAsking] = useState(false);
  const [comment, setComment] = useState('');
  const action = useAction(acknowledgeRun, ['notifications', 'runs'], () => setAsking(false));
  const forbidden = useForbidden(acknowledgeRun);
  const text = comment.trim();
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  if (forbidden) return null;
  return (
    <>
      <Button variant="primary" size="sm" onClick={() => setAsking(true)}>
        Acknowledge …
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Acknowledge ${runTitle(run)}?`}
          confirm="Acknowledge"
          busy={action.isPending}
          close={close}
          run={() => action.mutate({ parameters: { run: run.id }, body: text === '' ? {} : { comment: text } })}
        >
          <div className="smit-stack">
            <p>You say that you know of it. Nothing about it is escalated any further; the run itself does not change.</p>
            <label htmlFor="acknowledge-comment">Comment, for the others (optional)</label>
            <TextInput
              id="acknowledge-comment"
              value={comment}
              maxLength={1024}
              onChange={(_, next) => setComment(next)}
              autoComplete="off"
            />
            <pre className="smit-command">
              {commandLine(['fallover', 'acknowledge', run.id, ...(text === '' ? [] : ['--comment', text])])}
            </pre>
            {action.error ? <ProblemDisplay error={action.error} /> : null}
          </div>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
