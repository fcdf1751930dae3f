import { ok } from '@fallover/events';
import type { UseCases } from '../http/use-cases.ts';
import { type EventSummariesSettings, eventSummaries } from './summaries.ts';

/** View Event Summaries, as the contract asks for it. */
export function summaryUseCases(settings: EventSummariesSettings): Pick<UseCases, 'listEventSummaries' | 'saveEventSummaries'> {
  const summaries = eventSummaries(settings);
  return {
    listEventSummaries: async ({ query }, { signal }) => ok(await summaries.list(query, signal)),
    saveEventSummaries: async ({ query }, { signal }) =>
      ok({
        headers: { 'Content-Disposition': `attachment; filename="event-summaries-${settings.node}.txt"` },
        body: summaries.text(query, signal),
      }),
  };
}
