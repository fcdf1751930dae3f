import type { StoreBackend } from '../backend.ts';
import type { ClusterStore, StoredReport } from '../cluster-store.ts';
import { type Answers, KEPT_FOR_MS } from './answers.ts';
import { keys } from './keys.ts';

/**
 * A report is kept under the day on which it came, so that no key is ever written twice: what was reported and when stays
 * together, and forgetting an old one cannot take a new one of the same id with it. Looked at is the day before too, for a
 * repeat after midnight, and the day after, which it may be already by the clock of another node.
 */
export function reportsIn(
  backend: StoreBackend,
  { commitAnswered, keepingForADay }: Answers,
  { now }: { now: () => number },
): Pick<ClusterStore, 'enqueueReported'> {
  return {
    async enqueueReported(request, { source, id }, event, answer) {
      let before: StoredReport | undefined;
      const written = await commitAnswered(request, async () => {
        const at = now();
        const days = [-1, 0, 1].map((days) => keys.report(at + days * KEPT_FOR_MS, source, id));
        const found = await Promise.all(days.map((key) => backend.get(key)));
        before = found
          .flatMap((item) => (item ? [JSON.parse(item.value) as StoredReport] : []))
          .find((report) => at - Date.parse(report.at) <= KEPT_FOR_MS);
        if (before) return { changed: [before.run] };
        const queued = keys.queued(event.run);
        const report: StoredReport = {
          run: event.run,
          event: event.event,
          args: event.args,
          at: new Date(at).toISOString(),
          answer,
        };
        return {
          transaction: await keepingForADay(keys.report(at, source, id), JSON.stringify(report), {
            compare: [
              { key: queued, revision: 0 },
              ...days.flatMap((key, index) => (index === 1 ? [] : [{ key, revision: found[index]?.revision ?? 0 }])),
            ],
            put: [{ key: queued, value: JSON.stringify(event) }],
          }),
          answer,
        };
      });
      return before && written.outcome === 'changed_meanwhile' ? { outcome: 'reported_before', report: before } : written;
    },
  };
}
