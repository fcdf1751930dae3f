import type { QueuedByMembership } from '../membership/queued-by-membership.ts';
import { quoted } from './quoted.ts';

/** Why a report of other software is not queued. */
export type ReportRefusal =
  | QueuedByMembership
  /** By itself an event of that name is never reported: it is raised by a run. */
  | { code: 'raised_by_a_run'; event: string }
  | { code: 'reported_differently'; source: string; id: string; before: string; at: string; run: string }
  /** `source` is missing where all sources together report too much. */
  | { code: 'too_many_reports'; source?: string; most: number; seconds: number; againIn: number }
  | { code: 'too_many_waiting'; most: number };

export function reportRefusalSentence(refusal: ReportRefusal): string {
  switch (refusal.code) {
    case 'queued_by_membership': {
      const { event, of } = refusal;
      return 'site' in of
        ? `${event} ${of.site} was not queued: node ${of.node} of that site has a cluster manager of its own, and the cluster queues the event itself when that joins or leaves. Report only what Fallover does not see by itself.`
        : `${event} ${of.node} was not queued: node ${of.node} has a cluster manager of its own, and the cluster queues the event itself when that joins or leaves. Report only what Fallover does not see by itself.`;
    }
    case 'raised_by_a_run':
      return `${refusal.event} was not queued: it is raised by a run that fails or takes long, and is never reported.`;
    case 'reported_differently':
      return `Nothing was queued: ${refusal.source} has reported another event by the id ${quoted(refusal.id)}, ${refusal.before}, at ${refusal.at} (run ${refusal.run}). Give each report an id of its own.`;
    case 'too_many_reports': {
      const who = refusal.source === undefined ? 'all sources together have' : `${refusal.source} has`;
      return `Nothing was queued: ${who} reported ${refusal.most} events within ${refusal.seconds} seconds, and more are not taken. Report it again, by the same id, in ${refusal.againIn} s.`;
    }
    case 'too_many_waiting':
      return `Nothing was queued: ${refusal.most} reported events wait already. See with "fallover query cluster" why none is processed, and report it again, by the same id, afterwards.`;
  }
}
