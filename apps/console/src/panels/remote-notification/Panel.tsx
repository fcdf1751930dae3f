import '../../smit/notification/notification.css';
import { changeEntry, type NotificationMethodView, testNotificationMethod } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { EntryState } from '../../smit/definition/EntryState.tsx';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { Known } from '../../smit/Known.tsx';
import { methodsQuery, transportsQuery } from '../../smit/notification/queries.ts';
import { SilencesNow } from '../../smit/notification/SilencesNow.tsx';
import { ago, proofWords, recipientWords } from '../../smit/notification/words.ts';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { Permitted } from '../../smit/Permitted.tsx';
import { useNow } from '../../smit/use-now.ts';
import { savedMethod } from './saved-method.ts';
import { TestSaved } from './TestSaved.tsx';

const SETTINGS = '/smit/cm_notification_settings';

/** Who is told of events, and whether anybody knows that it works. */
export default function RemoteNotification() {
  const navigate = useNavigate();
  const query = useQuery(methodsQuery);
  const [tested, setTested] = useState<NotificationMethodView>();
  return (
    <PanelFrame
      title="Remote Notification Methods"
      fastPath="cm_remote_notification"
      lead="Who is told of events, and how: by e-mail, SMS, pager, chat or an on-call service."
      commands={['fallover query method']}
    >
      <SilencesNow />
      <div className="smit-line">
        <Permitted needs={changeEntry}>
          <Button variant="secondary" size="sm" onClick={() => void navigate('/smit/cm_add_notification_method')}>
            Add a remote notification method
          </Button>
        </Permitted>
        <Link to="/smit/cm_notifications">Notifications</Link>
        <Link to="/smit/cm_silences">Silences</Link>
        <Link to={SETTINGS}>Settings</Link>
      </div>
      <Known query={query}>
        {(methods) => (methods.length === 0 ? <Nothing /> : <Methods methods={methods} test={setTested} />)}
      </Known>
      {tested ? <TestSaved method={tested} close={() => setTested(undefined)} /> : null}
    </PanelFrame>
  );
}

function Nothing() {
  return (
    <div className="smit-empty">
      <p>
        <strong>Nobody is told of anything yet.</strong> When an event fails at night, whoever could help does not know.
      </p>
      <ol className="smit-sentences">
        <li>
          <Link to="/smit/cm_add_notification_method">Add a method</Link>: type a destination such as ops@example.com, and choose
          the events. For e-mail, name the mail server there or <Link to={SETTINGS}>for all methods</Link>.
        </li>
        <li>Send a test from its form, before it matters. You see what the other side says.</li>
        <li>
          <Link to="/smit/cm_synchronise">Synchronise</Link>: from then on it is used.
        </li>
      </ol>
    </div>
  );
}

interface MethodsProps {
  methods: readonly NotificationMethodView[];
  test: (method: NotificationMethodView) => void;
}

function Methods({ methods, test }: MethodsProps) {
  const now = useNow(true);
  const transports = useQuery(transportsQuery).data ?? [];
  return (
    <Table role="table" variant="compact" aria-label="Remote Notification Methods" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={20}>Method Name</Th>
          <Th width={25}>Reaches</Th>
          <Th width={20}>Tells of</Th>
          <Th width={20}>Last proven</Th>
          <Th modifier="fitContent">Waiting</Th>
          <Th screenReaderText="Test" />
        </Tr>
      </Thead>
      <Tbody>
        {methods.map((method) => {
          const title = transports.find(({ kind }) => kind === method.transport)?.title ?? method.transport;
          return (
            <Tr key={method.name}>
              <Td dataLabel="Method Name">
                <Link to={entryPath(method)} className="smit-event-name">
                  {method.name}
                </Link>{' '}
                {method.synchronised ? null : <EntryState entry={method} />}
                <p className="smit-quiet">{remarkOf(method)}</p>
              </Td>
              <Td dataLabel="Reaches">
                {title ?? <span className="smit-warning">its destination is not understood</span>}
                <Some values={method.recipients.map(recipientWords)} />
              </Td>
              <Td dataLabel="Tells of">
                <Events method={method} />
              </Td>
              <Td dataLabel="Last proven">
                <Proven method={method} now={now} />
              </Td>
              <Td dataLabel="Waiting">
                {method.waiting === 0 ? (
                  <span className="smit-quiet">–</span>
                ) : (
                  <Link to={`/smit/cm_notifications?${new URLSearchParams({ method: method.name, state: 'waiting' })}`}>
                    {method.waiting}
                  </Link>
                )}
              </Td>
              <Td>
                <Permitted needs={testNotificationMethod}>
                  <Button variant="secondary" size="sm" onClick={() => test(method)} aria-label={`Send test: ${method.name}`}>
                    Send test
                  </Button>
                </Permitted>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

function remarkOf({ draft, active }: NotificationMethodView): string {
  const remark = (draft?.fields ?? active)?.remark?.cluster;
  return typeof remark === 'string' ? remark : '';
}

const SHOWN = 3;

/** The first few, and how many there are besides. */
function Some({ values }: { values: readonly string[] }) {
  return (
    <p className="smit-path" title={values.join(' ')}>
      {values.slice(0, SHOWN).join(', ')}
      {values.length > SHOWN ? ` +${values.length - SHOWN}` : ''}
    </p>
  );
}

function Events({ method }: { method: NotificationMethodView }) {
  const { events, when } = savedMethod(method);
  if (events.length === 0) return <span className="smit-quiet">nothing: it is used by escalation only</span>;
  return (
    <>
      <Some values={events} />
      <p className="smit-quiet">at {when.join(', ')}</p>
    </>
  );
}

function Proven({ method, now }: { method: NotificationMethodView; now: number }) {
  const { says, status } = proofWords(method, now);
  const { lastProven, lastFailure } = method;
  return (
    <>
      <Label isCompact {...(status ? { status } : {})}>
        <time dateTime={lastProven ?? ''} title={lastProven ?? 'It has not delivered anything yet.'}>
          {says}
        </time>
      </Label>
      {lastFailure ? (
        <p className="method-failure">
          failed{' '}
          <time dateTime={lastFailure.at} title={lastFailure.at}>
            {ago(lastFailure.at, now)}
          </time>
          : {lastFailure.sentence}
        </p>
      ) : null}
    </>
  );
}
