import './notification.css';
import type { NotificationView } from '@fallover/contract';
import { NOTIFICATION_MOMENTS, type NotificationMoment } from '@fallover/events';
import { Alert } from '@patternfly/react-core/dist/dynamic/components/Alert';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Checkbox } from '@patternfly/react-core/dist/dynamic/components/Checkbox';
import { FormSelect, FormSelectOption } from '@patternfly/react-core/dist/dynamic/components/FormSelect';
import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core/dist/dynamic/components/Modal';
import { useEffect, useRef, useState } from 'react';
import { Refused } from '../../api.ts';
import { ProblemDisplay } from '../ProblemDisplay.tsx';
import { clockTime } from '../times.ts';
import { ConversationLog } from './ConversationLog.tsx';
import { useConversation } from './use-conversation.ts';
import { lastAnswer, recipientWords, shownText } from './words.ts';

export interface TestAbout {
  event?: string;
  moment?: NotificationMoment;
}

interface TestDialogProps {
  /** As it is shown; one that has no name yet is "this method". */
  method: string;
  /** The events of the method, or all. */
  events: readonly string[];
  moments: readonly string[];
  recipients: readonly string[];
  /** What each message costs by the piece: `an SMS`. */
  cost: string | undefined;
  /** What is tested: the values as typed, or as saved. */
  says: string;
  action: { isPending: boolean; error: Error | null; data: { test: string } | undefined };
  send: (about: TestAbout) => void;
  close: () => void;
}

/** A test before it matters: what is asked first, the conversation as it happens, and how it ended. */
export function TestDialog({ method, events, moments, recipients, cost, says, action, send, close }: TestDialogProps) {
  const [event, setEvent] = useState(events[0] ?? '');
  const [moment, setMoment] = useState<NotificationMoment>(() => firstMoment(moments));
  const [agreed, setAgreed] = useState(false);
  const test = action.data?.test;
  const refused = cost !== undefined && !agreed;
  const run = (): void => send({ ...(event === '' ? {} : { event }), moment });
  return (
    <Modal isOpen variant="large" onClose={close} aria-labelledby="test-title" className="test-dialog">
      <ModalHeader title={`Test Notification: ${method}`} labelId="test-title" description={says} />
      <ModalBody>
        <div className="smit-stack">
          <div className="test-about">
            <label htmlFor="test-event">Cluster event</label>
            <FormSelect id="test-event" value={event} onChange={(_, next) => setEvent(next)} isDisabled={action.isPending}>
              {events.length === 0 ? <FormSelectOption value="" label="an example" /> : null}
              {events.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
            <label htmlFor="test-moment">Moment</label>
            <FormSelect
              id="test-moment"
              value={moment}
              onChange={(_, next) => setMoment(next as NotificationMoment)}
              isDisabled={action.isPending}
            >
              {NOTIFICATION_MOMENTS.map((one) => (
                <FormSelectOption key={one} value={one} label={one} />
              ))}
            </FormSelect>
          </div>
          {recipients.length > 0 ? (
            <p>
              It goes to <span className="smit-path">{recipients.map(recipientWords).join(', ')}</span> and says that it is a
              test.
            </p>
          ) : (
            <p>It says that it is a test.</p>
          )}
          {cost === undefined ? null : (
            <Checkbox
              id="test-agreed"
              label={`Yes, send it: ${cost} costs money`}
              isChecked={agreed}
              onChange={(_, checked) => setAgreed(checked)}
            />
          )}
          {action.error && !action.isPending ? <NotSent error={action.error} /> : null}
          {test === undefined ? null : <Running key={test} test={test} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={run} isLoading={action.isPending} isDisabled={action.isPending || refused}>
          {test === undefined ? 'Send the test' : 'Send another test'}
        </Button>
        <Button variant="link" onClick={close}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** A test of what is told most is the one that matters most. */
function firstMoment(moments: readonly string[]): NotificationMoment {
  const known = NOTIFICATION_MOMENTS.filter((one) => moments.includes(one));
  return known.includes('failure') ? 'failure' : (known[0] ?? 'failure');
}

/** Refused before anything was sent; asked too often, until when. */
function NotSent({ error }: { error: Error }) {
  const againAt = error instanceof Refused ? error.againAt : undefined;
  return (
    <>
      <ProblemDisplay error={error} />
      {againAt ? <p>The next test can be sent at {clockTime(againAt.toISOString())}.</p> : null}
    </>
  );
}

function Running({ test }: { test: string }) {
  const conversation = useConversation(test);
  return (
    <>
      <ConversationLog {...conversation} />
      <div aria-live="assertive">{conversation.end ? <TestResult end={conversation.end} /> : null}</div>
    </>
  );
}

/** How it ended, so that nobody can take the one for the other. */
function TestResult({ end }: { end: NotificationView }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    here.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  const delivered = end.recipients.filter(({ state }) => state === 'delivered');
  const all = end.recipients.length;
  const good = end.fault === undefined && all > 0 && delivered.length === all;
  const title = good
    ? 'Delivered: the other side has taken the test.'
    : delivered.length > 0
      ? `Not delivered to all: ${delivered.length} of ${all} have it.`
      : 'Not delivered: nobody has got the test.';
  return (
    <div ref={here}>
      <Alert component="p" isInline variant={good ? 'success' : 'danger'} title={title} className="test-result">
        {end.fault ? <p>{end.fault.sentence}</p> : null}
        <ul className="smit-sentences">
          {end.recipients.map((recipient) => (
            <li key={recipient.to}>
              <span className="smit-path">{recipientWords(recipient.to)}</span>:{' '}
              {shownText(lastAnswer(recipient) ?? (recipient.state === 'delivered' ? 'taken' : 'no answer'))}
            </li>
          ))}
        </ul>
        {good ? (
          <p>Whether it has arrived, look where it was sent to: the other side has only said that it took it.</p>
        ) : (
          <p>Put right what it says, then send another test. Nothing was saved by this one.</p>
        )}
      </Alert>
    </div>
  );
}
