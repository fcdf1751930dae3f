import { type Endpoint, roleMay } from '@fallover/contract';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries.ts';

/**
 * What keeps whoever is signed in from asking this of the cluster manager, said before anything is typed for nothing; undefined
 * when they may. The cluster manager decides all the same: a role can change while a page is open.
 */
export function useForbidden(endpoint: Endpoint | undefined): string | undefined {
  const principal = useQuery(sessionQuery).data?.principal;
  const needed = endpoint?.permission;
  if (!principal || needed === undefined || needed === 'public' || needed === 'step') return undefined;
  return roleMay(principal.role, needed)
    ? undefined
    : `needs the role ${needed}; ${principal.name} has the role ${principal.role}`;
}
