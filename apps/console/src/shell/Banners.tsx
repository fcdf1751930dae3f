import type { getCluster } from '@fallover/contract';
import { Link } from 'react-router';
import type { Reply } from '../api.ts';
import { type Connection, useConnection } from '../live/connection.ts';
import { Sentence } from '../smit/Sentence.tsx';
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

/** Without the shared store nothing new is started, whatever else is shown. */
export function StoreBanner({ store }: { store: Reply<typeof getCluster>['store'] }) {
  if (store.state === 'connected') return null;
  return (
    <div className="banner banner-failed" role="alert">
      <strong>{store.state === 'no_quorum' ? 'No quorum' : 'The store is out of reach'}: nothing new is started.</strong>{' '}
      <Sentence>{store.sentence}</Sentence> Since {clockTime(store.since)}.
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
