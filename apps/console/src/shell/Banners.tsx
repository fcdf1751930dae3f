import { Link } from 'react-router';
import { type Connection, useConnection } from '../live/connection.ts';
import { clockTime, duration } from '../smit/times.ts';
import { useNow } from '../smit/use-now.ts';

/** While the cluster manager is away: what the screen shows is old, and how old. */
export function AwayBanner({ connection }: { connection: Connection }) {
  const { state, heardAt } = useConnection(connection);
  const now = useNow(state === 'away');
  if (state !== 'away') return null;
  return (
    <div className="banner banner-away" role="status">
      <strong>Reconnecting to the cluster manager …</strong>{' '}
      {heardAt === undefined
        ? 'Nothing on this page is current.'
        : `This page is not current: last heard at ${clockTime(new Date(heardAt).toISOString())}, ${duration(now - heardAt)} ago.`}
    </div>
  );
}

export function ScriptFailureBanner() {
  return (
    <div className="banner banner-failed" role="alert">
      <strong>RP_FAILED: the cluster does not fail over.</strong> An event script failed and nothing further is started until you
      decide. <Link to="/smit/cm_recover">Recover from script failure</Link>
    </div>
  );
}
