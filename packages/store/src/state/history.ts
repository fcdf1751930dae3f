import type { StoreBackend } from '../backend.ts';
import type { ClusterStore, Snapshot } from '../cluster-store.ts';
import type { Answers } from './answers.ts';
import { keys, SNAPSHOT } from './keys.ts';

type HistoryPart = Pick<ClusterStore, 'snapshots' | 'saveSnapshot' | 'verification' | 'recordVerification'>;

/** What is said about revisions after they were made: their names, and what verification found. */
export function historyIn(backend: StoreBackend, { commitAnswered }: Answers): HistoryPart {
  return {
    snapshots: async () => (await backend.list(SNAPSHOT)).map(({ value }) => JSON.parse(value) as Snapshot),
    saveSnapshot: (request, name, snapshot, answer) =>
      commitAnswered(request, async () => {
        const key = keys.snapshot(name);
        const found = await backend.get(key);
        if (snapshot === undefined) {
          if (!found) return { changed: [name] };
          return { transaction: { compare: [{ key, revision: found.revision }], delete: [key] }, answer };
        }
        if (found) return { changed: [name] };
        return { transaction: { compare: [{ key, revision: 0 }], put: [{ key, value: JSON.stringify(snapshot) }] }, answer };
      }),
    verification: async (of) => (await backend.get(keys.verification(of)))?.value,
    // The last one stays, whoever else verified meanwhile.
    async recordVerification(of, result) {
      await backend.commit({ put: [{ key: keys.verification(of), value: result }] });
    },
  };
}
