import '../../smit/notification/notification.css';
import type { NotificationView } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { Label } from '@patternfly/react-core/dist/dynamic/components/Label';
import AngleDownIcon from '@patternfly/react-icons/dist/dynamic/icons/angle-down-icon';
import AngleRightIcon from '@patternfly/react-icons/dist/dynamic/icons/angle-right-icon';
import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table/dist/dynamic/components/Table';
import { Link, useSearchParams } from 'react-router';
import { entryPath } from '../../smit/definition/entry-path.ts';
import { NotificationDetails } from '../../smit/notification/NotificationDetails.tsx';
import { NotificationState } from '../../smit/notification/NotificationState.tsx';
import { Redeliver } from '../../smit/notification/Redeliver.tsx';
import { doneOf } from '../../smit/notification/words.ts';
import { runTitle } from '../../smit/RunTable.tsx';
import { clockTime } from '../../smit/times.ts';
import { useNow } from '../../smit/use-now.ts';

/** Each with its outcome; one of them can be opened, and that stands in the address. */
export function NotificationTable({ notifications }: { notifications: readonly NotificationView[] }) {
  const [search, setSearch] = useSearchParams();
  const open = search.get('open') ?? undefined;
  const now = useNow(notifications.some(({ state }) => state === 'waiting' || state === 'sending' || state === 'held'));
  const choose = (id: string): void =>
    setSearch(
      (known) => {
        const next = new URLSearchParams(known);
        if (id === open) next.delete('open');
        else next.set('open', id);
        return next;
      },
      { replace: true },
    );
  const missing = open !== undefined && !notifications.some(({ id }) => id === open);
  return (
    <>
      {missing ? (
        <p className="smit-quiet" role="status">
          The notification that this address names is not on this page: it is an earlier one.
        </p>
      ) : null}
      <Table role="table" variant="compact" aria-label="Notifications" gridBreakPoint="grid-lg">
        <Thead>
          <Tr>
            <Th screenReaderText="Details" />
            <Th>When</Th>
            <Th width={20}>Method</Th>
            <Th width={35}>About</Th>
            <Th>State</Th>
            <Th modifier="fitContent">Recipients</Th>
          </Tr>
        </Thead>
        {byTime(notifications).map((notification) => {
          const { id, at, method, moment, run, drill, state } = notification;
          const isOpen = id === open;
          return (
            <Tbody key={id} isExpanded={isOpen}>
              <Tr>
                <Td>
                  <Button
                    variant="plain"
                    size="sm"
                    icon={isOpen ? <AngleDownIcon /> : <AngleRightIcon />}
                    aria-expanded={isOpen}
                    aria-label={`Details of ${method}, ${runTitle(notification)}, ${moment}`}
                    onClick={() => choose(id)}
                  />
                </Td>
                <Td dataLabel="When">
                  <time dateTime={at} title={at}>
                    {clockTime(at, now)}
                  </time>
                </Td>
                <Td dataLabel="Method">
                  <Link to={entryPath({ class: 'notification_method', name: method })} className="smit-event-name">
                    {method}
                  </Link>
                </Td>
                <Td dataLabel="About">
                  {run === undefined ? (
                    <span className="smit-event-name">{runTitle(notification)}</span>
                  ) : (
                    <Link to={`/runs/${run}`} className="smit-event-name">
                      {runTitle(notification)}
                    </Link>
                  )}{' '}
                  <span className="smit-quiet">{moment}</span>{' '}
                  {drill ? (
                    <Label isCompact color="purple">
                      drill
                    </Label>
                  ) : null}
                </Td>
                <Td dataLabel="State">
                  <NotificationState state={state} />
                </Td>
                <Td dataLabel="Recipients">{doneOf(notification)}</Td>
              </Tr>
              {isOpen ? (
                <Tr isExpanded>
                  <Td colSpan={6}>
                    <ExpandableRowContent>
                      <NotificationDetails notification={notification} now={now} />
                      <Redeliver notification={notification} />
                    </ExpandableRowContent>
                  </Td>
                </Tr>
              ) : null}
            </Tbody>
          );
        })}
      </Table>
    </>
  );
}

/** Those of one run come in no order of their own. */
const byTime = (notifications: readonly NotificationView[]): NotificationView[] =>
  [...notifications].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
