import {
  CHILD_EVENTS,
  defaultTimeUntilWarning,
  effectiveCustomization,
  err,
  findEvent,
  inputSentence,
  ok,
  unknownEvent,
} from '@fallover/events';
import type { ClusterStore, QueuedEvent } from '@fallover/store';
import type { UseCases } from '../http/use-cases.ts';
import type { Journal } from '../journal/journal.ts';
import { wordsOf } from '../journal/run-row.ts';
import { lastKnown } from '../queue/last-known.ts';
import type { ActiveDocument } from './resume.ts';
import { summaryOf, summaryOfQueued } from './view.ts';

export interface RunListParts {
  node: string;
  store: Pick<ClusterStore, 'queue'>;
  journal: Journal;
  active(): Promise<ActiveDocument>;
}

type Filter = Parameters<UseCases['listRuns']>[0]['query'];

export function runListUseCases({ node, store, journal, active }: RunListParts): Pick<UseCases, 'listRuns' | 'getEventHistory'> {
  const queued = lastKnown(() => store.queue(), []);
  return {
    async listRuns({ query }) {
      const rows = journal.list({ ...query, limit: query.limit + 1 });
      const withQueue = query.before === undefined && query.outcome === undefined;
      // What has run is in the journal of this node, and is read all the more when the store is away.
      const waiting = withQueue ? await queued() : [];
      const first = waiting.filter((event) => isWanted(event, query) && !journal.row(event.run)).map(summaryOfQueued);
      const runs = [...first.reverse(), ...rows.slice(0, query.limit).map(summaryOf)];
      return ok({ runs, more: rows.length > query.limit });
    },

    async getEventHistory({ parameters: { event }, query: { before, limit } }) {
      const { count, timed, medianMs, longestMs } = journal.durations(event);
      const predefined = findEvent(event);
      if (!predefined && count === 0) {
        const fault = unknownEvent(event);
        return err({ code: fault.code, status: 404, sentence: inputSentence(fault) });
      }
      const rows = journal.list({ event, before, limit: limit + 1 });
      const { document } = await active();
      const own = effectiveCustomization(document, event, node).timeUntilWarning;
      const isNeverWarnedAbout = (CHILD_EVENTS as readonly string[]).includes(event) || !predefined;
      return ok({
        runs: rows.slice(0, limit).map(summaryOf),
        more: rows.length > limit,
        count,
        ended: timed,
        ...(medianMs === undefined ? {} : { medianSeconds: medianMs / 1000 }),
        ...(longestMs === undefined ? {} : { longestSeconds: longestMs / 1000 }),
        timeUntilWarning: isNeverWarnedAbout ? 0 : (own ?? defaultTimeUntilWarning(predefined)),
      });
    },
  };
}

function isWanted(event: QueuedEvent, { event: name, since, until, text }: Filter): boolean {
  const at = Date.parse(event.acceptedAt);
  if (name !== undefined && name !== event.event) return false;
  if (since !== undefined && at < Date.parse(since)) return false;
  if (until !== undefined && at >= Date.parse(until)) return false;
  return text === undefined || wordsOf(event).includes(text.toLowerCase());
}
