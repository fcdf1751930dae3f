import { NOTIFICATION_STATES } from '@fallover/events';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Known } from '../../smit/Known.tsx';
import { type NotificationFilter, notificationsQuery } from '../../smit/notification/queries.ts';
import { SilencesNow } from '../../smit/notification/SilencesNow.tsx';
import { PanelFrame } from '../../smit/PanelFrame.tsx';
import { commandLine } from '../../smit/shell-words.ts';
import { useFilter } from '../../smit/use-filter.ts';
import { NotificationFilters } from './NotificationFilters.tsx';
import { NotificationTable } from './NotificationTable.tsx';

const NAMES = ['method', 'event', 'state', 'run', 'text', 'before'] as const;

/** The delivery log: what was sent, is being sent, or could not be. */
export default function Notifications() {
  const [given, change] = useFilter(NAMES);
  const filter: NotificationFilter = { ...given, state: NOTIFICATION_STATES.find((one) => one === given.state) };
  const text = useDeferredValue(filter.text);
  const query = useQuery(notificationsQuery({ ...filter, text }));
  const { before, ...conditions } = filter;
  const filtered = Object.values(conditions).some((value) => value !== undefined);
  return (
    <PanelFrame
      title="Notifications"
      fastPath="cm_notifications"
      above="/smit/cm_remote_notification"
      lead="What was sent, is being sent, or could not be, with every attempt and the answer of the other side; newest first."
      commands={[commandOf(filter)]}
      reset={filtered ? () => change(Object.fromEntries(NAMES.map((name) => [name, '']))) : undefined}
    >
      <SilencesNow />
      <NotificationFilters filter={filter} change={(changes) => change({ before: '', ...changes })} />
      <Known query={query}>
        {({ notifications, next }) => (
          <>
            {notifications.length === 0 ? (
              <Nothing filtered={filtered} paged={before !== undefined} />
            ) : (
              <NotificationTable notifications={notifications} />
            )}
            <Pages before={before} next={next} />
          </>
        )}
      </Known>
    </PanelFrame>
  );
}

const commandOf = (filter: NotificationFilter): string =>
  commandLine([
    'fallover',
    'query',
    'notification',
    ...Object.entries(filter).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
  ]);

function Nothing({ filtered, paged }: { filtered: boolean; paged: boolean }) {
  return (
    <p className="smit-empty">
      {filtered ? (
        'No notification matches. Change the filter, or clear it with F5.'
      ) : paged ? (
        'There are no earlier notifications.'
      ) : (
        <>
          Nothing has been sent yet. A <Link to="/smit/cm_remote_notification">remote notification method</Link> tells of events
          once it is synchronised; a test shows whether it works.
        </>
      )}
    </p>
  );
}

/** A page is a place in the URL, so that Back leads to the one before. */
function Pages({ before, next }: { before: string | undefined; next: string | undefined }) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const to = (place: string | undefined): string => {
    const other = new URLSearchParams(search);
    if (place === undefined) other.delete('before');
    else other.set('before', place);
    return `?${other}`;
  };
  if (before === undefined && next === undefined) return null;
  return (
    <nav className="smit-pages" aria-label="Pages">
      {before === undefined ? null : (
        <>
          <Link to={to(undefined)}>Newest notifications</Link>
          <Button variant="link" isInline onClick={() => void navigate(-1)}>
            Back
          </Button>
        </>
      )}
      {next === undefined ? null : <Link to={to(next)}>Earlier notifications</Link>}
    </nav>
  );
}
