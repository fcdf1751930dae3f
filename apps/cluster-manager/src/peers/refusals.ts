import { type PeerFault, peerSentence, utcTime } from '@fallover/events';
import type { Refusal } from '../http/use-cases.ts';
import { PEER_CALLS, type PeerCallName } from './calls.ts';

const STATUSES = [400, 401, 403, 404, 405, 409, 413, 415, 421, 429, 500, 503] as const;

/** As the API says that another node did not tell what it was asked for. */
export function peerRefusal(fault: PeerFault, call: PeerCallName, unansweredSince?: string): Refusal {
  const sentence = peerSentence(fault, PEER_CALLS[call].lies);
  const { code } = fault;
  if (fault.code === 'peer_refused')
    return { ...fault.refusal, status: STATUSES.find((known) => known === fault.refusal.status) ?? 503 };
  const since = unansweredSince === undefined ? {} : { detail: silentSentence(fault, unansweredSince) };
  return { code, status: code === 'peer_not_known' || code === 'no_other_nodes' ? 404 : 503, sentence, ...since };
}

const silentSentence = (fault: PeerFault, since: string): string =>
  `${'node' in fault ? `Node ${fault.node}` : 'It'} has been asked in vain since ${utcTime(since)}.`;
