import type { StoreBackend, Transaction, Versioned } from '../backend.ts';
import type { ActiveRevision, ClusterStore, EntryWrite, StoredEntry, StoredRevision } from '../cluster-store.ts';
import type { Answers } from './answers.ts';
import { DRAFT, keys, REVISION_FACTS } from './keys.ts';

type DefinitionPart = Pick<
  ClusterStore,
  'draft' | 'saveEntry' | 'saveEntries' | 'content' | 'active' | 'revision' | 'revisions' | 'activate'
>;

export function definitionIn(backend: StoreBackend, { commitAnswered }: Answers): DefinitionPart {
  const draftItems = () => backend.list(DRAFT);
  const draft = async () => (await draftItems()).map(entryOf);
  const active = async () => pointer(await backend.get(keys.active));
  const revision = async (number: number) => {
    const found = await backend.get(keys.revision(number));
    return found && (JSON.parse(found.value) as StoredRevision);
  };

  /** The writes for these entries, all at one new number; or which of them are no longer as read. */
  const entryWrites = async (
    entries: EntryWrite[],
  ): Promise<{ transaction: Transaction; number: number } | { changed: string[] }> => {
    const last = await backend.get(keys.draftNumber);
    const found = await Promise.all(entries.map((entry) => backend.get(keys.entry(entry))));
    const changed = entries.filter((entry, index) => entryRevision(found[index]) !== entry.revision);
    if (changed.length > 0) return { changed: changed.map(entryName) };
    const number = Number(last?.value ?? 0) + 1;
    const written = entries.filter(({ document }) => document !== undefined);
    const contents = new Map(
      entries.flatMap(({ content }) => (content ? [[keys.content(content.sha256), content.text] as const] : [])),
    );
    for (const key of contents.keys()) if (await backend.get(key)) contents.delete(key);
    const gone = entries.filter(({ document }) => document === undefined);
    return {
      number,
      transaction: {
        compare: [asRead(keys.draftNumber, last)],
        put: [
          { key: keys.draftNumber, value: String(number) },
          ...written.map((entry) => ({ key: keys.entry(entry), value: entryText(entry, number) })),
          ...[...contents].map(([key, value]) => ({ key, value })),
        ],
        delete: gone.map(keys.entry),
      },
    };
  };

  const saveEntries: ClusterStore['saveEntries'] = (request, entries, answer) =>
    commitAnswered(request, async () => {
      const writes = await entryWrites(entries);
      return 'changed' in writes ? writes : { transaction: writes.transaction, answer: answer(writes.number) };
    });

  return {
    draft,
    saveEntries,
    saveEntry: (request, entry, answer) => saveEntries(request, [entry], answer),
    active,
    content: async (sha256) => (await backend.get(keys.content(sha256)))?.value,
    async revisions({ before, limit }) {
      const from = before === undefined ? {} : { before: keys.revisionFacts(before) };
      const found = await backend.list(REVISION_FACTS, { limit, reverse: true, ...from });
      const facts = found.map(({ value }) => JSON.parse(value) as ActiveRevision);
      // The first revisions of an older store have no facts of their own: those stand in their documents.
      const above = facts.at(-1)?.number ?? before ?? ((await active())?.number ?? 0) + 1;
      for (let number = above - 1; number > 0 && facts.length < limit; number -= 1) {
        const { document: _, ...old } = (await revision(number)) ?? { document: '' };
        if ('number' in old) facts.push(old);
      }
      return facts;
    },
    revision,
    activate: (request, { document, entries = [], ...next }, unchanged, answer) =>
      commitAnswered(request, async () => {
        const last = await backend.get(keys.draftNumber);
        const before = await backend.get(keys.active);
        const changed = changedEntries(await draft(), unchanged.entries);
        const number = pointer(before)?.number ?? 0;
        if (number !== unchanged.active) changed.push('active');
        const writes = entries.length > 0 ? await entryWrites(entries) : undefined;
        if (writes && 'changed' in writes) changed.push(...writes.changed.filter((name) => !changed.includes(name)));
        if (changed.length > 0 || (writes && 'changed' in writes)) return { changed };
        const activated: ActiveRevision = { number: number + 1, ...next };
        const stored: StoredRevision = { ...activated, document };
        return {
          transaction: {
            compare: [asRead(keys.active, before), asRead(keys.draftNumber, last)],
            put: [
              { key: keys.active, value: JSON.stringify(activated) },
              { key: keys.revision(activated.number), value: JSON.stringify(stored) },
              { key: keys.revisionFacts(activated.number), value: JSON.stringify(activated) },
              ...(writes?.transaction.put ?? []),
            ],
            delete: writes?.transaction.delete ?? [],
          },
          answer: answer(activated),
        };
      }),
  };
}

/** An entry's own number stands in its value, so that it is known before the commit; deleting does not start it anew. */
const entryText = ({ class: entryClass, name, document }: EntryWrite, revision: number): string =>
  JSON.stringify({ class: entryClass, name, revision, document });

const entryOf = (item: Versioned): StoredEntry => JSON.parse(item.value) as StoredEntry;
const entryRevision = (item: Versioned | undefined): number => (item ? entryOf(item).revision : 0);
const entryName = (entry: { class: string; name: string }): string => `${entry.class}/${entry.name}`;
const pointer = (item: Versioned | undefined) => item && (JSON.parse(item.value) as ActiveRevision);
const asRead = (key: string, item: Versioned | undefined) => ({ key, revision: item?.revision ?? 0 });

/** The entries that were added, written or deleted since. */
function changedEntries(
  draft: { class: string; name: string; revision: number }[],
  asReadBefore: { class: string; name: string; revision: number }[],
): string[] {
  const now = new Map(draft.map((entry) => [entryName(entry), entry.revision]));
  const then = new Map(asReadBefore.map((entry) => [entryName(entry), entry.revision]));
  return [...new Set([...now.keys(), ...then.keys()])].filter((name) => now.get(name) !== then.get(name));
}
