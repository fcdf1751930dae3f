import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { err, ok, type Result } from '@fallover/events';
import { inTime } from '../network/connect.ts';
import { type NetworkFault, networkFaultOf } from '../network/faults.ts';
import { type TargetPolicy, type TargetRefusal, targetRefusal } from './targets.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}
/** Finds the addresses of a name; the resolver of the system, so that /etc/hosts counts. */
export type Lookup = (host: string) => Promise<ResolvedAddress[]>;

export const lookupOfTheSystem: Lookup = (host) => systemLookup(host, { all: true, order: 'verbatim' });

/** The addresses of a target, all of them checked. It is asked once: the connection goes to these and no other. */
export async function checkedAddresses(
  url: URL,
  policy: TargetPolicy,
  lookup: Lookup,
  signal: AbortSignal,
): Promise<Result<ResolvedAddress[], NetworkFault | TargetRefusal>> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = portOf(url);
  const found = await addressesOf(host, url.host, lookup, signal);
  if (!found.ok) return found;
  for (const { address } of found.value) {
    const refusal = targetRefusal(host, port, address, policy);
    if (refusal !== undefined) return err(refusal);
  }
  return found;
}

export const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

async function addressesOf(
  host: string,
  place: string,
  lookup: Lookup,
  signal: AbortSignal,
): Promise<Result<ResolvedAddress[], NetworkFault>> {
  const family = isIP(host);
  if (family !== 0) return ok([{ address: host, family }]);
  try {
    const found = await inTime(lookup(host), signal);
    if (found === undefined) return err({ code: 'timed_out', place });
    return found.length === 0 ? err({ code: 'name_not_found', host }) : ok(found);
  } catch (error) {
    return err(networkFaultOf(error, place, host));
  }
}
