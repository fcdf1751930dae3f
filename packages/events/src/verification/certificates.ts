import { finding } from './finding.ts';
import type { Finding } from './types.ts';

/** Until when the cluster managers can show each other who they are; ISO 8601, UTC. */
export interface CertificateEnds {
  nodes: readonly { node: string; until: string }[];
  authority?: string;
}

const DAY_MS = 86_400_000;
/** A certificate of a node renews itself long before: with so little left something keeps it from that. */
export const NODE_ENDS_SOON_MS = 60 * DAY_MS;
/** The authority's does not, and to make another one needs a quiet hour. */
const AUTHORITY_ENDS_SOON_MS = 365 * DAY_MS;

/** The certificates that end soon, or have ended. */
export function checkCertificates({ nodes, authority }: CertificateEnds, now: number): Finding[] {
  const left = (until: string): number => Date.parse(until) - now;
  return [
    ...nodes
      .filter(({ until }) => left(until) <= NODE_ENDS_SOON_MS)
      .map(({ node, until }) =>
        finding(
          { class: 'node', name: node, node },
          { code: 'certificate_not_renewed', node, until, hasEnded: left(until) <= 0 },
        ),
      ),
    ...(authority !== undefined && left(authority) <= AUTHORITY_ENDS_SOON_MS
      ? [finding({}, { code: 'authority_ends', until: authority, hasEnded: left(authority) <= 0 })]
      : []),
  ];
}
