import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { configurationQuery } from '../live/queries.ts';
import { changesWords } from './definition/changes.ts';

const PATH = '/smit/cm_synchronise';

/** On every panel: the draft is not what runs. Nothing is said while it is. */
export function NotSynchronised() {
  const { pathname } = useLocation();
  const count = useQuery(configurationQuery).data?.changeCount ?? 0;
  if (count === 0 || pathname === PATH || pathname === '/') return null;
  return (
    <Link to={PATH} className="smit-not-synchronised">
      not synchronised: {changesWords(count)}
    </Link>
  );
}
