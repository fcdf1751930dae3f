import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, CommitResult, StoreBackend, Transaction, Versioned } from '../backend.ts';
import { holds } from '../transaction.ts';
import { type BackendUnderTest, openings } from './opener.ts';

/** What a store is, as simply as it can be said. */
function model() {
  const items = new Map<string, Versioned>();
  const changes: Change[][] = [];
  return {
    items,
    changes,
    commit({ compare = [], put = [], delete: deleted = [] }: Transaction): CommitResult {
      const changed = compare.filter((comparison) => !holds(comparison, items.get(comparison.key))).map(({ key }) => key);
      if (changed.length > 0) return { committed: false, changed };
      const revision = changes.length + 1;
      const group: Change[] = put.map(({ key, value }) => {
        const item = { key, value, revision, created: items.get(key)?.created ?? revision };
        items.set(key, item);
        return { type: 'put', item };
      });
      for (const key of deleted) if (items.delete(key)) group.push({ type: 'delete', key, revision });
      if (group.length > 0) changes.push(group);
      return { committed: true, revision: changes.length };
    },
  };
}

const key = fc.oneof(fc.constantFrom('a', 'a/', 'a/b', 'b'), fc.string({ unit: 'binary', maxLength: 3 }));
const transaction: fc.Arbitrary<Transaction> = fc
  .record({
    compare: fc.array(fc.record({ key, revision: fc.nat(8) }), { maxLength: 2 }),
    written: fc.uniqueArray(fc.record({ key, value: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }) }), {
      maxLength: 4,
      selector: (write) => write.key,
    }),
  })
  .map(({ compare, written }) => ({
    compare,
    put: written.flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }])),
    delete: written.flatMap(({ key, value }) => (value === undefined ? [key] : [])),
  }));

export function backendLaws(underTest: BackendUnderTest, numRuns = 60): void {
  const open = openings(underTest);
  const bytewise = (a: Versioned, b: Versioned) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
  const everything = async (backend: StoreBackend) => [await backend.revision(), await backend.list('')];

  describe(`${underTest.name}: laws`, () => {
    it('does with any transactions what the model does, and a watch tells every change in order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(transaction, { maxLength: 20 }), key, async (transactions, prefix) => {
          const { backend, openAgain } = await open();
          const expected = model();
          const stop = new AbortController();
          const told: Change[][] = [];
          const watching = (async () => {
            for await (const changes of backend.watch('', 0, stop.signal)) {
              told.push(changes);
              if (changes.some((change) => change.type === 'put' && change.item.key === 'the end')) return;
            }
          })();
          for (const each of transactions) {
            const before = await everything(backend);
            const result = await backend.commit(each);
            expect(result).toEqual(expected.commit(each));
            if (!result.committed) expect(await everything(backend)).toEqual(before);
          }
          const end = { put: [{ key: 'the end', value: '' }] };
          expect(await backend.commit(end)).toEqual(expected.commit(end));
          await watching;
          expect(told).toEqual(expected.changes);
          const sorted = [...expected.items.values()].sort(bytewise);
          const reader = (await openAgain?.()) ?? backend;
          expect(await everything(reader)).toEqual([expected.changes.length, sorted]);
          expect(await reader.list(prefix)).toEqual(sorted.filter((item) => item.key.startsWith(prefix)));
          for (const item of sorted) expect(await reader.get(item.key)).toEqual(item);
          await reader.close();
          await backend.close();
        }),
        { numRuns },
      );
    });
  });
}
