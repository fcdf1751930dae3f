import './notification.css';
import type { NotificationView } from '@fallover/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { entryPath } from '../definition/entry-path.ts';
import { clockTime, duration } from '../times.ts';
import { RecipientState } from './NotificationState.tsx';
import { silencesQuery } from './queries.ts';
import { isEscalationToCome, recipientWords, shownText, silenceSentence } from './words.ts';

const isOver = (state: NotificationView['state']): boolean => !['waiting', 'held', 'sending'].includes(state);

type Recipient = NotificationView['recipients'][number];

/** What was sent, to whom, each attempt with the answer of the other side, and what it has to do with others. */
export function NotificationDetails({ notification, now }: { notification: NotificationView; now: number }) {
  const { subject, text, recipients, fault, nodes, state } = notification;
  return (
    <div className="notification-details">
      {fault ? <p className="notification-fault">{fault.sentence}</p> : null}
      <figure className="notification-text">
        <figcaption>{shownText(subject)}</figcaption>
        <pre>{shownText(text)}</pre>
      </figure>
      <ul className="notification-recipients" aria-label="Recipients">
        {recipients.map((recipient) => (
          <OneRecipient key={recipient.to} recipient={recipient} now={now} />
        ))}
      </ul>
      <Relations notification={notification} now={now} />
      <p className="smit-quiet">
        {nodes.length === 0 ? 'Any node sends it.' : `The first of these nodes that can sends it: ${nodes.join(', ')}.`}{' '}
        {isOver(state) ? '' : `It is not sent any more after ${clockTime(notification.expiresAt, now)}.`}
      </p>
    </div>
  );
}

function OneRecipient({ recipient, now }: { recipient: Recipient; now: number }) {
  const { to, state, attempts, notBefore } = recipient;
  const waits = state === 'waiting' && notBefore !== undefined && Date.parse(notBefore) > now;
  return (
    <li>
      <p className="notification-recipient">
        <span className="smit-path">{recipientWords(to)}</span> <RecipientState state={state} />
        {waits ? <span className="smit-quiet">tried again at {clockTime(notBefore, now)}</span> : null}
      </p>
      {attempts.length === 0 ? null : (
        <ol className="notification-attempts" aria-label={`Attempts: ${recipientWords(to)}`}>
          {attempts.map((attempt) => (
            <li key={`${attempt.number} ${attempt.at}`}>
              <span className="smit-quiet">
                {attempt.number}. {clockTime(attempt.at, now)} on {attempt.node}
                {attempt.durationMs === undefined ? '' : `, ${duration(attempt.durationMs)}`}
              </span>{' '}
              <strong className={attempt.outcome === 'delivered' ? 'notification-good' : 'notification-bad'}>
                {attempt.outcome === undefined ? 'under way' : OUTCOMES[attempt.outcome]}
              </strong>
              {attempt.answer ? <span className="notification-answer">{shownText(attempt.answer)}</span> : null}
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

const OUTCOMES = {
  delivered: 'delivered',
  failed: 'failed',
  interrupted: 'interrupted: whether it arrived is not known',
} as const;

/** In the delivery log, which begins with this one, open. */
const logPath = (id: string): string => `/smit/cm_notifications?${new URLSearchParams({ before: `${id}~`, open: id })}`;

function Relations({ notification, now }: { notification: NotificationView; now: number }) {
  const { toldBy, tellsOf = [], silence, escalatedFrom, notBefore, state, selfTest, redeliveredBy } = notification;
  const toCome = isEscalationToCome(notification, now);
  const silences = useQuery({ ...silencesQuery, enabled: silence !== undefined }).data;
  const kept = silences?.find(({ id }) => id === silence);
  return (
    <ul className="smit-sentences notification-relations">
      {selfTest ? <li>It was sent by itself, to prove the method.</li> : null}
      {escalatedFrom === undefined ? null : (
        <li>
          {toCome
            ? `It is sent at ${clockTime(notBefore ?? '', now)} unless somebody acknowledges the run before: escalated from `
            : state === 'acknowledged'
              ? 'Somebody acknowledged the run before it was due; it would have been escalated from '
              : 'Nobody had acknowledged: it was escalated from '}
          <Link to={entryPath({ class: 'notification_method', name: escalatedFrom })}>{escalatedFrom}</Link>.
        </li>
      )}
      {toldBy === undefined ? null : (
        <li>
          It is told by <Link to={logPath(toldBy)}>another notification</Link> instead.
        </li>
      )}
      {tellsOf.length === 0 ? null : (
        <li>
          It also tells of{' '}
          {tellsOf.map((id, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <Link to={logPath(id)}>{tellsOf.length === 1 ? 'another one' : `no. ${index + 1}`}</Link>
            </span>
          ))}
          .
        </li>
      )}
      {silence === undefined ? null : (
        <li>
          It was not sent: <Link to="/smit/cm_silences">{kept ? silenceSentence(kept, now) : 'a silence kept it back'}</Link>
        </li>
      )}
      {redeliveredBy === undefined ? null : <li>{redeliveredBy} had it sent again.</li>}
      {!toCome && state === 'waiting' && notBefore !== undefined && Date.parse(notBefore) > now ? (
        <li>It is held back until {clockTime(notBefore, now)}, in case what happened is undone meanwhile.</li>
      ) : null}
    </ul>
  );
}
