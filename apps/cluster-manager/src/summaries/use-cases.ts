import { ok } from '@fallover/events';
import type { UseCases } from '../http/use-cases.ts';
import type { EventSummaries } from './summaries.ts';

/** View Event Summaries, as the contract asks for it. */
export const summaryUseCases = (summaries: EventSummaries): Pick<UseCases, 'listEventSummaries' | 'saveEventSummaries'> => ({
  listEventSummaries: async ({ query }, { signal }) => ok(await summaries.list(query, signal)),
  saveEventSummaries: async ({ query }, { signal }) =>
    ok({
      headers: { 'Content-Disposition': 'attachment; filename="event-summaries.txt"' },
      body: summaries.text(query, signal),
    }),
});
