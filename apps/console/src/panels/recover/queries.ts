import { getRun, listRuns } from '@fallover/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api.ts';

/** The run that waits for a decision, with its steps; null when none does. */
export const waitingRunQuery = queryOptions({
  queryKey: ['runs', 'waiting'],
  async queryFn({ signal }) {
    const { runs } = await ask(listRuns, { query: { limit: 200 } }, { signal });
    const waiting = runs.find(({ state }) => state === 'awaiting_decision');
    return waiting ? ask(getRun, { parameters: { run: waiting.id } }, { signal }) : null;
  },
});
